import katex from 'katex';
import type { MathElement } from './element.ts';
import { spacedNames } from './names.ts';

/** Longest formula that is set, in UTF-16 code units, and most groups inside each other. */
const MAX_LENGTH = 1_000;
const MAX_DEPTH = 30;
/** Most elements of a formula; what has more is shown as plain text. */
const MAX_ELEMENTS = 2_000;
/** Commands that define others, repeat, load or link. Titles and abstracts need none. */
const FORBIDDEN =
  /\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|href|url|includegraphics|html[A-Za-z]*|char|kern|mkern|hskip|mskip|rule|raisebox|tag|require|input|include|@[A-Za-z@]*)(?![A-Za-z])/;

/** Names that papers define: KaTeX does not know them. */
const MACROS: Readonly<Record<string, string>> = {
  '\\eps': '\\varepsilon',
  '\\Tilde': '\\tilde{#1}',
  '\\nicefrac': '{#1}/{#2}',
  '\\sfrac': '{#1}/{#2}',
  '\\mathds': '\\mathbb{#1}',
  '\\real': '\\mathbb{R}',
  '\\poly': '\\operatorname{poly}',
  '\\polylog': '\\operatorname{polylog}',
  '\\rank': '\\operatorname{rank}',
  '\\opt': '\\operatorname{opt}',
  '\\OPT': '\\operatorname{OPT}',
  '\\E': '\\mathbb{E}',
  '\\norm': '\\left\\|#1\\right\\|',
  '\\mbox': '\\text{#1}',
  '\\emph': '\\textit{#1}',
  '\\textsc': '\\text{#1}',
  // "\\cO", "\\bbR", "\\bx": the usual names of letters in another type.
  ...Object.fromEntries(
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((letter) => [
      [`\\c${letter}`, `\\mathcal{${letter}}`],
      [`\\bb${letter}`, `\\mathbb{${letter}}`],
      [`\\b${letter.toLowerCase()}`, `\\mathbf{${letter.toLowerCase()}}`],
      [`\\bf${letter.toLowerCase()}`, `\\mathbf{${letter.toLowerCase()}}`],
    ]),
  ),
};

/** The elements of MathML that a formula consists of. Nothing else is ever shown. */
export const ELEMENTS: ReadonlySet<string> = new Set(
  `math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover
  mtable mtr mtd`.split(/\s+/),
);
/** Attributes that are kept, and what their values look like. */
export const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  accent: /^(?:true|false)$/,
  accentunder: /^(?:true|false)$/,
  columnalign: /^(?:(?:left|center|right) ?)+$/,
  columnspacing: /^[\d. em]{1,60}$/,
  display: /^(?:block|inline)$/,
  displaystyle: /^(?:true|false)$/,
  fence: /^(?:true|false)$/,
  form: /^(?:prefix|infix|postfix)$/,
  largeop: /^(?:true|false)$/,
  linethickness: /^[\d.]{1,5}(?:em|px)$/,
  lspace: /^-?[\d.]{1,6}em$/,
  mathvariant: /^normal$/,
  maxsize: /^[\d.]{1,5}em$/,
  minsize: /^[\d.]{1,5}em$/,
  movablelimits: /^(?:true|false)$/,
  rowspacing: /^[\d. em]{1,60}$/,
  rspace: /^-?[\d.]{1,6}em$/,
  scriptlevel: /^[0-3]$/,
  separator: /^(?:true|false)$/,
  stretchy: /^(?:true|false)$/,
  symmetric: /^(?:true|false)$/,
  width: /^-?[\d.]{1,6}em$/,
  class: /^maths-bold$/,
};

/** The elements whose children are a row; the children of all others have places of their own. */
const ROWS: ReadonlySet<string> = new Set(['math', 'mrow', 'mstyle', 'mpadded', 'mphantom', 'msqrt', 'mtd']);

/** What KaTeX makes: elements, texts and blanks. */
interface KatexNode {
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly KatexNode[];
  readonly text?: string;
  readonly width?: number;
  readonly character?: string | null;
}

/**
 * A formula as MathML, by KaTeX. Only the elements and attributes listed here come out, whatever the formula asks for.
 * @param tex without delimiters. @returns undefined for what is not a formula, too long, or asks for more than signs.
 */
export function mathTree(tex: string): MathElement | undefined {
  if (tex.length > MAX_LENGTH || FORBIDDEN.test(tex) || depthOf(tex) > MAX_DEPTH) return undefined;
  try {
    const { __renderToDomTree: render } = katex as unknown as {
      readonly __renderToDomTree: (tex: string, options: katex.KatexOptions) => KatexNode;
    };
    const tree = render(tex, {
      output: 'mathml',
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 5,
      macros: { ...MACROS },
    });
    const content = contentOf(tree);
    if (!content) return undefined;
    const budget = { left: MAX_ELEMENTS };
    const children = content.flatMap((node) => elementsOf(node, budget));
    return { name: 'math', attributes: {}, children };
  } catch {
    // An unknown command, a bracket without a partner, or too much of something: the plain form says what there is.
    return undefined;
  }
}

/** Groups inside each other, and scripts and commands that take the next one. */
function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of tex.matchAll(/\\[A-Za-z]+|\\[\s\S]|[{}]/g)) {
    if (token === '{' || token === '\\left' || token === '\\begin') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === '\\right' || token === '\\end') depth--;
  }
  return deepest;
}

/** The children of `semantics`, without the annotation. */
function contentOf(tree: KatexNode): readonly KatexNode[] | undefined {
  const math = tree.children?.find(({ type }) => type === 'math');
  const semantics = math?.children?.find(({ type }) => type === 'semantics');
  return semantics?.children?.filter(({ type }) => type !== 'annotation');
}

function elementsOf(node: KatexNode, budget: { left: number }): (MathElement | string)[] {
  if (--budget.left < 0) throw new Error('The formula has too many elements.');
  if (node.text !== undefined) return [node.text];
  if (node.width !== undefined) {
    return node.character
      ? [{ name: 'mtext', attributes: {}, children: [node.character] }]
      : [{ name: 'mspace', attributes: { width: `${node.width.toFixed(3)}em` }, children: [] }];
  }
  const { type, attributes = {}, children = [] } = node;
  const variant = attributes.mathvariant;
  const inside = children.flatMap((child) => elementsOf(child, budget));
  // A fragment has no type of its own.
  if (type === undefined) return inside;
  const shown = variant === undefined ? inside : inside.map((child) => lettersOf(child, variant));
  // A frame or a line through is not shown, what is in it is.
  const name = ELEMENTS.has(type) ? type : 'mrow';
  return [
    {
      name,
      attributes: { ...keptAttributes(attributes), ...attributesOfVariant(variant) },
      children: ROWS.has(name) ? spacedNames(shown) : shown,
    },
  ];
}

function keptAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => Object.hasOwn(ATTRIBUTES, name) && ATTRIBUTES[name]!.test(String(value)),
    ),
  );
}

/** Browsers only know the variant `normal`. Bold is a matter of the style sheet; letters of other variants have characters. */
function attributesOfVariant(variant: string | undefined): Record<string, string> {
  if (variant === undefined || variant === 'italic') return {};
  if (variant === 'bold-italic') return { class: 'maths-bold' };
  return variant.startsWith('bold')
    ? { mathvariant: 'normal', class: 'maths-bold' }
    : { mathvariant: 'normal' };
}

/** Where the letters A and a of a variant are in Unicode, and those that are somewhere else. */
const LETTERS: Readonly<Record<string, { readonly A: number; readonly a: number; readonly others: string }>> =
  {
    'double-struck': { A: 0x1d538, a: 0x1d552, others: 'CℂHℍNℕPℙQℚRℝZℤ' },
    script: { A: 0x1d49c, a: 0x1d4b6, others: 'BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ' },
    fraktur: { A: 0x1d504, a: 0x1d51e, others: 'CℭHℌIℑRℜZℨ' },
  };

function lettersOf(child: MathElement | string, variant: string): MathElement | string {
  const letters = LETTERS[variant];
  if (!letters || typeof child !== 'string') return child;
  return child.replace(/[A-Za-z]/g, (letter) => {
    const other = letters.others.indexOf(letter);
    if (other !== -1) return letters.others[other + 1]!;
    const code = letter.charCodeAt(0);
    return String.fromCodePoint(code < 97 ? letters.A + code - 65 : letters.a + code - 97);
  });
}
