import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MathElement } from '../../src/web/maths/element.ts';
import { formulaParts } from '../../src/web/maths/lines.ts';
import { ATTRIBUTES, ELEMENTS, mathTree } from '../../src/web/maths/tree.ts';

function markup(node: MathElement | string): string {
  if (typeof node === 'string') return node.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${node.name}${attributes.join('')}>${node.children.map(markup).join('')}</${node.name}>`;
}

function elementsOf(node: MathElement | string): MathElement[] {
  return typeof node === 'string' ? [] : [node, ...node.children.flatMap(elementsOf)];
}

function expectOnlyMaths(tree: MathElement | undefined): void {
  for (const { name, attributes } of tree ? elementsOf(tree) : []) {
    expect(ELEMENTS).toContain(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(ATTRIBUTES).toHaveProperty(attribute);
      expect(value).toMatch(ATTRIBUTES[attribute]!);
    }
  }
}

describe('mathTree', () => {
  test('is MathML', () => {
    expect(markup(mathTree('x_i^2')!)).toBe(
      '<math><mrow><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></mrow></math>',
    );
  });

  const SPACE = '<mspace width="0.167em"></mspace>';
  test.each([
    ['n\\log n', `<mi>n</mi>${SPACE}<mi>log</mi><mo>\u2061</mo>${SPACE}<mi>n</mi>`],
    ['2\\log n', `<mn>2</mn>${SPACE}<mi>log</mi><mo>\u2061</mo>${SPACE}<mi>n</mi>`],
    ['x+\\log n', `<mi>x</mi><mo>+</mo><mi>log</mi><mo>\u2061</mo>${SPACE}<mi>n</mi>`],
    ['\\log\\log n', `<mi>log</mi><mo>\u2061</mo>${SPACE}<mi>log</mi><mo>\u2061</mo>${SPACE}<mi>n</mi>`],
  ])('sets the name of a function apart in %s', (tex, expected) => {
    expect(markup(mathTree(tex)!)).toBe(`<math><mrow>${expected}</mrow></math>`);
  });

  test('sets the name of a function with scripts apart', () => {
    const tree = markup(mathTree('a\\sin^2 x')!);
    expect(tree).toContain(`<mi>a</mi>${SPACE}<msup>`);
    expect(tree).toContain(`</msup>${SPACE}<mi>x</mi>`);
  });

  test.each(['\\log(n)', '\\exp\\left(n\\right)', 'x+\\log', '(\\max)', '\\operatorname{poly}(n)', 'ab'])(
    'adds no space to %s',
    (tex) => {
      expect(markup(mathTree(tex)!)).not.toContain(SPACE);
    },
  );

  test('has characters for letters that browsers have no variant for', () => {
    expect(markup(mathTree('\\mathbb{R}\\mathbb{E}')!)).toContain('ℝ');
    expect(markup(mathTree('\\mathcal{O}')!)).toContain('𝒪');
    expect(markup(mathTree('\\mathcal{L}')!)).toContain('ℒ');
    expect(markup(mathTree('\\mathbf{x}')!)).toContain('<mi mathvariant="normal" class="maths-bold">x</mi>');
  });

  test.each(['\\eps', '\\cO(\\bx)', '\\nicefrac{1}{2}', '\\norm{x}', '_2', '^\\star'])('knows %s', (tex) => {
    expect(mathTree(tex)).toBeDefined();
  });

  test.each([
    '\\unknown{x}',
    '\\frac{a',
    'a}',
    'costs & benefits',
    '\\href{javascript:alert(1)}{x}',
    '\\url{javascript:alert(1)}',
    '\\includegraphics{x.png}',
    '\\htmlClass{a}{x}',
    '\\htmlId{a}{x}',
    '\\htmlStyle{color:red}{x}',
    '\\htmlData{a=b}{x}',
    '\\def\\a{\\a\\a}\\a',
    '\\newcommand{\\a}{xx}\\a',
    '\\gdef\\frac{x}',
    '\\let\\a=\\b',
    '\\rule{500em}{500em}',
    '\\char"41',
    '{'.repeat(8000),
    `${'{'.repeat(400)}x${'}'.repeat(400)}`,
    `${'\\sqrt{'.repeat(100)}x${'}'.repeat(100)}`,
    'x'.repeat(5000),
  ])('refuses %s', (tex) => {
    expect(mathTree(tex)).toBeUndefined();
  });

  test.each([
    '\\textcolor{red}{x}',
    '\\cancel{x}',
    '\\fbox{x}',
    '\\hspace{500em}x',
    '\\text{<b>x</b>}',
    '\\overset{a}{b}',
  ])('keeps to maths for %s', (tex) => expectOnlyMaths(mathTree(tex)));

  const COMMANDS = [
    '\\href{javascript:x}{y}',
    '\\url{x}',
    '\\includegraphics{x}',
    '\\htmlClass{a}{b}',
    '\\htmlStyle{a}{b}',
    '\\text{',
    '\\textcolor{red}{',
    '\\color{#f00}',
    '\\frac',
    '\\sqrt',
    '\\left(',
    '\\right)',
    '\\begin{matrix}',
    '\\end{matrix}',
    '\\def\\a{\\a\\a}',
    '\\a',
    '\\mathbb',
    '\\mathcal',
    '\\bm',
    '\\underbrace',
    '\\overline',
    '\\hspace{9em}',
    '\\kern9em',
    '\\tag{x}',
    '\\verb|x|',
    '\\cancel',
    '\\boxed',
    '\\operatorname',
    '\\not',
    '\\substack',
    '\\xrightarrow',
    '\\phantom',
    '\\smash',
    '\\raisebox{9em}',
    '\\fcolorbox{red}{blue}',
    '\\mathchoice',
    '\\pmb',
    '\\stackrel',
    '\\hbox',
    '\\\\',
    '&',
    '{',
    '}',
    '^',
    '_',
    '<script>',
    '"',
    "'",
    'x',
    '1',
    '+',
    ' ',
    '%',
    '$',
    '~',
    '\u0000',
    '😀',
    'é',
  ];

  test('has only elements and attributes of MathML, whatever a formula is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...COMMANDS), fc.string()), { maxLength: 30 }),
        (pieces) => {
          expectOnlyMaths(mathTree(pieces.join('')));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test.each([
    ['fractions', '\\frac'.repeat(190)],
    ['roots', '\\sqrt'.repeat(190)],
    ['scripts', 'x^'.repeat(490)],
    ['limits', '\\sum_'.repeat(190)],
    ['brackets', '\\left('.repeat(29).concat('\\right)'.repeat(29))],
    ['accents', '\\hat'.repeat(240)],
    ['boxes', `${'\\boxed{'.repeat(28)}x${'}'.repeat(28)}`],
    ['choices', `${'\\mathchoice{x}{x}{x}'.repeat(20)}{x}`],
    ['nested choices', `${'\\mathchoice{x}{x}{x}{'.repeat(28)}x${'}'.repeat(28)}`],
    ['texts', `${'\\text{$'.repeat(14)}x${'$}'.repeat(14)}`],
    ['a long sum', 'x+'.repeat(490)],
    ['columns', `\\begin{matrix}${'&'.repeat(900)}\\end{matrix}`],
    // A tree that grows by powers of two would never be built, which ends at the time limit of the runner.
  ])('ends for %s', (_, tex) => {
    expectOnlyMaths(mathTree(tex));
  });
});

describe('formulaParts', () => {
  const textOf = (node: MathElement | string): string =>
    typeof node === 'string' ? node : node.children.map(textOf).join('');
  const parts = (tex: string) => formulaParts(mathTree(tex)!);

  test('leaves a short formula whole', () => {
    expect(parts('a+b=c')).toEqual([{ tree: mathTree('a+b=c'), isWide: false }]);
  });

  test('breaks a long formula after operators, and only outside groups', () => {
    const tex = 'f(x_1)=\\frac{a+b+c+d+e}{g+h}+x_2+x_3+x_4+x_5+x_6+x_7+x_8+x_9';
    expect(parts(tex).map(({ tree }) => textOf(tree))).toEqual([
      ...['f(x1)=', 'a+b+c+d+eg+h+', 'x2+', 'x3+', 'x4+', 'x5+', 'x6+', 'x7+', 'x8+', 'x9'],
    ]);
    expect(parts(tex).some(({ isWide }) => isWide)).toBe(false);
    expect(
      parts(tex)
        .map(({ tree }) => textOf(tree))
        .join(''),
    ).toBe(textOf(mathTree(tex)!));
  });

  test('marks a part that cannot be broken', () => {
    const sum = Array.from({ length: 40 }, (_, i) => `x_{${i}}`).join('+');
    expect(parts(`y=\\sqrt{${sum}}`).map(({ isWide }) => isWide)).toEqual([false, true]);
  });
});
