import { type ComponentChild, h } from 'preact';
import { type MathElement, mathTree } from './tree.ts';

/** Formulas recur in a list of hits and when it is sorted again; the bound only protects memory. */
const CACHE_LIMIT = 500;
const trees = new Map<string, MathElement | undefined>();

/** A formula as MathML; undefined where it can only be shown as plain text. */
export function renderMaths(tex: string): ComponentChild | undefined {
  if (!trees.has(tex)) {
    if (trees.size >= CACHE_LIMIT) trees.clear();
    trees.set(tex, mathTree(tex));
  }
  const tree = trees.get(tex);
  return tree && vnode(tree);
}

function vnode(node: MathElement | string): ComponentChild {
  if (typeof node === 'string') return node;
  return h(node.name, node.attributes, ...node.children.map(vnode));
}
