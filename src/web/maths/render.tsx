import { type ComponentChild, h } from 'preact';
import type { MathNode } from './element.ts';
import { type FormulaPart, formulaParts } from './lines.ts';
import { mathTree } from './tree.ts';

/** Formulas recur in a list of hits and when it is sorted again; the bound only protects memory. */
const CACHE_LIMIT = 500;
const formulas = new Map<string, readonly FormulaPart[] | undefined>();

/** A formula as MathML, in parts between which lines may break; undefined where it can only be shown as plain text. */
export function renderMaths(tex: string): ComponentChild | undefined {
  if (!formulas.has(tex)) {
    if (formulas.size >= CACHE_LIMIT) formulas.clear();
    const tree = mathTree(tex);
    formulas.set(tex, tree && formulaParts(tree));
  }
  const parts = formulas.get(tex);
  return parts && <>{parts.map(shownPart)}</>;
}

function shownPart({ tree, isWide }: FormulaPart, key: number): ComponentChild {
  if (!isWide) return vnode(tree, key);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
    <span key={key} class="maths-wide" tabIndex={0}>
      {vnode(tree)}
    </span>
  );
}

function vnode(node: MathNode, key?: number): ComponentChild {
  if (typeof node === 'string') return node;
  return h(node.name, { ...node.attributes, key }, ...node.children.map((child) => vnode(child)));
}
