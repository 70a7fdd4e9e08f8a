import { expect, test } from 'vitest';
import { assignIds, type IdClaim, idRank } from '../../../src/ingest/identity/paper-ids.ts';

const claim = (own: string[], earlier: IdClaim['earlier'] = [], file = 'a'): IdClaim => ({
  own,
  earlier,
  file,
});
const was = (id: string, ...aliases: string[]) => ({ id, aliases });

test('ids are ranked by what they are', () => {
  const ids = [
    'doi:10.1000/x',
    'doi:10.1101/2020.01.30.927871',
    'arxiv:2101.1',
    'openreview:x',
    'acl:x',
    's2:x',
    'pmid:1',
    '17',
    'some-words-0123abcd',
  ];
  const ranks = ids.map(idRank);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(new Set(ranks).size).toBe(ids.length);
});

test.each<[string, IdClaim[], [string, string[]][]]>([
  ['a new paper gets the strongest', [claim(['arxiv:1', 'doi:1', '7'])], [['doi:1', ['7', 'arxiv:1']]]],
  ['an old one keeps its own', [claim(['doi:1', 'x'], [was('x')])], [['x', ['doi:1']]]],
  [
    'two that become one keep the stronger',
    [claim(['a', 'arxiv:1'], [was('a'), was('arxiv:1', 'old')])],
    [['arxiv:1', ['a', 'old']]],
  ],
  [
    'of two parts, the one with the record of that id keeps it',
    [claim(['a'], [was('b', 'a')]), claim(['b'], [was('b', 'a')])],
    [
      ['a', []],
      ['b', []],
    ],
  ],
  ['an id that no record has any more stays', [claim(['a'], [was('doi:1')])], [['doi:1', ['a']]]],
  [
    'two papers of one id are told apart by file',
    [claim(['1'], [], 'b'), claim(['1'], [], 'a')],
    [
      ['1@b', []],
      ['1', []],
    ],
  ],
  [
    'and by number',
    [claim(['1']), claim(['1']), claim(['1'])],
    [
      ['1', []],
      ['1@a', []],
      ['1@a#2', []],
    ],
  ],
  [
    'a newcomer does not take an old id',
    [claim(['1'], [], 'a'), claim(['1'], [was('1')], 'b')],
    [
      ['1@a', []],
      ['1', []],
    ],
  ],
])('%s', (_, claims, expected) => {
  expect([...assignIds(claims)]).toEqual(expected.map(([id, aliases]) => ({ id, aliases })));
});
