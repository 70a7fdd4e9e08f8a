import type { Paper } from '../../src/papers/paper.ts';
import type { Protocol } from '../../src/review/review.ts';
import { Reviews } from '../../src/review/reviews.ts';
import type { Engine } from '../../src/search/engine.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Papers about bees, which a review of bees includes, and about wasps, which it excludes. */
export function beesAndWasps(count = 12): Paper[] {
  return Array.from({ length: count }, (_, i) => {
    const isBee = i % 3 === 0;
    return paperOf({
      id: `${isBee ? 'bee' : 'wasp'}-${i}`,
      title: isBee ? `Honey bees of hive ${i}` : `Paper wasps of nest ${i}`,
      abstract: isBee
        ? `Trial ${i}: honey bees were fed with pollen, and the colony of honey bees grew.`
        : `Survey ${i}: paper wasps build nests of wood, and the queen of the wasps rules.`,
      externalIds: { doi: `10.1000/${i}` },
      source: { file: i % 2 === 0 ? 'a.ris' : 'b.ris', format: 'ris', record: i + 1 },
    });
  });
}

export const ADA = { name: 'Ada' };
export const BEN = { name: 'Ben' };

export const PROTOCOL: Partial<Protocol> & { readonly question: string } = {
  question: 'What do honey bees eat?',
  include: [{ name: 'bees', description: 'Honey bees were studied.' }],
  exclude: [
    { name: 'wrong animal', description: 'Not about honey bees.' },
    { name: 'no data', description: '' },
  ],
};

/** An engine whose papers can be replaced, as by an ingest. */
export function changeable(first: Engine): Engine & { become(next: Engine): void } {
  let current = first;
  return {
    acquire: (options) => current.acquire(options),
    warmUp: () => current.warmUp(),
    close: () => current.close(),
    become: (next) => {
      current = next;
    },
  };
}

/** A review of some papers. */
export async function reviewed(papers: readonly Paper[] = beesAndWasps(), protocol: Partial<Protocol> = {}) {
  const folder = await temporaryFolder();
  const { engine: first } = await snapshotOver(papers);
  const engine = changeable(first);
  const reviews = new Reviews(folder, engine);
  const { id } = await reviews.create({ name: 'Bees', protocol: { ...PROTOCOL, ...protocol } }, ADA);
  return {
    folder,
    engine,
    reviews,
    id,
    /** Another process with the same folder. */
    other: () => new Reviews(folder, engine),
    /** An ingest that leaves these papers. */
    ingest: async (next: readonly Paper[]) => engine.become((await snapshotOver(next)).engine),
  };
}
