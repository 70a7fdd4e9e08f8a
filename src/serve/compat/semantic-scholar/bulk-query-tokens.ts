/** A token of a bulk query, with its position. */
export type BulkToken = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' }
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly slop: number | undefined }
  | { readonly kind: 'prefix'; readonly text: string }
);

/** The default of `~`: edits of a word, other words in a phrase. */
const DEFAULT_SLOP = 2;

const BLANK = /\s+/y;
const PHRASE = /"((?:[^"\\]|\\.)*)"(?:~(\d{0,4}))?/sy;
/** A plus sign inside a word belongs to it: C++, a+b. */
const WORD = /(?:[^\s"()|\\]|\\.)+/sy;
const FUZZY = /^(.*[^~])~(\d{0,4})$/s;

const SIGNS: Readonly<Record<string, 'and' | 'or' | 'not' | 'open' | 'close'>> = {
  '+': 'and',
  '|': 'or',
  '-': 'not',
  '(': 'open',
  ')': 'close',
};

/**
 * Splits a bulk query into words, phrases and operators in one pass. Characters that cannot be operators are ignored:
 * an unclosed quotation mark, a minus sign before a space. A backslash makes the next character text.
 */
export function bulkTokens(query: string): BulkToken[] {
  const tokens: BulkToken[] = [];
  let at = 0;
  let hasOpenQuote = true;
  while (at < query.length) {
    const blank = matchAt(BLANK, query, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const start = at;
    // Checked once: after an unclosed quotation mark, every later one is unclosed too.
    const phrase = hasOpenQuote && query[at] === '"' ? matchAt(PHRASE, query, at) : undefined;
    if (phrase) {
      at += phrase[0].length;
      tokens.push({ kind: 'phrase', text: unescaped(phrase[1]!), slop: slopOf(phrase[2]), start, end: at });
      continue;
    }
    if (query[at] === '"') hasOpenQuote = false;
    const sign = SIGNS[query[at]!];
    if (sign) {
      at++;
      if (sign !== 'not' || isBeforeOperand(query, at)) tokens.push({ kind: sign, start, end: at });
      continue;
    }
    const word = matchAt(WORD, query, at);
    at += word?.[0].length ?? 1;
    if (word) tokens.push({ ...wordToken(word[0]), start, end: at });
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Whether a minus sign that ends here is directly before an operand. */
function isBeforeOperand(query: string, at: number): boolean {
  return at < query.length && !/[\s|+)]/.test(query[at]!);
}

function wordToken(word: string) {
  if (word.endsWith('*') && !word.endsWith('\\*'))
    return { kind: 'prefix', text: unescaped(word.slice(0, -1)) } as const;
  const [, text, slop] = FUZZY.exec(word) ?? [];
  if (text !== undefined) return { kind: 'word', text: unescaped(text), slop: slopOf(slop) } as const;
  return { kind: 'word', text: unescaped(word), slop: undefined } as const;
}

/** @param digits undefined without `~`. */
function slopOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : digits === '' ? DEFAULT_SLOP : Number(digits);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
