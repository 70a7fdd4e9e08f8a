import { type ArxivField, fieldOf } from './fields.ts';

export type Operator = 'AND' | 'OR' | 'ANDNOT';

/** A token of a query. */
export type ArxivToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'field'; readonly field: ArxivField }
  | { readonly kind: 'term'; readonly text: string; readonly quoted: boolean };

const OPERATORS: Readonly<Record<string, Operator>> = {
  AND: 'AND',
  OR: 'OR',
  ANDNOT: 'ANDNOT',
  NOT: 'ANDNOT',
};
/**
 * A bracket; a quoted phrase, which may be unclosed; a range of dates; a field with its colon; a run of other
 * characters.
 */
const TOKEN = /([()])|"([^"]*)"?|(\[[^\]]*\]?)|([a-z]+):|([^\s()"]+)/giy;

/**
 * Splits a query of the arXiv API into tokens. Operators must be in upper case. Of several operators in a row the last
 * one counts. A name before a colon that is not a field is text.
 */
export function tokenize(query: string): ArxivToken[] {
  const tokens: ArxivToken[] = [];
  let at = 0;
  while (at < query.length) {
    TOKEN.lastIndex = at;
    const [found, bracket, quoted, range, name, word] = TOKEN.exec(query) ?? [];
    if (found === undefined) {
      at++;
      continue;
    }
    at += found.length;
    const field = name === undefined ? undefined : fieldOf(name);
    if (bracket) tokens.push({ kind: bracket === '(' ? 'open' : 'close' });
    else if (quoted !== undefined) tokens.push({ kind: 'term', text: quoted, quoted: true });
    else if (range !== undefined) tokens.push({ kind: 'term', text: range, quoted: true });
    else if (field !== undefined) tokens.push({ kind: 'field', field });
    else {
      // The rest of a word whose prefix before the colon is not a field: "foo:bar", "http://x".
      const rest = word === undefined ? (/^[^\s()"]+/.exec(query.slice(at))?.[0] ?? '') : '';
      at += rest.length;
      const text = found + rest;
      const operator = Object.hasOwn(OPERATORS, text) ? OPERATORS[text] : undefined;
      if (operator === undefined) tokens.push({ kind: 'term', text, quoted: false });
      else {
        if (tokens.at(-1)?.kind === 'operator') tokens.pop();
        tokens.push({ kind: 'operator', operator });
      }
    }
  }
  return tokens;
}
