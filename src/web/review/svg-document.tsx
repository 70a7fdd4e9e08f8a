import { type ComponentChild, h } from 'preact';
import { useMemo } from 'preact/hooks';

/** What a diagram may consist of: shapes and texts. Nothing in it runs, links or loads anything, or styles the page. */
const ELEMENTS = new Set([
  'svg',
  'g',
  'rect',
  'path',
  'line',
  'polyline',
  'polygon',
  'circle',
  'text',
  'tspan',
  'title',
  'desc',
  'defs',
  'marker',
]);
const ATTRIBUTES =
  /^(?:viewBox|width|height|x|y|x1|y1|x2|y2|rx|ry|cx|cy|r|d|dx|dy|points|fill|stroke|opacity|transform|id|role|refX|refY|orient|(?:aria|font|text|stroke|fill|marker|dominant)[A-Za-z-]*|markerWidth|markerHeight|markerUnits)$/;

interface SvgDocumentProps {
  /** The file. */
  readonly text: string;
}

/** A diagram that the server has drawn, as part of the page: with a token, it cannot be the source of an image. */
export function SvgDocument({ text }: SvgDocumentProps) {
  const drawn = useMemo(() => {
    // Its own style sheet is for programs that open the file: the page's policy would report it.
    const shapes = text.replace(/<style\b[^>]*>.*?<\/style>/gs, '');
    const root = new DOMParser().parseFromString(shapes, 'image/svg+xml').documentElement;
    return root.localName === 'svg' ? elementOf(root, 0) : undefined;
  }, [text]);
  return <>{drawn ?? <p role="alert">The diagram could not be read.</p>}</>;
}

function elementOf(element: Element, key: number): ComponentChild {
  if (!ELEMENTS.has(element.localName)) return null;
  const attributes = [...element.attributes].filter(
    ({ name, value }) => ATTRIBUTES.test(name) && !/url\((?!["']?#)/i.test(value),
  );
  return h(
    element.localName,
    { ...Object.fromEntries(attributes.map(({ name, value }) => [name, value])), key },
    ...[...element.childNodes].map((child, place) =>
      child instanceof Element
        ? elementOf(child, place)
        : child.nodeType === Node.TEXT_NODE
          ? child.textContent
          : null,
    ),
  );
}
