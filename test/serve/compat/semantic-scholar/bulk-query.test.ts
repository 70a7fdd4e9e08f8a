import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../../src/errors.ts';
import type { Condition } from '../../../../src/query/ast.ts';
import { parseBulkQuery } from '../../../../src/serve/compat/semantic-scholar/bulk-query.ts';

/** A condition in brackets, a word or phrase in two fields as one. */
function shown(condition: Condition | undefined): string {
  if (condition === undefined) return 'everything';
  if (condition.kind === 'not') return `not(${shown(condition.clause)})`;
  if (condition.kind === 'and') return `and(${condition.clauses.map(shown).join(', ')})`;
  if (condition.kind === 'or') {
    const [title, abstract, ...others] = condition.clauses;
    const isLeaf = others.length === 0 && 'field' in title! && title.field === 'title';
    if (isLeaf) {
      expect(abstract).toEqual({ ...title, field: 'abstract' });
      return shown(title);
    }
    return `or(${condition.clauses.map(shown).join(', ')})`;
  }
  if (condition.kind === 'words') return condition.text;
  if (condition.kind === 'phrase') return `"${condition.text}"`;
  if (condition.kind === 'near') return `"${condition.text}"~${condition.distance}`;
  if (condition.kind === 'prefix') return `${condition.text}*`;
  if (condition.kind === 'fuzzy') return `${condition.text}~${condition.edits}`;
  throw new Error(`A bulk query has no ${condition.kind}.`);
}

describe('parseBulkQuery', () => {
  test.each([
    ['', 'everything'],
    [' + | ()', 'everything'],
    ['fish', 'fish'],
    ['fish ladder', 'and(fish, ladder)'],
    ['fish + ladder', 'and(fish, ladder)'],
    ['fish +ladder', 'and(fish, ladder)'],
    ['fish | ladder', 'or(fish, ladder)'],
    ['fish|ladder', 'or(fish, ladder)'],
    ['fish -ladder', 'and(fish, not(ladder))'],
    ['-fish', 'not(fish)'],
    ['--fish', 'not(not(fish))'],
    ['-(fish ladder)', 'not(and(fish, ladder))'],
    ['a | b c', 'or(a, and(b, c))'],
    ['(a | b) c', 'and(or(a, b), c)'],
    [
      '((cloud computing) | virtualization) +security -privacy',
      'and(or(and(cloud, computing), virtualization), security, not(privacy))',
    ],
    ['"fish ladder"', '"fish ladder"'],
    ['"fish ladder"~3', '"fish ladder"~3'],
    ['"fish ladder"~', '"fish ladder"~2'],
    ['"fish ladder"~0', '"fish ladder"'],
    ['-"fish ladder"', 'not("fish ladder")'],
    ['fish*', 'fish*'],
    ['bugs~', 'bugs~2'],
    ['bugs~1', 'bugs~1'],
    ['bugs~3', 'bugs~2'],
    ['bugs~0', 'bugs'],
    ['self-supervised', 'self-supervised'],
    ['C++ code', 'and(C++, code)'],
    ['BERT - a model', 'and(BERT, a, model)'],
    ['fish "ladder', 'and(fish, ladder)'],
    ['fish) ladder', 'and(fish, ladder)'],
    ['(fish ladder', 'and(fish, ladder)'],
    ['fish |', 'fish'],
    ['| fish', 'fish'],
    ['fish -', 'fish'],
    [String.raw`\-fish \"x\"`, 'and(-fish, "x")'],
    [String.raw`"say \"yes\""`, '"say "yes""'],
    ['… fish', 'fish'],
  ])('parses %j', (query, expected) => {
    expect(shown(parseBulkQuery(query))).toBe(expected);
  });

  test.each([
    ['too many groups', `${'('.repeat(65)}a${')'.repeat(65)}`],
    ['too many negations', `${'-'.repeat(65)}a`],
    ['too many words', 'word '.repeat(257)],
  ])('refuses %s', (_, query) => {
    expect(() => parseBulkQuery(query)).toThrow(PaperSearchError);
  });

  test('accepts 64 groups and 256 words', () => {
    expect(shown(parseBulkQuery(`${'('.repeat(64)}a${')'.repeat(64)}`))).toBe('a');
    expect(parseBulkQuery('word '.repeat(256))).toMatchObject({ kind: 'and' });
  });

  test('throws only its own errors, and has spans inside the query', () => {
    const piece = fc.constantFrom(
      'a',
      'word',
      '"',
      '(',
      ')',
      '|',
      '+',
      '-',
      '~',
      '~2',
      '*',
      '\\',
      ' ',
      '…',
      '𝐀',
    );
    const wild = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(wild, (query) => {
        let condition: Condition | undefined;
        try {
          condition = parseBulkQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(PaperSearchError);
          return;
        }
        expect(shown(condition)).not.toBe('');
        if (condition) {
          expect(condition.span.start).toBeGreaterThanOrEqual(0);
          expect(condition.span.end).toBeLessThanOrEqual(query.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['"', '(', ')', '-', '~', '\\', '"a ', '|'])('ends for a long run of %j', (piece) => {
    try {
      parseBulkQuery(piece.repeat(8000));
    } catch (error) {
      expect(error).toBeInstanceOf(PaperSearchError);
    }
  });
});
