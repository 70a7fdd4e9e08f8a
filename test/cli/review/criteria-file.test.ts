import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCriteria } from '../../../src/cli/review/criteria-file.ts';
import { PaperSearchError } from '../../../src/errors.ts';

const MARKDOWN = `# Gardens at school

## Question
Do school gardens change
what children eat?

## Include
- garden: the children grow food at school
* **Controlled study:** with a group for comparison,
  randomised or not

## Exclusion criteria
1. adults
2. no outcome: neither intake: nor preference

## Words for
- vegetables
## Words against
- rats
`;

test('reads the parts of a Markdown file', () => {
  expect(readCriteria(MARKDOWN, 'criteria.md')).toEqual({
    question: 'Do school gardens change what children eat?',
    include: [
      { name: 'garden', description: 'the children grow food at school' },
      { name: 'Controlled study', description: 'with a group for comparison, randomised or not' },
    ],
    exclude: [
      { name: 'adults', description: '' },
      { name: 'no outcome', description: 'neither intake: nor preference' },
    ],
    highlights: [
      { text: 'vegetables', for: true },
      { text: 'rats', for: false },
    ],
  });
});

test('reads the same parts from JSON', () => {
  const file = {
    question: 'Why?',
    include: ['garden: at school', { name: 'trial' }],
    exclude: [{ name: 'adults', description: 'over 18' }],
    wordsFor: ['soil'],
  };
  expect(readCriteria(JSON.stringify(file), 'c.json')).toEqual({
    question: 'Why?',
    include: [
      { name: 'garden', description: 'at school' },
      { name: 'trial', description: '' },
    ],
    exclude: [{ name: 'adults', description: 'over 18' }],
    highlights: [{ text: 'soil', for: true }],
  });
});

test.each([
  ['## Include\n\nadults\n', 'c.md, line 3: "adults" is not in a list'],
  ['## Include\n- a: b\n- A: c\n', 'c.md, line 3: "A" is also the name of the criterion in line 2'],
  ['## Include\n- : c\n', 'c.md, line 2: the criterion has no name'],
  ['## Include\n- a\n\n## Notes\n- b\n', 'c.md, line 4: the heading "Notes" is unknown'],
  ['# Title\n\nWords.\n', 'c.md: there is no criterion'],
  ['', 'c.md: there is no criterion'],
  ['{\n "include": [,]\n}', 'c.md: this is not JSON: '],
  ['{"includes": []}', 'c.md: the file: '],
  ['{"include": [{"name": ""}]}', 'c.md: include.0'],
  ['{"exclude": ["a", "A: b"]}', 'c.md: "A" is the name of two criteria'],
])('refuses %j', (text, message) => {
  expect(() => readCriteria(text, 'c.md')).toThrow(message);
});

test('reads or refuses any text', () => {
  const line = fc.oneof(
    fc.constantFrom('## Include', '## Exclude', '# x', '- a: b', '- ', '', '  more'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        const { include, exclude } = readCriteria(lines.join('\n'), 'c.md');
        expect([...include, ...exclude].every(({ name }) => name.trim() === name && name !== '')).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(PaperSearchError);
      }
    }),
  );
});
