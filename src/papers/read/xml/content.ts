import type { XmlElement } from './elements.ts';

/** The elements of a name right in another. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.name === name,
  );
}

/** The first element of a name right in another. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** The first element at the end of a path of names, from child to child. */
export function atPath(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  const [name, ...rest] = path;
  if (!element || name === undefined) return element;
  // The first branch that leads to the end counts.
  return childrenOf(element, name)
    .map((child) => atPath(child, ...rest))
    .find((found) => found !== undefined);
}

/** All elements of a name in another, however deep, but none inside one of them. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return child.name === name ? [child] : descendantsOf(child, name);
  });
}

/** The trimmed text at the end of a path; undefined when there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  const found = atPath(element, ...path);
  return (found && textOf(found).replace(/\s+/g, ' ').trim()) || undefined;
}

/** Text in paragraphs: elements of these names begin a paragraph, and white space is folded. */
export function paragraphsIn(element: XmlElement | undefined, blocks: ReadonlySet<string>): string {
  const text = (node: XmlElement | string): string => {
    if (typeof node === 'string') return node.replace(/\s+/g, ' ');
    const inside = node.children.map(text).join('');
    return blocks.has(node.name) ? `\n\n${inside}\n\n` : inside;
  };
  if (!element) return '';
  return element.children
    .map(text)
    .join('')
    .split(/\n\n+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** All text in an element, joined without blanks: markup may be within a word. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The trimmed text of the first child of a name; undefined when there is none, or nothing in it. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = childOf(element, name);
  return (child && textOf(child).trim()) || undefined;
}

/** The trimmed texts of all children of a name that have one. */
export function childTexts(element: XmlElement, name: string): string[] {
  return childrenOf(element, name)
    .map((child) => textOf(child).trim())
    .filter((text) => text !== '');
}
