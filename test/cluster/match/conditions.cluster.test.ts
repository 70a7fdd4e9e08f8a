import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchConditionIn } from '../../../src/cluster/match/condition-query.ts';
import { matchTools } from '../../../src/cluster/match/match-tools.ts';
import type { Condition } from '../../../src/query/ast.ts';
import { matchCondition } from '../../../src/search/match/match-condition.ts';
import { RANDOM_CONDITION } from '../../support/random-conditions.ts';
import { randomPapers } from '../../support/random-papers.ts';
import { HAS_CLUSTER, type IndexedTwice, indexTwice } from './indexed.ts';

describe.skipIf(!HAS_CLUSTER)('matchConditionIn', () => {
  let indexed: IndexedTwice;
  beforeAll(async () => {
    const [papers] = fc
      .sample(randomPapers(200), { numRuns: 40, seed: 7 })
      .toSorted((a, b) => b.length - a.length);
    indexed = await indexTwice(papers!);
  });
  afterAll(() => indexed?.[Symbol.asyncDispose]());

  const expectSame = async (condition: Condition) => {
    const { embedded, corpus, papers } = indexed;
    const wanted = matchCondition(condition, embedded);
    const found = await corpus.lookups.resolve((known) =>
      matchConditionIn(condition, matchTools(corpus, known)),
    );
    const shown = JSON.stringify({ condition, query: found.query });
    const ids = papers.filter((_, doc) => wanted.mask[doc] === 1).map(({ id }) => id);
    expect(await indexed.idsOf(found.query), shown).toEqual(ids);
    expect(found.notices, shown).toEqual(wanted.notices);
    expect(found.ignoresPart, shown).toBe(wanted.ignoresPart);
  };

  test.each(Array.from({ length: 6 }, (_, part) => part))(
    'finds the papers of any condition: part %i',
    async (part) => {
      for (const condition of fc.sample(RANDOM_CONDITION, { numRuns: 100, seed: 100 + part }))
        await expectSame(condition);
    },
  );

  test('finds a long phrase that can be written in many ways, by reading', async () => {
    const words = 'self improvement model '.repeat(8).trim();
    const phrase: Condition = { kind: 'phrase', text: words, field: undefined, span: { start: 0, end: 1 } };
    await expectSame(phrase);
    await expectSame({ ...phrase, text: words.replaceAll('model', 'the') });
  });
});
