import type { MathElement, MathNode } from './element.ts';

/** A part of a formula that is not broken over lines. */
export interface FormulaPart {
  readonly tree: MathElement;
  /** Whether it may be wider than a phone, so that it needs to scroll by itself. */
  readonly isWide: boolean;
}

/** Formulas up to this width are not broken, in characters: a line of a phone has about 40. */
const MAX_UNBROKEN = 24;
const MAX_WIDTH = 32;
/** Signs after which a line may end. */
const BREAKS = /^(?:[=<>≤≥≪≫≈∼≃≅≡≠∝∈⊂⊆→⟶↦⇒:+−±,;]|:=)$/;
/** Scripts are set at about this size. */
const SCRIPT_SIZE = 0.7;

/**
 * The parts of a formula, between which lines may break: browsers do not break MathML. A short formula is one part; a
 * long one has a break after each relation, sum and comma that is not inside a group.
 */
export function formulaParts(tree: MathElement): readonly FormulaPart[] {
  if (widthOf(tree) <= MAX_UNBROKEN) return [{ tree, isWide: false }];
  const [only] = tree.children;
  const row =
    tree.children.length === 1 && typeof only === 'object' && only.name === 'mrow'
      ? only.children
      : tree.children;
  const parts: MathNode[][] = [[]];
  for (const node of row) {
    parts.at(-1)!.push(node);
    if (typeof node === 'object' && node.name === 'mo' && BREAKS.test(String(node.children[0])))
      parts.push([]);
  }
  return parts
    .filter((part) => part.length > 0)
    .map((part) => {
      const own = { ...tree, children: [{ name: 'mrow', attributes: {}, children: part }] };
      return { tree: own, isWide: widthOf(own) > MAX_WIDTH };
    });
}

/** About how wide a part is, in characters. */
function widthOf(node: MathNode): number {
  if (typeof node === 'string') return node.length;
  const widths = node.children.map(widthOf);
  const [base = 0, ...others] = widths;
  if (node.name === 'mspace') return (Number.parseFloat(node.attributes.width ?? '0') || 0) * 2;
  if (/^m(?:frac|under|over|underover)$/.test(node.name)) return Math.max(0, ...widths);
  if (/^m(?:sub|sup)$/.test(node.name)) return base + SCRIPT_SIZE * (others[0] ?? 0);
  if (node.name === 'msubsup') return base + SCRIPT_SIZE * Math.max(0, ...others);
  if (node.name === 'mtable') return Math.max(0, ...widths);
  const sum = widths.reduce((total, width) => total + width, 0);
  // An operator has a space on both sides.
  return node.name === 'mo' && sum > 0 ? sum + 1 : sum;
}
