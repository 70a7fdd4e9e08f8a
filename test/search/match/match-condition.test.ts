import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { Condition } from '../../../src/query/ast.ts';
import type { Match } from '../../../src/search/match/match.ts';
import { matchCondition } from '../../../src/search/match/match-condition.ts';
import { holds } from '../../reference/matching.ts';
import { paperOf } from '../../support/papers.ts';
import { RANDOM_CONDITION } from '../../support/random-conditions.ts';
import { randomPapers } from '../../support/random-papers.ts';

const sourcesOf = async (papers: readonly Paper[]) => ({
  lexical: await bm25Engine.build(papers),
  fields: new FieldIndex(new Uint8Array(Buffer.concat(await buildFields(papers))), papers),
});
/** Names are compared with those of all papers: test/regressions/initials-find-no-author. */
const namesAuthor = (condition: Condition): boolean => {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.clauses.some(namesAuthor);
  if (condition.kind === 'not') return namesAuthor(condition.clause);
  return (condition.kind === 'words' || condition.kind === 'phrase') && condition.field === 'author';
};
const docsOf = ({ mask }: Match) => [...mask.keys()].filter((doc) => mask[doc] === 1);

test('matches the papers that match when they are read one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomPapers(15),
      fc.array(
        RANDOM_CONDITION.filter((condition) => !namesAuthor(condition)),
        { minLength: 1, maxLength: 6 },
      ),
      async (papers, conditions) => {
        const sources = await sourcesOf(papers);
        for (const condition of conditions) {
          const match = matchCondition(condition, sources);
          expect(docsOf(match)).toEqual([...papers.keys()].filter((doc) => holds(papers[doc]!, condition)));
          expect(match.count).toBe(docsOf(match).length);
        }
      },
    ),
    { numRuns: 250 },
  );
});

test('ignores a prefix that is a stop word and begins no other word, except in a field', async () => {
  const sources = await sourcesOf([paperOf({ title: 'Cats' }), paperOf({ title: 'Ifs of iffy dogs' })]);
  const prefix = (text: string, field?: 'author'): Condition => ({
    kind: 'prefix',
    text,
    field,
    span: { start: 0, end: 3 },
  });
  const ignored = matchCondition(prefix('we'), sources);
  expect(docsOf(ignored)).toEqual([]);
  expect(ignored.notices).toEqual([
    { span: { start: 0, end: 3 }, message: expect.stringContaining('ignored') },
  ]);
  expect(matchCondition(prefix('if'), sources)).toMatchObject({ count: 1, notices: [] });
  expect(matchCondition(prefix('xyz'), sources)).toMatchObject({ count: 0, notices: [] });
  expect(matchCondition(prefix('we', 'author'), sources)).toMatchObject({ count: 0, notices: [] });
});

describe('matchCondition', async () => {
  const sources = await sourcesOf([
    paperOf({
      id: 'doi:10.1/X',
      title: 'Cats',
      year: 2020,
      categories: ['cs.LG'],
      externalIds: { doi: '10.1/x' },
    }),
    paperOf({ title: 'Dogs', year: 2022, abstract: 'Not cats.', session: { name: 'Poster Session 1' } }),
    paperOf({ title: 'Fish', date: '2024-05-01', session: { name: 'Poster Session 12' } }),
    paperOf({ title: 'Birds' }),
  ]);
  const span = { start: 2, end: 5 };
  const words = (text: string): Condition => ({ kind: 'words', text, field: undefined, span });
  const not = (clause: Condition): Condition => ({ kind: 'not', clause, span });
  const all = (kind: 'and' | 'or', ...clauses: Condition[]): Condition => ({ kind, clauses, span });
  const fact = (name: 'id' | 'session' | 'area', text: string): Condition => ({
    kind: 'fact',
    fact: name,
    text,
    span,
  });
  const years = (from?: number, to?: number): Condition => ({ kind: 'year', from, to, span });

  test.each<[what: string, condition: Condition, docs: number[], notices: number]>([
    ['stop words alone match nothing', words('the of'), [], 1],
    ['nor does excluding them', not(words('the')), [], 1],
    ['beside others they are left out', all('and', words('the'), words('cats')), [0, 1], 1],
    ['in an alternative too', all('or', words('the'), words('fish')), [2], 1],
    [
      'stop words among excluded ones',
      all('and', words('cats'), not(all('or', words('of'), words('dogs')))),
      [0],
      1,
    ],
    ['all of nothing matches nothing', all('and', words('of'), not(words('the'))), [], 2],
    ['years are counted in', years(2020, 2022), [0, 1], 0],
    ['a range may be open', years(2021), [1, 2], 0],
    ['papers without a year are in none', years(undefined, 3000), [0, 1, 2], 0],
    ['nor in one that is open on both sides', years(), [0, 1, 2], 0],
    ['but they are not in it', not(years(2021)), [0, 3], 0],
    ['a session by its words, whole', fact('session', 'session 1'), [1], 0],
    ['an area by a part', fact('area', 'LG'), [0], 0],
    ['an area by its name', fact('area', 'CS.lg'), [0], 0],
    ['an area without words', fact('area', '!'), [], 0],
    ['an id', fact('id', 'DOI:10.1/x'), [0], 0],
    ['an unknown id', fact('id', '10.1'), [], 0],
  ])('%s', (_, condition, docs, notices) => {
    const match = matchCondition(condition, sources);
    expect(docsOf(match)).toEqual(docs);
    expect(match.notices.map((notice) => notice.span)).toEqual(Array.from({ length: notices }, () => span));
  });
});
