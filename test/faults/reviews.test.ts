import './support/patched-fs.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import { Reviews } from '../../src/review/reviews.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { runCampaign } from './support/campaign.ts';
import { realFs } from './support/real-fs.ts';
import type { Scenario } from './support/scenarios.ts';

const BY = { name: 'Ada' };
const indexOf = (place: string) => join(place, 'index');

/** With a clock that does not run, so that a repeated change writes the same bytes. */
const OPTIONS = { now: () => new Date(0) };

async function withReviews<T>(place: string, use: (reviews: Reviews) => Promise<T>): Promise<T> {
  const engine = await openIndex(indexOf(place), { encoder: new HashingEncoder() });
  try {
    return await use(new Reviews(indexOf(place), engine, OPTIONS));
  } finally {
    await engine.close();
  }
}

async function ingestTitles(place: string, titles: readonly string[]): Promise<void> {
  const file = join(place, 'papers.jsonl');
  const lines = titles.map(
    (title) => `${JSON.stringify({ id: title, title, abstract: `About ${title}.` })}\n`,
  );
  realFs.writeFileSync(file, lines.join(''));
  await ingest([file], { index: indexOf(place), replaceSource: true, encoder: new HashingEncoder() });
}

async function withReview(place: string): Promise<void> {
  await ingestTitles(place, ['bees', 'wasps', 'ants']);
  await withReviews(place, async (reviews) => {
    await reviews.create({ name: 'r', protocol: { question: 'bees' } }, BY);
    await reviews.label('r', { paper: 'ants', decision: 'exclude' }, BY);
  });
}

/** Papers and decisions; ranks can be computed from them. */
async function stateOf(place: string): Promise<string> {
  const reviews = new Reviews(indexOf(place));
  const { all } = await reviews.whole('r');
  return JSON.stringify(all.map(({ paper, abstract, removed }) => [paper.id, abstract, removed]));
}

/** The bytes of an interrupted entry, and a lock that the next writer takes over when it is stale. */
const LEFT_BEHIND = /log\.(?:interrupted-\d+|lock\/)$/;

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a label',
    prepare: withReview,
    change: async (place) => {
      const reviews = new Reviews(indexOf(place), undefined, OPTIONS);
      // The first attempt may have succeeded without saying so.
      if ((await reviews.read('r')).decided === 2) return;
      await reviews.label('r', { paper: 'bees', decision: 'include' }, BY);
    },
    stateOf,
    mayStay: LEFT_BEHIND,
  },
  {
    name: 'an update of the pool',
    prepare: async (place) => {
      await withReview(place);
      await ingestTitles(place, ['bees', 'ants', 'flies']);
    },
    change: (place) =>
      withReviews(place, async (reviews) => {
        if ((await reviews.read('r')).pool.length < 2) await reviews.updatePool('r', BY);
      }),
    stateOf,
    mayStay: LEFT_BEHIND,
  },
];

test('a label and an update of the pool leave the old or the new state after a fault at any step', async () => {
  const workplace = mkdtempSync(
    join(realFs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'paper-search-faults-'),
  );
  onTestFinished(() => realFs.rmSync(workplace, { recursive: true, force: true }));
  const report = await runCampaign({ faults: 40, seed: 1, workplace, scenarios: SCENARIOS });
  expect(report.violations).toEqual([]);
  expect(report.faults).toBe(40);
}, 120_000);
