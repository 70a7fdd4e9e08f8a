import { expect, test } from 'vitest';
import { accentsToUnicode } from '../../../src/papers/read/latex.ts';
import { latexCommands } from '../../../src/papers/read/latex-commands.ts';
import { latexToText } from '../../../src/papers/read/latex-to-text.ts';

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
  // Commands of text, as Zotero, Better BibTeX and doi.org write them.
  [
    'CO\\textsubscript{2} over N\\textsubscript{2}O in H\\textsuperscript{+} media',
    'CO2 over N2O in H+ media',
  ],
  ['10\\textsuperscript{-3}, {\\textpm} 5\\%, {\\textmu}m scale, {\\texteuro}5', '10-3, ± 5%, µm scale, €5'],
  ['{{TCP}{\\textquotesingle}s third eye}', "TCP's third eye"],
  ['Ro\\textcommabelow{s}ia \\textbullet{} \\textonehalf{}', 'Roșia • ½'],
  [
    'On \\mkbibemph{Physics} and \\mkbibquote{ethics}, \\enquote{quoted}',
    'On Physics and “ethics”, “quoted”',
  ],
  ['\\ensuremath{\\alpha}-synuclein \\underline{u} \\guillemotleft x\\guillemotright{}', 'α-synuclein u «x»'],
  ['a word\\footnote{note} more', 'a word note more'],
  ['{\\relax Ch}arles, Franc{\\ocirc{u}}', 'Charles, Franců'],
  ['{\\bfseries bold} {\\color{red} red} \\textcolor{red}{text}', 'bold red text'],
  ['\\href{http://a.org/~b}{a page} and \\url{http://a.org/~b}', 'a page and http://a.org/~b'],
  ['\\cyrchar\\CYRZH \\CYRZH \\ding{161}', 'ЖЖ❡'],
  ['{\\noopsort{1973b}}1973, \\hspace{1em}wide', '1973, wide'],
  ['\\(x^2\\) and \\[y\\]', '$x^2$ and $y$'],
  ['{costs $5} and {$6}', 'costs $5 and $6'],
  ['first\\par second', 'first\n\nsecond'],
  ['C\\/D soft\\-hyphen', 'CD softhyphen'],
  ['half { a group', 'half  a group'],
  ['too } many', 'too  many'],
  ['ends in \\', 'ends in \\'],
  ["\\'{} \\~{} \\^{}", "' ~ ^"],
])('text of %s', async (latex, text) => {
  expect(latexToText(latex, await latexCommands())).toBe(text);
});

test('keeps the argument of an unknown command and reports its name', async () => {
  const unknown: string[] = [];
  const text = latexToText('a \\strange{kept} one \\odd', await latexCommands(), (name) =>
    unknown.push(name),
  );
  expect(text).toBe('a kept one ');
  expect(unknown).toEqual(['strange', 'odd']);
});

test('reads groups as deep as they come', async () => {
  const latex = `${'{'.repeat(50_000)}x${'}'.repeat(50_000)} after`;
  expect(latexToText(latex, await latexCommands())).toContain('x');
  expect(latexToText(`${'\\emph'.repeat(50_000)}{x}`, await latexCommands())).toBe('x');
  expect(latexToText(`${"\\'".repeat(50_000)}x`, await latexCommands())).toContain('x');
});
