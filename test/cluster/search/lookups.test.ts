import { expect, test } from 'vitest';
import type { ClusterClient, SearchBody } from '../../../src/cluster/client/cluster-client.ts';
import { ClusterLookups, type Known } from '../../../src/cluster/search/lookups.ts';

/** Answers counts of words by a table, and records the rounds of questions. */
function lookupsOver(papers: Readonly<Record<string, number>>, maxAnswers?: number) {
  const rounds: string[][] = [];
  const client = {
    searchAll: async (requests: readonly { readonly index: string; readonly body: SearchBody }[]) => {
      rounds.push(requests.map(({ index, body }) => `${index} ${wordOf(body)}`));
      return requests.map(({ body }) => ({
        took: 0,
        hits: { total: { value: papers[wordOf(body)] ?? 0, relation: 'eq' }, max_score: null, hits: [] },
      }));
    },
  } as unknown as ClusterClient;
  return { lookups: new ClusterLookups(client, 'snapshot-1', maxAnswers), rounds };
}

const withWord = (word: string) => ({ term: { terms: word } });
const wordOf = (body: SearchBody) => (body.query as ReturnType<typeof withWord>).term.terms;

test('asks all questions of a run at once, then those that depend on their answers, and each only once', async () => {
  const { lookups, rounds } = lookupsOver({ graph: 3, model: 2, graphmodel: 1 });
  const run = (known: Known) => {
    const both = [known.count(withWord('graph')), known.count(withWord('model'))];
    // Asked only where both are more than what is assumed.
    return Math.min(...both) > 1 ? [...both, known.count(withWord('graphmodel'))] : both;
  };
  expect(await lookups.resolve(run)).toEqual([3, 2, 1]);
  expect(rounds).toEqual([['snapshot-1 graph', 'snapshot-1 model'], ['snapshot-1 graphmodel']]);
  expect(await lookups.resolve(run)).toEqual([3, 2, 1]);
  expect(rounds).toHaveLength(2);
});

test('assumes something until answers are known', async () => {
  const { lookups } = lookupsOver({ graph: 5 });
  const seen: number[] = [];
  await lookups.resolve((known) => seen.push(known.count(withWord('graph'), 7)));
  expect(seen).toEqual([7, 5]);
});

test('ignores an error of a run without all answers, and throws that of the last run', async () => {
  const { lookups, rounds } = lookupsOver({ graph: 5 });
  const whenMoreThan = (most: number) => async (known: Known) => {
    const count = known.count(withWord('graph'), 100);
    if (count > most) throw new Error(`${count} papers`);
    return count;
  };
  expect(await lookups.resolve(whenMoreThan(10))).toBe(5);
  await expect(lookups.resolve(whenMoreThan(4))).rejects.toThrow('5 papers');
  expect(rounds).toHaveLength(1);
});

test('reads answers of searches once, and keeps what it fetched by other requests', async () => {
  const { lookups, rounds } = lookupsOver({ graph: 5 });
  let fetched = 0;
  const run = (known: Known) => ({
    papers: known.search({
      body: { query: withWord('graph') },
      read: ({ hits }) => hits.total!.value * 2,
      unknown: 0,
    }),
    terms: known.fetch<readonly string[]>('terms', async () => [`fetched ${++fetched}`], []),
  });
  const wanted = { papers: 10, terms: ['fetched 1'] };
  expect(await lookups.resolve(run)).toEqual(wanted);
  expect(await lookups.resolve(run)).toEqual(wanted);
  expect(rounds).toHaveLength(1);
});

test('ends even where answers are dropped from the cache before they are used', async () => {
  const { lookups, rounds } = lookupsOver({ a: 1, b: 2, c: 3 }, 1);
  const run = (known: Known) => ['a', 'b', 'c'].map((word) => known.count(withWord(word)));
  expect(await lookups.resolve(run)).toEqual([1, 2, 3]);
  expect(rounds).toHaveLength(1);
});

test('throws errors of the cluster', async () => {
  const client = {
    searchAll: async () => {
      throw new Error('no node answers');
    },
  } as unknown as ClusterClient;
  const lookups = new ClusterLookups(client, 'snapshot-1');
  await expect(lookups.resolve((known) => known.count(withWord('graph')))).rejects.toThrow('no node answers');
});
