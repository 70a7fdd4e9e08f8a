import { expect, test } from 'vitest';
import { measureGap } from '../../../src/quality/evaluate/gap.ts';
import { shareTaken } from '../../../src/quality/evaluate/share-taken.ts';
import type { SearchRequest } from '../../../src/search/api.ts';
import { collectionOf } from '../../support/collection.ts';
import { FakeSnapshot } from '../../support/fake-engine.ts';

/** Ranks a, doi:10.1/x y, c; compared by sentences, the second comes first. */
class Comparing extends FakeSnapshot {
  override async search(request: SearchRequest) {
    const { hits, ...answer } = await super.search(request);
    const [first, second, third] = hits;
    return { ...answer, hits: request.rerank ? [second!, first!, third!] : hits };
  }
}

test('reports how much of the possible gain a verifier reaches', async () => {
  const folder = await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\tc\t1'] });
  const none = await measureGap(new Comparing(), folder);
  expect([none.first['mrr@10'], none.verifier['mrr@10'], none.oracle['mrr@10']]).toEqual([1 / 3, 1 / 3, 1]);
  expect(shareTaken(none, 'mrr@10')).toBe(0);

  const half = await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\tdoi:10.1/x y\t1'] });
  const all = await measureGap(new Comparing(), half);
  expect([all.first['mrr@10'], all.verifier['mrr@10'], all.oracle['mrr@10']]).toEqual([1 / 2, 1, 1]);
  expect(shareTaken(all, 'mrr@10')).toBe(1);
  expect(all.comparison['mrr@10'].difference).toBe(1 / 2);
});

test('searches without the fallback first', async () => {
  const snapshot = new Comparing();
  await measureGap(snapshot, await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\tc\t1'] }));
  expect(snapshot.requests.map(({ rerank, fallback }) => [rerank, fallback])).toEqual([
    [undefined, false],
    [100, false],
  ]);
});
