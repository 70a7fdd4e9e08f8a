import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findWords } from '../scripts/words/find.ts';
import { CHECKED_PATHS } from '../scripts/words/rules.ts';

const found = (file: string, text: string) => findWords(file, text).map(({ line, found }) => [line, found]);

describe('findWords', () => {
  test.each([
    ['a comment', '// Who stands where.', [[1, 'stands']]],
    ['a later line', 'const a = 1;\n/** All but for one. */', [[2, 'but for']]],
    ['part of an identifier', 'const kinFinder = 1;', [[1, 'kin']]],
    ['a constant', 'const MOST_HITS = 3;', [[1, 'MOST_H']]],
    ['a message', "throw refusal('That is no year.');", [[1, 'is no ']]],
    [
      'two words of one line',
      '// It goes where it lies.',
      [
        [1, 'lies'],
        [1, 'goes'],
      ],
    ],
    ['nothing in plain English', '// There is no index. It is no longer used, and kinds remain.', []],
  ])('reports %s', (_, text, expected) => {
    expect(found('src/example.ts', text)).toEqual(expected);
  });

  test('ignores code blocks and code spans of Markdown', () => {
    expect(found('docs/a.md', 'Use `tray`.\n```\nit stands\n```\nIt stands.')).toEqual([[5, 'stands']]);
  });

  test('reads only comments and names of tests', () => {
    const text = [
      "import { expect, test } from 'vitest';",
      "test('tells all', () => {",
      "  expect(read('it stands')).toBe('it lies');",
      '  // A comment that tells.',
      '});',
      "test.each([['it stands']])('%s goes', () => {});",
      'test.each([])(',
      "  'the longest name that stands alone',",
      ');',
    ].join('\n');
    expect(found('test/a.test.ts', text)).toEqual([
      [2, 'tells'],
      [4, 'tells'],
      [6, 'goes'],
      [8, 'stands'],
    ]);
  });

  test('allows what rules.ts lists', () => {
    expect(found('src/query/intent.ts', "const ASK = '(?:tell|show)';")).toEqual([]);
    expect(found('src/indexes/store/layout.ts', "lexical: 'lexical.bin',")).toEqual([]);
  });
});

test('checks paths that exist', () => {
  expect(CHECKED_PATHS.filter((path) => !existsSync(path))).toEqual([]);
});
