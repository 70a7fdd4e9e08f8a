import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectionsFolder, finder, measureMerging, readPairs } from '../../../scripts/merging/pairs.ts';
import { groupRecords } from '../../../src/ingest/identity/grouping.ts';
import { keysOf } from '../../../src/ingest/identity/record-keys.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';

interface HandmadePair {
  readonly label: 'same' | 'different';
  readonly why: string;
  readonly a: object;
  readonly b: object;
}

const HANDMADE = readFileSync(new URL('merge-pairs.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as HandmadePair);

describe.each(['same', 'different'] as const)('two records of the %s paper', (label) => {
  const pairs = HANDMADE.filter((pair) => pair.label === label);
  test.each(pairs)('$why', async ({ a, b }) => {
    const keys = [a, b].map((raw, at) => {
      const whole = { title: '', abstract: '', authors: [], ...raw };
      return keysOf(normalizePaper(whole, { file: `${at}.jsonl`, format: 'jsonl', record: 1 }, {}));
    });
    expect(await groupRecords(keys)).toHaveLength(label === 'same' ? 1 : 2);
    expect(await groupRecords(keys.toReversed())).toHaveLength(label === 'same' ? 1 : 2);
  });
});

const folder = collectionsFolder();
const skip = folder === undefined ? ' (skipped: there are no collections, see PAPER_SEARCH_COLLECTIONS)' : '';

test.skipIf(folder === undefined)(
  `merges labelled pairs without a mistake and finds 97 %${skip}`,
  async () => {
    const pairs = readPairs();
    expect(pairs.length).toBeGreaterThanOrEqual(400);
    const same = pairs.filter(({ label }) => label === 'same').length;
    expect(same / pairs.length).toBeGreaterThan(0.4);
    expect(same / pairs.length).toBeLessThan(0.6);
    const { precision, recall, wrong } = await measureMerging(pairs, finder(folder!));
    expect(wrong.filter(({ label }) => label === 'different')).toEqual([]);
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThanOrEqual(0.97);
  },
);
