/**
 * Characters that are invisible or control a terminal: control characters except the line break and the tab (escape
 * sequences begin with one), marks that change the direction of writing, tag characters and the rarer variation
 * selectors, which can carry invisible text.
 */
const HIDDEN =
  /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;

/**
 * A text without such characters: each code unit of one becomes U+FFFD, so that places in the text stay the same.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (hidden) => '\ufffd'.repeat(hidden.length));
}

/** As `visibleText`, for every text in plain data: objects, arrays, texts, numbers. Keys stay as they are. */
export function visibleTexts<T>(value: T): T {
  if (typeof value === 'string') return visibleText(value) as T;
  if (Array.isArray(value)) return value.map((each) => visibleTexts(each)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visibleTexts(each)])) as T;
}
