/** What a word with `*` or `~` at its end asks for. */
export type WordPattern =
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'fuzzy'; readonly text: string; readonly edits: 1 | 2 };

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const STEM = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’._/+#-]*$/u;
const STEM_END = /[\p{L}\p{M}\p{N}+#]$/u;
/** A word of so many letters may be one edit off; a longer one two. */
const SHORT_WORD = 5;

/** Whether a text has something to search for: a letter or a digit. */
export function hasContent(text: string): boolean {
  return LETTER_OR_DIGIT.test(text);
}

/**
 * Reads `prefix*`, `fuzzy~`, `fuzzy~1`, `fuzzy~2`. Before `*` or `~` there must be two letters or digits, one of them
 * a letter: `p*`, `10*` and `C*-algebra` are words.
 */
export function patternOf(word: string): WordPattern | undefined {
  if (word.endsWith('*')) {
    const text = word.slice(0, -1);
    return isStem(text) ? { kind: 'prefix', text } : undefined;
  }
  const tilde = word.lastIndexOf('~');
  const text = word.slice(0, Math.max(tilde, 0));
  if (!isStem(text)) return undefined;
  switch (word.slice(tilde)) {
    case '~':
      return { kind: 'fuzzy', text, edits: [...text].length <= SHORT_WORD ? 1 : 2 };
    case '~1':
      return { kind: 'fuzzy', text, edits: 1 };
    case '~2':
      return { kind: 'fuzzy', text, edits: 2 };
    default:
      return undefined;
  }
}

/**
 * Whether a word that could be fuzzy is one before its number, with LaTeX's blank between them: `Table~1`, `GPT~2`.
 * A misspelt word in lower case is not.
 */
export function isTiedNumber(word: string): boolean {
  return /^\p{Lu}.*~[12]$/u.test(word);
}

/** Whether a word looks fuzzy, but has a number of edits that is not supported: `word~3`. */
export function hasWrongEdits(word: string): boolean {
  return /~[03-9]$/.test(word) && isStem(word.slice(0, -2));
}

function isStem(text: string): boolean {
  if (!STEM.test(text) || !STEM_END.test(text) || !/\p{L}/u.test(text)) return false;
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2;
}

/** A text with single blanks and without the `*` or `~` of prefixes and fuzzy words. */
export function withoutSigns(text: string): string {
  const words = text.split(' ').map((word) => (isTiedNumber(word) ? word : (patternOf(word)?.text ?? word)));
  return words.join(' ');
}

const QUOTE_MARKS = /["“”„«»]/gu;

/** A text with single blanks and without quotation marks, so that it can be printed inside quotation marks. */
export function unquoted(text: string): string {
  return text.replace(QUOTE_MARKS, ' ').replace(/\s+/gu, ' ').trim();
}
