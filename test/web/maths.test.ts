import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTRIBUTES, ELEMENTS, type MathElement, mathTree } from '../../src/web/maths/tree.ts';

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
  ])('takes little time for %s', (_, tex) => {
    const start = performance.now();
    expectOnlyMaths(mathTree(tex));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
