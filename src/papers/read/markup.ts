import { decodeHTMLStrict } from 'entities/decode';

/** A heading that says only that an abstract follows. */
const LABEL = /<((?:jats:)?(?:title|strong|b|h\d))>\s*(?:abstract|summary)\s*(?:[.:]\s*)?<\/\1>/i;
const BLOCK = /<\/?(?:jats:)?(?:p|br|div|sec|title|list|list-item|li|ol|ul|h\d)(?:\s[^<>]*)?\/?>/gi;
// Tags are known by name or prefix: "x <y and y> z" has none.
const INLINE =
  /<\/?(?:[a-z]+:[a-z][\w-]*|a|abbr|b|bold|cite|code|em|font|i|inf|inline-formula|italic|math|m[inos]|mrow|msu[bp]|sc|scp|small|span|strong|sub|sup|tex-math|tt|u|underline)(?:\s[^<>]*)?\/?>/gi;

/** Text out of HTML or JATS as titles and abstracts carry it: tags gone, paragraphs apart, entities decoded. */
export function plainText(markup: string): string {
  const text = markup.replace(LABEL, '').replace(BLOCK, '\n\n').replace(INLINE, '');
  return decodeHTMLStrict(text);
}
