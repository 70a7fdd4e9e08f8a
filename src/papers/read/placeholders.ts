/**
 * What spreadsheets and programs write where there is no value: `NaN` of pandas, `None` of Python, `null` of JSON,
 * `NA` of R, `#N/A` of Excel, "not available", a dash, 0.
 */
const PLACEHOLDER =
  /^(?:#?n\/a|n\.\s?a\.?|<na>|na|nan|nat|none|null|nil|undefined|\(null\)|\[none\]|\\n|not (?:available|applicable|provided|specified)|no (?:abstract|title|authors?|doi|value)(?: (?:available|listed|provided))?|n\.\s?d\.?|#(?:value|ref|null|name)[!?]|tba|tbd|-{1,4}|[\u2010-\u2015]{1,2}|\?{1,3}|\.{1,3}|_+|0)[.]?$/i;
/** Family names that are written as placeholders are, but not in capitals: Na, Nan. */
const NAME = /^(?:Na|Nan|Nat|Nil)$/;

/** Whether a value says that there is none. @param text trimmed. */
export function isPlaceholder(text: string): boolean {
  return text.length <= 40 && PLACEHOLDER.test(text) && !NAME.test(text);
}
