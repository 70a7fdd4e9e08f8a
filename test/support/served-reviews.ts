import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collections } from '../../src/collections/collections.ts';
import { CollectionStore } from '../../src/collections/store.ts';
import type { Protocol } from '../../src/review/review.ts';
import { Reviews } from '../../src/review/reviews.ts';
import type { Access } from '../../src/serve/access/access.ts';
import { createApp } from '../../src/serve/http/app.ts';
import type { PageFiles } from '../../src/serve/http/page-files.ts';
import { changeable } from '../review/world.ts';
import { listening } from './listening.ts';
import { paperOf } from './papers.ts';
import { snapshotOver } from './snapshot-over.ts';

/** Two reviewers, and one who may only read. */
const SCOPES = { ada: ['review'], ben: ['review'], student: ['read'] } as const;
const access: Access = {
  find: (token) =>
    token in SCOPES ? { name: token, scopes: SCOPES[token as keyof typeof SCOPES] } : undefined,
  hasTokens: () => true,
  record: () => {},
};

const TOPICS = [
  ['Bees on the roofs of cities', 'We counted bees and their honey on city roofs in a controlled trial.'],
  ['Worms in the soil of fields', 'We dug for worms in fields and weighed the soil that they moved.'],
  ['Bread with a crust', 'We baked bread in a hot oven and measured how the crust cracked.'],
] as const;

/** Papers of three topics in turn: p01 and every third after it are about bees. */
const papersOf = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    const [title, abstract] = TOPICS[n % TOPICS.length]!;
    return paperOf({
      id: `p${String(n + 1).padStart(2, '0')}`,
      title: `${title}, part ${n + 1}`,
      abstract: `${abstract} This was done in year ${n + 1}.`,
      authors: ['Ada Meadow', 'Bo Hedge'],
      venue: 'Journal of Gardens',
      year: 1990 + n,
    });
  });

/** What the reviews of these tests ask. */
export const PROTOCOL: Partial<Protocol> & { readonly question: string } = {
  question: 'Do bees on roofs of cities make honey?',
  include: [{ name: 'bees', description: 'Wild or kept.' }],
  exclude: [
    { name: 'wrong animal', description: 'No bees.' },
    { name: 'no animal', description: '' },
  ],
  highlights: [{ text: 'honey', for: true, color: '#ffe066' }],
};

/** A server with the page and an index of 30 papers, and its reviews. */
export interface ServedReviews {
  readonly url: string;
  readonly reviews: Reviews;
  /** Adds papers to the index, as an ingest does. */
  readonly grow: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts such a server. */
export async function serveReviews(page: PageFiles): Promise<ServedReviews> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-reviews-'));
  let papers = 30;
  const { engine: first } = await snapshotOver(papersOf(papers));
  const engine = changeable(first);
  const reviews = new Reviews(folder, engine);
  const { url, close } = await listening(
    createApp({ engine, reviews, collections: new Collections(new CollectionStore(folder)), access, page }),
  );
  return {
    url,
    reviews,
    grow: async (count) => {
      papers += count;
      engine.become((await snapshotOver(papersOf(papers))).engine);
    },
    stop: async () => {
      close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
