import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latexCommands } from '../../../src/papers/read/latex-commands.ts';
import { latexToText } from '../../../src/papers/read/latex-to-text.ts';
import { latexText } from '../../../src/papers/write/latex-text.ts';

test.each([
  ['a_b & 5% #1 ~ ^', 'a\\_b \\& 5\\% \\#1 \\textasciitilde{} \\textasciicircum{}'],
  ["a--b '' ``", "a-{}-b '{}' `{}`"],
  ['costs $5', 'costs \\$5'],
  ['$O(n^{2})$ and $\\mathcal{O}(\\log n)$', '$O(n^{2})$ and $\\mathcal{O}(\\log n)$'],
  ['$\\{a\\}$', '$\\{a\\}$'],
  ['$a{\\bf x}$', '$a{\\bf x}$'],
  // What could run, read, comment out or end something is text.
  ['$\\input{a}$', '\\$\\textbackslash{}input\\textbraceleft{}a\\textbraceright{}\\$'],
  ['$^^5cinput$', '\\$\\textasciicircum{}\\textasciicircum{}5cinput\\$'],
  ['$a%b$', '\\$a\\%b\\$'],
  ['$a}{b$', '\\$a\\textbraceright{}\\textbraceleft{}b\\$'],
  ['$\\{ }$', '\\$\\textbackslash{}\\textbraceleft{} \\textbraceright{}\\$'],
  ['$a\\$', '\\$a\\textbackslash{}\\$'],
  ['$a\\\\b$', '\\$a\\textbackslash{}\\textbackslash{}b\\$'],
  // A font outside of a group holds to the end of the value, or of the file.
  ['$\\bf x$', '\\$\\textbackslash{}bf x\\$'],
  ['@article(x,', '{@}article(x,'],
])('%s', async (text, latex) => {
  expect(latexText(text)).toBe(latex);
  expect(latexToText(latex, await latexCommands())).toBe(text);
});

test.each([
  ['Scaling BERT with GPT-4 and iPhones', 'Scaling {BERT} with {GPT-4} and {iPhones}'],
  ['A Study of Self-Improvement', 'A Study of Self-Improvement'],
  ['ALL IN CAPITALS', 'ALL IN CAPITALS'],
])('capitals of %s', (title, latex) => {
  expect(latexText(title, true)).toBe(latex);
});

test('brackets of any text are in order for BibTeX', () => {
  const text = fc
    .array(fc.constantFrom('{', '}', '\\', '$', 'a', '\\{', '\\}', '^', '\\alpha'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.boolean(), (wild, protect) => {
      let depth = 0;
      for (const sign of latexText(wild, protect)) {
        depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
    }),
  );
});
