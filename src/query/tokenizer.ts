import { HAS_VALUES } from '../papers/fields.ts';
import type { Span } from '../text/span.ts';
import type { Condition, QueryCount, QueryFact, QueryInstant, QueryTextField } from './ast.ts';
import { bracketsWithoutBlanks, isBlank } from './chunks.ts';
import {
  countRangeOf,
  fieldAt,
  hasValueOf,
  isCount,
  isFact,
  isInstant,
  type QueryField,
  yearRangeOf,
} from './fields.ts';
import { INSTANTS_EXPECTED, instantRangeOf } from './instants.ts';
import { opensQuotation, Quotations } from './quotes.ts';
import { isOperator, type OnNotice, type QueryToken } from './tokens.ts';
import { hasContent, hasWrongEdits, isTiedNumber, patternOf, unquoted, withoutSigns } from './words.ts';

/**
 * Splits a query into words, conditions, operators and brackets, in time linear in its length. Whether an operator or
 * a bracket has an effect is decided by `assignRoles`.
 * @param onNotice called for unmatched quotation marks, fields without a value, invalid years and the like.
 */
export function tokenizeQuery(text: string, onNotice: OnNotice): QueryToken[] {
  return new Tokenizer(text, onNotice).run();
}

/** Characters that end a clause in prose, not a value: `year:2023, title:x`. */
const CLAUSE_ENDS = /[,;]$/;
const DISTANCE = /~(\d{1,3})(?![\p{L}\p{N}])/uy;
// "-5 degrees" is a temperature.
const NUMBER = /[\p{N}][\p{N}.,:%/°]*(?=[\s()]|$)/uy;

class Tokenizer {
  readonly #text: string;
  readonly #onNotice: OnNotice;
  readonly #quotations: Quotations;
  readonly #brackets: ReadonlyMap<number, number>;
  readonly #tokens: QueryToken[] = [];
  #at = 0;

  constructor(text: string, onNotice: OnNotice) {
    this.#text = text;
    this.#onNotice = onNotice;
    this.#quotations = new Quotations(text);
    this.#brackets = bracketsWithoutBlanks(text);
  }

  run(): QueryToken[] {
    while (this.#at < this.#text.length) {
      if (isBlank(this.#text[this.#at]!)) this.#at++;
      else this.#next();
    }
    return this.#tokens;
  }

  #next(): void {
    const character = this.#text[this.#at]!;
    const end = this.#at + 1;
    if (character === '(' && !this.#bracketBeginsWord(this.#at)) {
      this.#push({ kind: 'open', span: { start: this.#at, end } });
    } else if (character === ')') {
      this.#push({ kind: 'close', span: { start: this.#at, end } });
    } else if (opensQuotation(this.#text, this.#at)) {
      this.#quotation(undefined, this.#at);
    } else if (character === '-' && this.#canNegate()) {
      // Between two tokens it is a hyphen ("exact phrase"-like) and joins nothing.
      if (this.#followsBlank()) this.#push({ kind: 'minus', span: { start: this.#at, end } });
      else this.#at = end;
    } else {
      const found = fieldAt(this.#text, this.#at);
      if (found) this.#field(found.field, found.valueAt);
      else this.#word();
    }
  }

  #push(token: QueryToken): void {
    this.#tokens.push(token);
    this.#at = token.span.end;
  }

  /** Text of the query from `#at` on, as a word or, without letters, as a mark. */
  #pushText(end: number): void {
    const text = this.#text.slice(this.#at, end);
    this.#push({ kind: hasContent(text) ? 'word' : 'mark', text, span: { start: this.#at, end } });
  }

  #word(): void {
    const start = this.#at;
    const negated = this.#tokens.at(-1)?.kind === 'minus' && this.#tokens.at(-1)!.span.end === start;
    let end = this.#wordEnd(start);
    // "NOT(a b)" is the operator; "f(x)" is a word.
    const name = /^(?:AND|OR|NOT)(?=\()/.exec(this.#text.slice(start, Math.min(start + 4, end)))?.[0];
    if (name) end = start + name.length;
    const text = this.#text.slice(start, end);
    if (isOperator(text) && !negated) {
      this.#push({ kind: text, span: { start, end } });
      return;
    }
    const pattern = patternOf(text);
    if (pattern && isTiedNumber(text)) {
      const message = `"${text}" was searched as text: before ~1 or ~2, a fuzzy word is written in lower case.`;
      this.#onNotice(start, end, message);
    } else if (pattern) {
      const span = { start, end };
      this.#push({ kind: 'leaf', span, condition: { ...pattern, field: undefined, span } });
      return;
    }
    if (hasWrongEdits(text)) {
      this.#onNotice(start, end, `"${text}" was searched as text: ~ is followed by 1, 2 or nothing.`);
    }
    this.#pushText(end);
  }

  /** The end of the word that begins at `start`: before a blank or a bracket that does not belong to it. */
  #wordEnd(start: number): number {
    let at = start;
    while (at < this.#text.length) {
      const character = this.#text[at]!;
      if (isBlank(character) || character === ')') return at;
      if (character !== '(') at++;
      else if (this.#brackets.has(at)) at = this.#brackets.get(at)! + 1;
      else return at;
    }
    return at;
  }

  /** "(semi)-supervised" and "(un)supervised" are words; "(LLMs)," is not. */
  #bracketBeginsWord(at: number): boolean {
    const close = this.#brackets.get(at);
    return close !== undefined && /^-?[\p{L}\p{N}]/u.test(this.#text.slice(close + 1, close + 4));
  }

  /** Whether the minus sign at `#at` is before something that can be excluded. */
  #canNegate(): boolean {
    const next = this.#at + 1;
    const character = String.fromCodePoint(this.#text.codePointAt(next) ?? 0x20);
    if (character === '(' || opensQuotation(this.#text, next)) return true;
    NUMBER.lastIndex = next;
    return hasContent(character) && !NUMBER.test(this.#text);
  }

  #followsBlank(): boolean {
    return this.#at === 0 || /[\s(]/u.test(this.#text[this.#at - 1]!);
  }

  /** A quotation that opens at `open`, its field before it. */
  #quotation(field: QueryTextField | QueryFact | undefined, open: number): void {
    const start = this.#at;
    const close = this.#quotations.closeOf(open);
    if (close === undefined) {
      // A field before it is read as text first, then the mark again by itself.
      if (open === start) {
        this.#onNotice(
          open,
          open + 1,
          'The quotation mark was searched as text: no closing mark follows it.',
        );
      }
      this.#pushText(open === start ? open + 1 : open);
      return;
    }
    const text = unquoted(this.#text.slice(open + 1, close));
    if (!hasContent(text)) {
      this.#onNotice(start, close + 1, 'There is no word between the quotation marks.');
      const raw = this.#text.slice(start, close + 1).replace(/\s+/gu, ' ');
      this.#push({ kind: 'mark', text: raw, span: { start, end: close + 1 } });
      return;
    }
    const words = field !== undefined && isFact(field) ? text : withoutSigns(text);
    if (words !== text) {
      const message = 'Between quotation marks, * and ~ after a word have no effect: they were left out.';
      this.#onNotice(start, close + 1, message);
    }
    DISTANCE.lastIndex = close + 1;
    const distance = DISTANCE.exec(this.#text);
    const span = { start, end: distance ? DISTANCE.lastIndex : close + 1 };
    if (field !== undefined && isFact(field)) {
      this.#push({ kind: 'leaf', span, condition: { kind: 'fact', fact: field, text, span } });
    } else if (distance) {
      const near = { kind: 'near', text: words, distance: Number(distance[1]), field, span } as const;
      this.#push({ kind: 'leaf', span, condition: near });
    } else {
      if (this.#text[close + 1] === '~') {
        this.#onNotice(start, close + 2, '"..."~ needs the number of words that may be between: "..."~5.');
      }
      this.#push({ kind: 'leaf', span, condition: { kind: 'phrase', text: words, field, span } });
    }
  }

  #field(field: QueryField, valueAt: number): void {
    const start = this.#at;
    const first = this.#text[valueAt] ?? ' ';
    if (isBlank(first) || first === ')') {
      const name = this.#text.slice(start, valueAt);
      this.#onNotice(start, valueAt, `"${name}" was searched as text: its value must follow it directly.`);
      this.#pushText(valueAt);
    } else if (!isMeasure(field) && opensQuotation(this.#text, valueAt)) {
      this.#quotation(field, valueAt);
    } else if (!isMeasure(field) && first === '(' && !this.#bracketBeginsWord(valueAt)) {
      const text = this.#text.slice(start, valueAt);
      this.#push({ kind: 'field', field, text, span: { start, end: valueAt } });
    } else {
      this.#fieldWord(field, valueAt);
    }
  }

  #fieldWord(field: QueryField, valueAt: number): void {
    const start = this.#at;
    const end = this.#wordEnd(valueAt);
    const value = this.#text.slice(valueAt, end);
    if (isMeasure(field)) {
      this.#measure(field, value.replace(CLAUSE_ENDS, ''), valueAt);
      return;
    }
    if (!hasContent(value)) {
      this.#onNotice(start, end, `"${this.#text.slice(start, end)}" was searched as text: it has no word.`);
      this.#pushText(end);
    } else if (isFact(field)) {
      const text = unquoted(value.replace(CLAUSE_ENDS, ''));
      const span = { start, end: CLAUSE_ENDS.test(value) ? end - 1 : end };
      this.#push({ kind: 'leaf', span, condition: { kind: 'fact', fact: field, text, span } });
    } else {
      const span = { start, end };
      const text = patternOf(value) ?? ({ kind: 'words', text: value } as const);
      this.#push({ kind: 'leaf', span, condition: { ...text, field, span } });
    }
  }

  /** The value of `year:`, `has:`, a count or an instant. */
  #measure(field: Measure, value: string, valueAt: number): void {
    const span = { start: this.#at, end: valueAt + value.length };
    const condition = measured(field, value, span);
    if (condition) {
      this.#push({ kind: 'leaf', span, condition });
    } else {
      const wanted = wantedOf(field);
      this.#onNotice(
        span.start,
        span.end,
        `"${this.#text.slice(span.start, span.end)}" was searched as text: ${wanted}.`,
      );
      // A quotation or a group after it is read as usual.
      const isOther = value === '' || value.startsWith('(') || opensQuotation(this.#text, valueAt);
      this.#pushText(isOther ? valueAt : this.#wordEnd(valueAt));
    }
  }
}

/** Fields whose value is a range or a word of a fixed list. */
type Measure = 'year' | 'has' | QueryCount | QueryInstant;

function isMeasure(field: QueryField): field is Measure {
  return field === 'year' || field === 'has' || isCount(field) || isInstant(field);
}

/** The condition of a value; undefined when the field does not take it. */
function measured(field: Measure, value: string, span: Span): Condition | undefined {
  if (field === 'has') {
    const what = hasValueOf(value);
    return what && { kind: 'has', what, span };
  }
  if (isInstant(field)) {
    const instants = instantRangeOf(value);
    return instants && { kind: 'instant', of: field, ...instants, span };
  }
  const range = field === 'year' ? yearRangeOf(value) : countRangeOf(value);
  if (!range) return undefined;
  return field === 'year' ? { kind: 'year', ...range, span } : { kind: 'count', of: field, ...range, span };
}

function wantedOf(field: Measure): string {
  if (isInstant(field)) return `${field}: takes ${INSTANTS_EXPECTED}`;
  if (field === 'year') return 'year: takes 2023, 2020..2024, >=2022, <2020, 2020.. or ..2019';
  return field === 'has'
    ? `has: takes ${HAS_VALUES.join(' or ')}`
    : `${field}: takes 5, 5..20, >=5, <20, 5.. or ..20`;
}
