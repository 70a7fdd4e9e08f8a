import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../../src/errors.ts';
import type { Condition } from '../../../../src/query/ast.ts';
import { dayRangeOf } from '../../../../src/serve/compat/arxiv/date-range.ts';
import { parseArxivQuery } from '../../../../src/serve/compat/arxiv/parser.ts';

/** A condition as text, with every bracket. */
function shown(condition: Condition): string {
  switch (condition.kind) {
    case 'published':
      return `published:${condition.from}-${condition.to}`;
    case 'not':
      return `not(${shown(condition.clause)})`;
    case 'and':
    case 'or':
      return `${condition.kind}(${condition.clauses.map(shown).join(', ')})`;
    case 'year':
    case 'count':
    case 'instant':
    case 'has':
      throw new Error(`The API does not ask for ${condition.kind}.`);
    default: {
      const field = 'fact' in condition ? condition.fact : (condition.field ?? 'all');
      return `${field}:${condition.kind}:${condition.text}`;
    }
  }
}

/** Days that end before they begin. */
const NOTHING = 'published:1-0';

describe('parseArxivQuery', () => {
  test.each([
    ['electron', 'all:words:electron'],
    ['all:electron', 'all:words:electron'],
    ['ti:electron', 'title:words:electron'],
    ['title:electron', 'title:words:electron'],
    ['TI:electron', 'title:words:electron'],
    ['abs:electron', 'abstract:words:electron'],
    ['jr:nature', 'venue:words:nature'],
    ['ti:"electron thermal conductivity"', 'title:phrase:electron thermal conductivity'],
    ['ti:"one"', 'title:words:one'],
    ['ti:"no end', 'title:phrase:no end'],
    ['ti: electron', 'title:words:electron'],
    ['ti:electr*', 'title:prefix:electr'],
    ['ti:"electr*"', 'title:words:electr*'],
    ['quantum_dots', 'all:phrase:quantum dots'],
    ['au:del_maestro', 'author:phrase:del maestro'],
    ['au:"Del Maestro, A."', 'author:phrase:Del Maestro, A.'],
    ['au:hinton_g', 'author:phrase:hinton g'],
    ['au:x', 'author:phrase:x'],
    ['cat:cs.LG', 'area:fact:cs.LG'],
    ['cat:cs.*', 'area:fact:cs'],
    ['id:2101.11408v2', 'id:fact:2101.11408v2'],
    ['doi:10.1000/a(1)', 'or(id:fact:10.1000/a, all:words:1)'],
    ['doi:"10.1000/a(1)"', 'id:fact:10.1000/a(1)'],
    ['co:pages', NOTHING],
    ['rn:cern', NOTHING],
    ['foo:bar', 'all:words:foo:bar'],
    ['http://a.org/x', 'all:words:http://a.org/x'],
    // Operators.
    ['a AND b', 'and(all:words:a, all:words:b)'],
    ['a OR b', 'or(all:words:a, all:words:b)'],
    ['a ANDNOT b', 'and(all:words:a, not(all:words:b))'],
    ['a NOT b', 'and(all:words:a, not(all:words:b))'],
    ['a AND NOT b', 'and(all:words:a, not(all:words:b))'],
    ['a b', 'or(all:words:a, all:words:b)'],
    ['a and b', 'or(all:words:a, all:words:and, all:words:b)'],
    ['a AND OR b', 'or(all:words:a, all:words:b)'],
    ['a OR AND b', 'and(all:words:a, all:words:b)'],
    ['a OR ANDNOT b', 'and(all:words:a, not(all:words:b))'],
    ['ANDNOT a', 'not(all:words:a)'],
    ['AND a OR', 'all:words:a'],
    // AND before OR, from left to right.
    ['a OR b AND c', 'or(all:words:a, and(all:words:b, all:words:c))'],
    ['a AND b OR c ANDNOT d', 'or(and(all:words:a, all:words:b), and(all:words:c, not(all:words:d)))'],
    ['a b AND c', 'or(all:words:a, and(all:words:b, all:words:c))'],
    ['(a OR b) AND c', 'and(or(all:words:a, all:words:b), all:words:c)'],
    ['a AND(b)', 'and(all:words:a, all:words:b)'],
    ['a () b', 'or(all:words:a, all:words:b)'],
    // A field before a group is that of everything in it.
    ['ti:(a AND b)', 'and(title:words:a, title:words:b)'],
    ['ti:(a OR au:b (c d))', 'or(title:words:a, author:phrase:b, or(title:words:c, title:words:d))'],
    ['ti:(a) b', 'or(title:words:a, all:words:b)'],
    // Dates.
    ['submittedDate:[20230101 TO 2024]', 'published:20230101-20241231'],
    // No paper is published after midnight.
    ['lastUpdatedDate:[202301010600 TO 202301010601]', 'published:20230102-20230101'],
    ['lastUpdatedDate:[202301010000 TO 202301020000]', 'published:20230101-20230102'],
    [
      'a AND submittedDate:[2023 TO *]',
      `and(all:words:a, published:20230101-${Math.floor(Number.MAX_SAFE_INTEGER / 10_000)})`,
    ],
  ])('%s', (query, expected) => {
    expect(shown(parseArxivQuery(query))).toBe(expected);
  });

  test.each([
    ['(a'],
    ['a)'],
    ['()'],
    ['AND'],
    ['ti:'],
    ['submittedDate:[x TO y]'],
    ['submittedDate:[2023 TO'],
    [`${'('.repeat(65)}a${')'.repeat(65)}`],
    [Array.from({ length: 257 }, () => 'a').join(' ')],
  ])('%s is refused', (query) => {
    expect(() => parseArxivQuery(query)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });

  test('parses or refuses any text quickly', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '"',
        'AND',
        'OR',
        'ANDNOT',
        'NOT',
        ' ',
        ':',
        '[',
        ']',
        'ti:',
        'au:',
        'submittedDate:',
        '*',
        '_',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        try {
          parseArxivQuery(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(PaperSearchError);
        }
      }),
    );
  });

  test('parses fully bracketed queries exactly', () => {
    const leaf = fc
      .constantFrom('ti:a', 'abs:b', 'au:c')
      .map((text) => ({ text, shown: shown(parseArxivQuery(text)) }));
    const { tree } = fc.letrec<{ tree: { text: string; shown: string } }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc
          .tuple(tie('tree'), fc.constantFrom('AND', 'OR', 'ANDNOT'), tie('tree'))
          .map(([a, operator, b]) => ({
            text: `(${a.text}) ${operator} (${b.text})`,
            shown:
              operator === 'OR'
                ? `or(${a.shown}, ${b.shown})`
                : `and(${a.shown}, ${operator === 'AND' ? b.shown : `not(${b.shown})`})`,
          })),
      ),
    }));
    fc.assert(
      fc.property(tree, (each) => {
        expect(shown(parseArxivQuery(each.text))).toBe(each.shown);
      }),
    );
  });
});

test.each([
  ['[2023 TO 2024]', 20230101, 20241231],
  ['[202302 TO 202302]', 20230201, 20230231],
  ['[20230215 TO 2023021506]', 20230215, 20230215],
  ['[20230101063059 TO 20230101063059]', 20230102, 20230101],
  ['2023', 20230101, 20231231],
  ['[* TO 2023]', 0, 20231231],
])('dates of %s', (text, from, to) => {
  expect(dayRangeOf(text)).toEqual({ from, to });
});
