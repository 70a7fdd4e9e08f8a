import { expect, test } from 'vitest';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { parseQuery } from '../../../src/query/parser.ts';
import { matchCondition } from '../../../src/search/match/match-condition.ts';
import { paperOf } from '../../support/papers.ts';

const papers = [
  paperOf({ title: 'A general method', authors: ['Ann Generalizer'] }),
  paperOf({ title: 'How networks generalize' }),
  paperOf({ title: 'Generalización', abstract: 'Bounds on generalization.' }),
  paperOf({ title: 'Transformers' }),
];
const lexical = await bm25Engine.build(papers);
const fields = new FieldIndex(Buffer.concat(await buildFields(papers)), papers);
const paperAt = (doc: number) => papers[doc]!;
const found = (query: string) => {
  const { mask } = matchCondition(parseQuery(query).condition!, { lexical, fields, paperAt });
  return [...mask.keys()].filter((doc) => mask[doc] === 1);
};

test.each([
  ['generaliz*', [0, 1, 2]],
  ['title:generaliz*', [1, 2]],
  ['title:Generaliza*', [2]],
  ['title:generalizac*', [2]],
  ['-title:generaliz*', [0, 3]],
  ['transf*', [3]],
  ['generaliz* OR transf*', [0, 1, 2, 3]],
])('%s: finds papers with such a word, not those with only its stem', (query, docs) => {
  expect(found(query)).toEqual(docs);
});

test('reports a prefix of too many papers', async () => {
  const many = Array.from({ length: 2001 }, (_, n) => paperOf({ title: `general ${n}` }));
  const sources = {
    lexical: await bm25Engine.build(many),
    fields: new FieldIndex(Buffer.concat(await buildFields(many)), many),
    paperAt: (doc: number) => many[doc]!,
  };
  const { count, notices } = matchCondition(parseQuery('generaliz*').condition!, sources);
  expect(count).toBe(2001);
  expect(notices[0]?.message).toContain('same stem');
});
