import { expect, test } from 'vitest';
import { accentsToUnicode, latexToText } from '../../../src/papers/read/latex.ts';

test.each([
  ['M\\"uller', 'Müller'],
  ['M\\"{u}ller', 'Müller'],
  ['M{\\"u}ller', 'Müller'],
  ["Jos\\'e Garc\\'\\i a", 'José García'],
  ["Garc\\'{\\i}a", 'García'],
  ["{\\v S}t\\v{e}p\\'{a}n", 'Štěpán'],
  ['\\c{C}elik and \\c Celik', 'Çelik and Çelik'],
  ['Erd\\H{o}s', 'Erdős'],
  ['{\\L}ukasz Mu\\l a', 'Łukasz Muła'],
  ['S{\\o}ren \\AA ngstr\\"om', 'Søren Ångström'],
  ['Wei\\ss, Stra{\\ss}e', 'Weiß, Straße'],
  ['\\~nandu \\^o \\`a \\=e \\.z', 'ñandu ô à ē ż'],
  ['the \\cite{a} of $\\hat{x}$ and $\\"u$', 'the \\cite{a} of $\\hat{x}$ and $\\"u$'],
  ['no commands', 'no commands'],
  ['\\constructor \\toString', '\\constructor \\toString'],
  ['http://a.org/\\~name', 'http://a.org/\\~name'],
  ["\\$3 \\'e \\$4, $\\$x$ \\'e", '\\$3 é \\$4, $\\$x$ é'],
])('accents of %s', (latex, text) => {
  expect(accentsToUnicode(latex)).toBe(text);
});

test.each([
  ['{The {GPT} of {\\"U}ber}', 'The GPT of Über'],
  ['\\emph{very} \\textbf{bold} {\\em style}', 'very bold style'],
  ['R\\&D at 5\\% for \\$3 and \\$4', 'R&D at 5% for $3 and $4'],
  ["a~b -- c --- ``d''", 'a b – c — “d”'],
  ['in $O(n^{2})$ time {x}', 'in $O(n^{2})$ time x'],
])('text of %s', (latex, text) => {
  expect(latexToText(latex)).toBe(text);
});
