import type { Span } from '../../text/span.ts';
import { hasContent } from '../words.ts';
import { rangeToken } from './dates.ts';
import type { Dialect } from './dialect.ts';
import type { NoticeBook } from './notices.ts';
import { bracketTag, codesTag } from './tags.ts';
import type { StrategyOperator, StrategyToken } from './tokens.ts';

/** What the tokens of one line depend on. */
export interface LineContext {
  readonly text: string;
  readonly span: Span;
  readonly dialect: Dialect;
  /** Whether a number may be an earlier line: the text has numbered lines, or is nothing but numbers of lines. */
  readonly isNumbered: boolean;
  readonly notices: NoticeBook;
}

const LIMIT = /limit\s+#?(\d{1,4})\s+to\s+/iy;
const LINE_LIST = /(or|and)\s?\/\s?(#?\d{1,4}(?:\s?[-–,]\s?#?\d{1,4})*)(?![\w.])/iy;
const BRACED_LIST = /\{\s?(or|and)\s(#?\d{1,4}(?:\s?[-–,]\s?#?\d{1,4})*)\s?\}/iy;
const REFERENCE = /[#S](\d{1,4})(?![\p{L}\p{N}])/uy;
// "3 dimensional" is text.
const NUMBER = /(\d{1,4})(?=\s{0,9}(?:$|\)|(?:and|or|not)(?![\p{L}\p{N}])|\(?\d[\d,]{0,12}\)?\s{0,9}$))/iuy;

const SUBHEADINGS = '((?:[a-z]{2}(?:, ?[a-z]{2})*(?![\\p{L}\\p{N}]))?(?: ?\\[[^\\]\\n]{0,200}\\])?)';
const EXPLODED = new RegExp(`(\\*?)exp(?:lode)?\\s\\*?"?([^"()[\\]/]{1,150}?)"? ?/${SUBHEADINGS}`, 'iuy');
const HEADING = new RegExp(`(\\*?)"?([\\p{L}\\p{N}][^"()[\\]/.:$\\n]{0,120}?)"? ?/${SUBHEADINGS}`, 'uy');
const EMBASE_HEADING =
  /(?:['‘]([^'’\n]{1,150})['’]|([\p{L}\p{N}][\p{L}\p{N}-]{0,60}))\/(?:exp|de|mj|syn)(?:\/(?:exp|mj|de|dm_[a-z]{2}))*(?![\p{L}\p{N}])/iuy;
const DESCRIPTOR =
  /\[?mesh descriptor:?\s*(?:\[([^\]\n]{1,200})\]|([^[\]\n]{1,120}?)(?=\s(?:explode|this term)))(?:\s*(?:explode all trees|this term only|in all mesh products))*\]?/iy;
const MH = /\[mh\s\^?"?([^"\]\n]{1,200})"?\]/iy;
const BRACKETED = /\[([^[\]\n]{1,60})\](?:\/(?:lim|py|dat))?/y;
const SUFFIX = /\.\(?([a-z_]{2,8}(?:, ?[a-z]{2,8})*)\)?(?:\.(?=[\s()\]]|$)|(?=[\s)]|$))/iy;
const COLON =
  /:((?:ti|ab|kw|au|so|pt|de|tn|dn|lnk|ta|jt|py|la|ad|it|cl|exp)(?:,[a-z]{2,3})*)(?![\p{L}\p{N}])/iuy;
const NEARNESS = /(adj|near|next|n|w|pre)(\/?)(\d{0,2})(?![\p{L}\p{N}/])/iuy;
const OPERATOR = /(and\s+not|and|or|not)(?=[\s()"“'#]|$)/iy;
const STOPS = /[\s()[\]{}"“”„]/u;
const CLOSING: Readonly<Record<string, RegExp>> = { '"': /["”]/g, '“': /["”]/g, '„': /["“”]/g };

/** Splits one line of a strategy into tokens, in time linear in its length. */
export function tokenizeLine(context: LineContext): StrategyToken[] {
  return new LineTokenizer(context).run();
}

class LineTokenizer {
  readonly #context: LineContext;
  readonly #text: string;
  readonly #end: number;
  readonly #tokens: StrategyToken[] = [];
  #at: number;
  #hasUnclosedQuote = false;

  constructor(context: LineContext) {
    this.#context = context;
    this.#text = context.text.slice(0, context.span.end);
    this.#at = context.span.start;
    this.#end = context.span.end;
  }

  run(): StrategyToken[] {
    while (this.#at < this.#end) {
      if (/\s/u.test(this.#text[this.#at]!)) this.#at++;
      else if (!this.#structure() && !this.#heading() && !this.#tag() && !this.#operator()) this.#word();
    }
    return this.#withoutCount();
  }

  #push(length: number, token: WithoutSpan): true {
    const span = { start: this.#at, end: this.#at + length };
    this.#tokens.push({ ...token, span } as StrategyToken);
    this.#at = span.end;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }

  /** Whether what comes now begins an operand: the line begins here, or an operator or bracket is before it. */
  get #expectsOperand(): boolean {
    const last = this.#tokens.at(-1)?.kind;
    return last === undefined || last === 'open' || last === 'operator' || last === 'near';
  }

  #structure(): boolean {
    const character = this.#text[this.#at]!;
    if (character === '(') return this.#push(1, { kind: 'open' });
    if (character === ')') return this.#push(1, { kind: 'close' });
    const limit = this.#tokens.length === 0 ? this.#match(LIMIT) : undefined;
    if (limit) return this.#limit(limit);
    const list = this.#match(LINE_LIST) ?? this.#match(BRACED_LIST);
    if (list) {
      const join = list[1]!.toLowerCase() as 'and' | 'or';
      return this.#push(list[0].length, { kind: 'lines', join, ranges: rangesOf(list[2]!) });
    }
    const range = this.#expectsOperand ? rangeToken(this.#text, this.#at) : undefined;
    if (range) return this.#push(range.length, range.token);
    const isNumber = this.#context.isNumbered && this.#expectsOperand;
    const reference = this.#match(REFERENCE) ?? (isNumber ? this.#match(NUMBER) : undefined);
    if (!reference || !this.#context.isNumbered) return false;
    const number = Number(reference[1]);
    return this.#push(reference[0].length, { kind: 'lines', join: 'or', ranges: [[number, number]] });
  }

  /** `limit 5 to (english language and yr="2000 - 2010")`. */
  #limit(limit: RegExpExecArray): true {
    const number = Number(limit[1]);
    this.#push(limit[0].length, { kind: 'lines', join: 'or', ranges: [[number, number]] });
    const rest = this.#text.slice(this.#at, this.#end);
    const years = /\byr\s?=\s?"?\s?(\d{4})?\s?(-)?\s?(\d{4}|current)?\s?"?/i.exec(rest);
    const [, from, dash, to] = years ?? [];
    const last = to && /\d/.test(to) ? Number(to) : undefined;
    if (from !== undefined || last !== undefined) {
      this.#tokens.push({ kind: 'operator', operator: 'and', span: { start: this.#at, end: this.#at } });
      const start = this.#at + years!.index;
      this.#tokens.push({
        kind: 'years',
        from: from === undefined ? undefined : Number(from),
        to: dash === undefined ? Number(from) : last,
        inexact: undefined,
        span: { start, end: start + years![0].length },
      });
    }
    const others = rest.replace(years?.[0] ?? '', '').replace(/\band\b|[()]/gi, '');
    if (hasContent(others)) {
      this.#tokens.push({ kind: 'operator', operator: 'and', span: { start: this.#at, end: this.#at } });
      this.#tokens.push({ kind: 'limit', span: { start: this.#at, end: this.#end } });
    }
    this.#at = this.#end;
    return true;
  }

  #heading(): boolean {
    const { dialect } = this.#context;
    if (dialect === 'pubmed') return false;
    const named = this.#match(DESCRIPTOR) ?? this.#match(MH) ?? this.#match(EMBASE_HEADING);
    if (named) {
      return this.#push(named[0].length, {
        kind: 'heading',
        text: (named[1] ?? named[2])!,
        qualified: false,
      });
    }
    if (!this.#expectsOperand) return false;
    const exploded = this.#match(EXPLODED);
    const found = exploded ?? this.#match(HEADING);
    if (!found || !hasContent(found[2]!) || (!exploded && !isHeading(found, this.#text))) return false;
    const qualified = found[1] !== '' || found[3] !== '';
    return this.#push(found[0].length, { kind: 'heading', text: found[2]!, qualified });
  }

  #tag(): boolean {
    const isBeside = this.#at > 0 && !/[\s(]/u.test(this.#text[this.#at - 1]!);
    const codes = this.#match(SUFFIX) ?? (isBeside ? this.#match(COLON) : undefined);
    const codesKnown = codes && codesTag(codes[1]!);
    if (codesKnown) return this.#push(codes[0].length, { kind: 'tag', tag: codesKnown });
    const bracketed = this.#match(BRACKETED);
    if (!bracketed) return false;
    if (this.#expectsOperand) return this.#push(bracketed[0].length, { kind: 'limit' });
    const tag = bracketTag(bracketed[1]!);
    const span = { start: this.#at, end: this.#at + bracketed[0].length };
    if (!tag) this.#context.notices.add('tag', span);
    return this.#push(bracketed[0].length, { kind: 'tag', tag: tag ?? { kind: 'text', fields: undefined } });
  }

  #operator(): boolean {
    const found = this.#match(OPERATOR);
    if (found && this.#isOperator(found[0])) {
      const operator = found[0].toLowerCase().replace(/^and\s+not$/, 'not') as StrategyOperator;
      return this.#push(found[0].length, { kind: 'operator', operator });
    }
    const near = this.#match(NEARNESS);
    // At the beginning, "near" and "next" are words.
    if (!near || (this.#expectsOperand && !near[3]) || this.#context.dialect === 'pubmed') return false;
    const [whole, name, slash, digits] = near;
    const kind = name!.toLowerCase();
    const isOvid = this.#context.dialect === 'ovid';
    const isBare = digits === '';
    if (kind.length < 3 && (isBare || slash === '')) return false;
    if (isBare && (slash !== '' || kind === 'pre' || isOvid !== (kind === 'adj'))) return false;
    const within = isBare ? (kind === 'near' ? 6 : 1) : Number(digits);
    const ordered = kind === 'pre' || kind === 'next' || (kind === 'adj' && isBare);
    return this.#push(whole.length, { kind: 'near', distance: Math.max(0, within - 1), ordered });
  }

  /** In PubMed, "signs and symptoms" is a phrase, and only capitals are operators; after a tag, people write either. */
  #isOperator(word: string): boolean {
    if (this.#context.dialect !== 'pubmed' || word === word.toUpperCase()) return true;
    const last = this.#tokens.at(-1);
    return (
      last?.kind !== 'word' || last.quoted || /^\s*[("“]/u.test(this.#text.slice(this.#at + word.length))
    );
  }

  #word(): void {
    const character = this.#text[this.#at]!;
    const closing = CLOSING[character];
    if (closing && !this.#hasUnclosedQuote && this.#quotation(closing)) return;
    if ((character === "'" || character === '‘') && this.#context.dialect === 'cochrane') {
      const quoted = /^['‘]([^'’\n]{1,200})['’](?![\p{L}\p{N}])/u.exec(
        this.#text.slice(this.#at, this.#at + 203),
      );
      if (quoted) {
        this.#push(quoted[0].length, { kind: 'word', text: quoted[1]!, quoted: true });
        return;
      }
    }
    let end = this.#at + 1;
    while (end < this.#end && !STOPS.test(this.#text[end]!) && !this.#endsAt(end)) end++;
    const text = this.#text.slice(this.#at, end).replace(/[,;.]+$/, '');
    if (hasContent(text)) this.#push(end - this.#at, { kind: 'word', text, quoted: false });
    else this.#at = end;
  }

  /** Whether a suffix such as `.tw.` or `:ti,ab` begins. */
  #endsAt(end: number): boolean {
    const character = this.#text[end]!;
    if (character !== '.' && character !== ':') return false;
    const pattern = character === '.' ? SUFFIX : COLON;
    pattern.lastIndex = end;
    const codes = pattern.exec(this.#text)?.[1];
    return codes !== undefined && codesTag(codes) !== undefined;
  }

  #quotation(closing: RegExp): boolean {
    closing.lastIndex = this.#at + 1;
    const close = closing.exec(this.#text)?.index;
    if (close === undefined) {
      this.#hasUnclosedQuote = true;
      this.#context.notices.add('bracket', { start: this.#at, end: this.#at + 1 });
      return false;
    }
    const text = this.#text.slice(this.#at + 1, close);
    if (hasContent(text)) this.#push(close + 1 - this.#at, { kind: 'word', text, quoted: true });
    else this.#at = close + 1;
    return true;
  }

  /** A number at the end of a numbered line, after what is complete without it, is the number of its results. */
  #withoutCount(): StrategyToken[] {
    const last = this.#tokens.at(-1);
    const before = this.#tokens.at(-2)?.kind;
    const isComplete = before === 'tag' || before === 'close' || before === 'heading' || before === 'lines';
    if (!this.#context.isNumbered || last?.kind !== 'word' || !isComplete) return this.#tokens;
    if (!/^\d[\d,]*$/.test(last.text)) return this.#tokens;
    this.#context.notices.add('count', last.span);
    return this.#tokens.slice(0, -1);
  }
}

type WithoutSpan = StrategyToken extends infer T ? (T extends unknown ? Omit<T, 'span'> : never) : never;

/** Whether words before a slash are a heading: `Wounds and Injuries/`, not `asthma or Wheezing/` nor `HIV/AIDS`. */
function isHeading(found: RegExpExecArray, text: string): boolean {
  const [whole, , name] = found;
  const next = text.slice(found.index + whole.length, found.index + whole.length + 1);
  if (/[\p{L}\p{N}]/u.test(next) || /(?:^|\s)(?:or|not|and|adj\d*)$/i.test(name!)) return false;
  if (/\s(?:or|not|adj\d*)\s/i.test(name!)) return false;
  return !/\sand\s/i.test(name!) || /^\p{Lu}.*\sand\s\p{Lu}/u.test(name!);
}

function rangesOf(list: string): [number, number][] {
  return list.split(',').map((part) => {
    const [from, to] = part.split(/[-–]/).map((number) => Number(number.replace(/[#\s]/g, '')));
    return [from!, to ?? from!];
  });
}
