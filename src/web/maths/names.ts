import type { MathElement, MathNode } from './element.ts';

/** TeX's thin space, 3/18 em. */
const THIN_SPACE: MathElement = { name: 'mspace', attributes: { width: '0.167em' }, children: [] };
/** The invisible sign after the name of a function. Browsers give it no width: "log n" would be "logn". */
const APPLICATION = '\u2061';
const SCRIPTS = /^(?:msub|msup|msubsup|munder|mover|munderover)$/;
const CLOSING = /^[)\]}⌉⌋⟩|]$/;

/**
 * Sets the names of functions in a row apart from what is beside them, by the rules of TeX (Knuth, The TeXbook, chapter
 * 18): a thin space before a name that follows a letter, a number or a closing bracket, and after a name unless an
 * operator or a bracket follows.
 */
export function spacedNames(row: readonly MathNode[]): readonly MathNode[] {
  const spaced: MathNode[] = [];
  for (const [i, node] of row.entries()) {
    const next = row[i + 1];
    const startsName =
      !isApplication(node) && (endsInName(node) || (isElement(node, 'mi') && isApplication(next)));
    if (startsName && isOperand(spaced.at(-1))) spaced.push(THIN_SPACE);
    spaced.push(node);
    if (endsInName(node) && next !== undefined && !startsWithSign(next)) {
      spaced.push(THIN_SPACE);
    }
  }
  return spaced;
}

function isElement(node: MathNode | undefined, name: string): node is MathElement {
  return typeof node === 'object' && node.name === name;
}

function isApplication(node: MathNode | undefined): boolean {
  return isElement(node, 'mo') && node.children[0] === APPLICATION;
}

/** Whether a node ends in a name of a function: "log", "log₂". */
function endsInName(node: MathNode | undefined): boolean {
  if (node === undefined || typeof node === 'string') return false;
  if (isApplication(node)) return true;
  if (SCRIPTS.test(node.name)) return endsInName(node.children[0]);
  return node.name === 'mrow' && endsInName(node.children.at(-1));
}

/** Whether a node begins with an operator, a bracket or a space. */
function startsWithSign(node: MathNode | undefined): boolean {
  if (isElement(node, 'mrow')) return startsWithSign(node.children[0]);
  return isElement(node, 'mo') || isElement(node, 'mspace');
}

function isOperand(node: MathNode | undefined): boolean {
  if (node === undefined || typeof node === 'string' || node.name === 'mspace') return false;
  return node.name !== 'mo' || CLOSING.test(String(node.children[0]));
}
