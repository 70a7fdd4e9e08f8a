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

/** All text in an element, joined without blanks: markup may stand within a word. */
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
