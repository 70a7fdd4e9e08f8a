import Builder from 'fast-xml-builder';

/**
 * An element: attributes begin with `@_`, `#text` is its text; undefined is left out, a list becomes several elements.
 */
export interface XmlElement {
  readonly [name: string]: XmlContent | readonly XmlContent[];
}
type XmlContent = string | number | undefined | XmlElement;

/**
 * Characters that XML documents must not contain, not even escaped (XML 1.0, section 2.2): most control characters,
 * unpaired surrogates.
 */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/**
 * Writes an XML document.
 * @param root one element by its name. Texts are escaped; characters that XML forbids are removed.
 */
export function xmlDocument(root: XmlElement): string {
  const clean = (_name: string, value: unknown) => String(value).replace(FORBIDDEN, '');
  const builder = new Builder({
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    tagValueProcessor: clean,
    attributeValueProcessor: clean,
  });
  const declaration = { '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' } };
  return builder.build({ ...declaration, ...root });
}
