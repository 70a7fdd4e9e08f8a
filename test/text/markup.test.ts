import fc from 'fast-check';
import { latex2unicode } from 'unicode2latex';
import { describe, expect, test } from 'vitest';
import { plainFormOf, plainSpan, plainUnicode, storedSpan } from '../../src/text/markup/plain-form.ts';
import { segmentsOf } from '../../src/text/markup/segments.ts';
import { OPERATORS, SIGNS } from '../../src/text/markup/symbols.ts';

/** The segments of a text in one line: formulas in ⟦⟧, emphasis in tags. */
function shown(text: string): string {
  return segmentsOf(text)
    .map(({ kind, plain, emphasis }) => {
      const inside = kind === 'maths' ? `⟦${plain}⟧` : plain;
      return emphasis ? `<${emphasis}>${inside}</>` : inside;
    })
    .join('');
}

describe('segmentsOf', () => {
  test.each([
    ['$\\alpha$-stable processes', '⟦α⟧-stable processes'],
    ['regret $\\widetilde{O}(\\|\\theta^*\\|\\sqrt{T})$', 'regret ⟦Õ(‖θ*‖√T)⟧'],
    ['$$x_i^2$$ and \\(a\\) and \\[b\\]', '⟦xᵢ²⟧ and ⟦a⟧ and ⟦b⟧'],
    ['\\begin{equation}E=mc^2\\end{equation}', '⟦E=mc²⟧'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is LaTeX
    ['with ${\\approx}$2–5 and p$<$0.05', 'with ⟦≈⟧2–5 and p⟦<⟧0.05'],
    ['16$ imes$ more, $3 imes 3$, sim$ ightarrow$real', '16⟦×⟧ more, ⟦3 × 3⟧, sim⟦→⟧real'],
    ['a polygon with $ 4k $ vertices', 'a polygon with ⟦4k⟧ vertices'],
    ['a factor of $5$.', 'a factor of ⟦5⟧.'],
  ])('finds the formulas of %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    'It costs $5 and $10 per hour',
    'prices ($0.23 - $0.27 per image)',
    'from $5-$10',
    'cards (~2000$) and reliable power supply to deploy on cheaper (~20$) ones',
    'Predicting $GME with $AAPL',
    'Turki$hTweets',
    'echo $HOME and $PATH',
    'one $ sign',
    '$',
    '$$',
    '$$$$',
  ])('leaves dollar signs that are not maths: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  test.each([
    [
      '\\emph{theirs}, {\\em ours} and \\textbf{bold $k$-NN}',
      '<em>theirs</>, <em>ours</> and <strong>bold </><strong>⟦k⟧</><strong>-NN</>',
    ],
    ['best-of-*n* sampling and *two words*.', 'best-of-<em>n</> sampling and <em>two words</>.'],
    ['**LE**arning from **t**ext', '<strong>LE</>arning from <strong>t</>ext'],
    ['_LawFlow_ captures', '<em>LawFlow</> captures'],
  ])('finds the emphasis of %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    'A* search and D* lite',
    'C*-algebras and *-algebras of C*-type',
    'f(*), g(*)',
    '2 * 3 * 4',
    '(*p<0.05, **p<0.01, ***p<0.001)',
    '2**n and 3**m',
    '__init__ and foo_bar_baz and _private',
    'O(min{C*_T,C*_{x,T}})',
    '~5 % of ~10 and 4~128 or 4B~70B',
    'http://people.x.org/~a_b_c/**d**--e and www.x.org/a--b',
    'use --help or --like',
    '----',
    '<!-- a -->',
    "5'' and 3''-UTR",
    'a \\ b',
    '\\unknown{x} and \\foo',
    '{0,1}',
    'file_1.txt and word_2vec',
  ])('leaves what only looks like markup: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  test.each([
    ['Table~1 and 5~million, i.i.d.~samples', 'Table 1 and 5 million, i.i.d. samples'],
    ["Metropolis--Hastings---well ``quoted'' and `so'", 'Metropolis–Hastings—well “quoted” and ‘so’'],
    ['70\\% of R\\&D', '70% of R&D'],
    ['O(\\sqrt{n} \\log n) and 3\\times faster', 'O(√n log n) and 3× faster'],
    ['CO_2, H_2O, R^2 and n^{2}', 'CO₂, H₂O, R² and n²'],
    ['\\cite{A,b} see \\url{https://x.org/a_b}', '[A,b] see https://x.org/a_b'],
  ])('reads %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe('the plain form of maths', () => {
  test.each([
    ['\\mathcal{O}(\\sqrt{n}\\log n)', 'O(√n log n)'],
    ['\\frac{a+b}{2}', '(a+b)/2'],
    ['\\frac12', '1/2'],
    ['\\tfrac{1}{\\sqrt{n}}', '1/(√n)'],
    ['\\sqrt[3]{x+y}', '³√(x+y)'],
    ['x_{max}', 'x_max'],
    ['x_{ij}^{2}', 'xᵢⱼ²'],
    ['n^{1/2}', 'n^(1/2)'],
    ['10^{-5}', '10⁻⁵'],
    ['\\mathbb{R}^d', 'ℝᵈ'],
    ['\\theta^*', 'θ*'],
    ['A^\\top', 'A⊤'],
    ['90^\\circ', '90°'],
    ["f'(x)", 'f′(x)'],
    ['\\min_{x \\in X} f(x)', 'min_(x ∈ X) f(x)'],
    ['\\left\\{x\\right.', '{x'],
    ['\\operatorname{rank}(A)', 'rank(A)'],
    ['\\binom{n}{k}', '(n choose k)'],
    ['\\hat{x} \\tilde O', 'x̂ Õ'],
    ['\\text{if } x \\leq 5', 'if x ≤ 5'],
    ['4.2\\times', '4.2×'],
    ['\\cO(\\bx)', 'O(x)'],
    ['\\foo{x}', 'foox'],
    ['\\href{javascript:alert(1)}{x}', 'x'],
  ])('of %s is %s', (tex, plain) => {
    expect(plainUnicode(`$${tex}$`)).toBe(plain);
  });

  test('has the characters that a table of Better BibTeX has for its commands', () => {
    const theirs = latex2unicode as Record<string, string | { readonly text?: string }>;
    const differing = [...SIGNS, ...OPERATORS].flatMap(([name, ours]) => {
      const entry = theirs[`\\${name}`];
      const text = typeof entry === 'string' ? entry : entry?.text;
      return text === undefined || text.normalize('NFKD') === ours.normalize('NFKD')
        ? []
        : [`${name} ${ours} ${text}`];
    });
    // The same signs in another shape, which more fonts have.
    expect(differing.sort()).toEqual([
      'Im Im ℑ',
      'Re Re ℜ',
      'bullet • ∙',
      'cdot · ⋅',
      'diamond ⋄ ♢',
      'models ⊨ ⊧',
      'perp ⊥ ⟂',
      'setminus ∖ ⧵',
      'square □ ◻',
      'vartriangle △ ▵',
    ]);
  });
});

describe('the plain form of a text', () => {
  test('is the text itself where there is no markup', () => {
    expect(plainFormOf('Deep learning, 5 % of it: α-stable')).toBeUndefined();
    expect(plainUnicode('α-stable')).toBe('α-stable');
  });

  test('knows the place of each character', () => {
    const text = 'an $\\alpha$-stable CO$_2$';
    const form = plainFormOf(text)!;
    expect(form.text).toBe('an α-stable CO₂');
    const { start, end } = storedSpan(form, { start: 3, end: 11 });
    expect(text.slice(start, end)).toBe('\\alpha$-stable');
    expect(plainSpan(form, { start, end })).toEqual({ start: 3, end: 11 });
    expect(plainSpan(form, { start: 3, end: 4 })).toBeUndefined();
  });

  const PIECES = [
    '$',
    '$$',
    '\\(',
    '\\)',
    '{',
    '}',
    '\\',
    '\\alpha',
    '\\emph{',
    '\\frac',
    '\\sqrt[',
    '^',
    '_',
    '*',
    '**',
    '~',
    '--',
    '---',
    '``',
    "''",
    ' ',
    '\n\n',
    'a',
    'B',
    '1',
    'ö',
    '😀',
    '\\begin{align}',
    '\\end{align}',
    '\\left',
    '&',
    '%',
    'http://x.y/',
    '\\cite{',
    '{\\em ',
  ];
  const markup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));

  test('covers a text in order, for any text', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const segments = segmentsOf(text);
        let last = 0;
        for (const { start, end, plain, pieces } of segments) {
          expect(pieces.map((piece) => piece.text).join('')).toBe(plain);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
        const form = plainFormOf(text);
        for (let at = 0; form && at < form.text.length; at++) {
          expect(form.starts[at]).toBeLessThan(form.ends[at]!);
          expect(form.ends[at]).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nested braces', '{'.repeat(8000)],
    ['nested braces in a formula', `$${'{'.repeat(400)}x${'}'.repeat(400)}$`],
    ['nested emphasis', `${'\\emph{'.repeat(8000)}x${'}'.repeat(8000)}`],
    ['nested accents', `$${'\\hat{'.repeat(160)}`],
    ['nested bare accents', '\\bar{'.repeat(8000)],
    ['dollar signs', '$'.repeat(50_000)],
    ['dollar signs and letters', '$a '.repeat(20_000)],
    ['stars', '*'.repeat(50_000)],
    ['stars and letters', '*a '.repeat(20_000)],
    ['double stars', '**a '.repeat(20_000)],
    ['underscores', ' _a'.repeat(20_000)],
    ['dashes', 'a--'.repeat(20_000)],
    ['quotation marks', '`a'.repeat(20_000)],
    ['backslashes', '\\'.repeat(50_000)],
    ['fractions', `$${'\\frac'.repeat(190)}$`],
    ['ties', 'a~'.repeat(20_000)],
    ['environments', '\\begin{align}'.repeat(4000)],
    ['operators', `${'$a\\in'.repeat(200)}$ `.repeat(20)],
    // A backtracking search would take hours, which ends at the time limit of the runner.
  ])('ends for %s', (_, text) => {
    expect(segmentsOf(text)).toBeInstanceOf(Array);
  });
});
