import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { estimatesOf } from '../../../src/indexes/keyword/all-scores.ts';
import { CoarseMemory } from '../../../src/indexes/vectors/coarse-memory.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { SharedWork } from '../../../src/indexes/vectors/shared-work.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const processors = vi.hoisted(() => ({ count: 2 }));
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: () => processors.count,
}));

/** More than two parts of blocks, and of lists of documents. */
const COUNT = 40_000;
const DIMENSION = 24;
const vectors = clusteredVectors(COUNT + 10, DIMENSION, { centres: 50, spread: 0.6 });
const vectorAt = (doc: number) => vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);
const queries = Array.from({ length: 10 }, (_, n) => vectorAt(COUNT + n));
const keyword = estimatesOf({
  scores: Float64Array.from({ length: COUNT }, (_, doc) => (doc % 7 === 0 ? (doc % 23) / 23 : 0)),
  maxScore: 1,
});
const allowed = Uint8Array.from({ length: COUNT }, (_, doc) => (doc % 5 === 2 ? 0 : 1));

function indexOf(count = COUNT): CodeIndex {
  const memory = new CodeMemory(count, DIMENSION);
  for (let doc = 0; doc < count; doc++) {
    memory.encode(doc, doc % 1000 === 3 ? new Float32Array(DIMENSION) : vectorAt(doc));
  }
  const index = new CodeIndex(memory, 1);
  for (const _ of index.prepare());
  return index;
}

const index = indexOf();
afterAll(() => index.close());

/** Answers of all kinds, and the scores of all documents. */
function answers() {
  const peak = { keywordFactor: 0.25, cosineFactor: 1 };
  const sum = { ...{ keyword, keywordFactor: 0.6, cosineFactor: 0.4, k: 10, peak }, vectorAt };
  return queries.map((query) => ({
    nearest: index.nearest(query, 10, { vectorAt }),
    // Of many, so that most rows are scored.
    many: index.nearest(query, 5000, { vectorAt, allowed }),
    sums: index.nearestCombined(query, sum),
    filtered: index.nearestCombined(query, { ...sum, allowed }),
    scores: Buffer.from(index.score(query).scores.slice().buffer).toString('base64'),
  }));
}

const expected = answers();

describe('work that a second thread shares', () => {
  test('gives the same answers while it starts, when it sleeps, and after it ended', async () => {
    index.share();
    for (let round = 0; round < 3; round++) {
      expect(answers()).toEqual(expected);
      await setTimeout(round);
    }
    await index.close();
    expect(answers()).toEqual(expected);
  });

  test('is done by one thread where there is one processor', async () => {
    processors.count = 1;
    index.share();
    expect(answers()).toEqual(expected);
    processors.count = 2;
  });

  test('is done by one thread for a while after the other one was late', async () => {
    try {
      const codes = new CodeMemory(2000, DIMENSION);
      const coarse = new CoarseMemory(2000, codes.stride);
      const work = SharedWork.start({ scan: coarse.workKernel, score: codes.workKernel })!;
      const now = vi.spyOn(performance, 'now');
      const waiting = (ms: number) => now.mockReturnValueOnce(1000).mockReturnValueOnce(1000 + ms);
      const paysAt = (ms: number) => {
        now.mockReturnValueOnce(ms);
        return work.pays;
      };
      const task = () => work.do('score', 0, 0);
      waiting(0.9);
      task();
      expect(paysAt(1000)).toBe(true);
      waiting(2);
      task();
      expect([paysAt(1251), paysAt(1252)]).toEqual([false, true]);
      waiting(2);
      task();
      expect([paysAt(1501), paysAt(1502)]).toEqual([false, true]);
      waiting(0);
      task();
      waiting(2);
      task();
      expect([paysAt(1501), paysAt(1502)]).toEqual([false, true]);
      await work.close();
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('can be shared again', async () => {
    index.share();
    expect(answers()).toEqual(expected);
  });
});
