import { type FormulaPlace, formulasOf, repaired } from './formulas.ts';
import { type Piece, textOf } from './pieces.ts';
import { plainCommand, plainMaths } from './plain-maths.ts';
import { mayHaveMarkup } from './signs.ts';
import { SUBSCRIPTS, SUPERSCRIPTS } from './symbols.ts';

/** A part of a text that is shown in one way. */
export interface Segment {
  readonly kind: 'text' | 'maths';
  /** Where it is in the text, a half-open range of UTF-16 code units. Signs of markup are between segments, or in them. */
  readonly start: number;
  readonly end: number;
  /** Its plain Unicode form. */
  readonly plain: string;
  /** The plain form, with the place of each piece of it in the text. */
  readonly pieces: readonly Piece[];
  /** `em` or `strong` for text that is emphasised. */
  readonly emphasis?: 'em' | 'strong' | undefined;
  /** The LaTeX of a formula without its delimiters. */
  readonly tex?: string | undefined;
  /** Whether the formula has a line of its own in LaTeX. */
  readonly display?: boolean | undefined;
}

const URL = /\b(?:https?:\/\/|www\.)[^\s{}]+/g;
const EMPHASIS_COMMANDS: ReadonlyMap<string, Style> = new Map([
  ['emph', 'em'],
  ['textit', 'em'],
  ['textsl', 'em'],
  ['textbf', 'strong'],
]);
const SWITCH = /^\\(em|it|itshape|sl|bf|bfseries|sc|sf|tt|rm|small)\b\s*/;
const COMMAND = /\\([A-Za-z]+)/y;
/** Markdown's emphasis; what is between must be words. */
const STRONG = /(?<![\d)\]}*\\])\*\*(?=[\p{L}\p{N}"“'‘(_[])((?:(?!\*\*)[^\n]){1,300}?)(?<![\s*])\*\*(?!\*)/gu;
const STARS =
  /(?<![\p{L}\p{N}\p{M}*\\)\]}^])\*(?=[\p{L}\p{N}"“'‘([])([^*\n]{1,300}?)(?<=\S)\*(?![\p{L}\p{N}*])/gu;
const UNDERSCORES =
  /(?<![^\s("“'‘[—–/,:;*-])_(?=[\p{L}\p{N}"“*])([^_\n]{1,300}?)(?<=[^\s^{(])_(?![\p{L}\p{N}_{])/gu;
/** Dashes, quotation marks and blanks of LaTeX. */
const DASHES = /(?<![-<!])(?:---|--)(?![->])/g;
const FLAG = /(?<![^\s("'`[])--(?=[a-z])/y;
const DOUBLE_QUOTES = /``|''/g;
const QUOTED = /(?<![\w`])`(?=[^\s`])([^`'\n]{1,80}?)'(?![\w'])/g;
const TIE = /(?<=[\p{L}\p{N}\p{M}.,:;)\]}$%”'’»?!])~+(?=[\p{L}\p{N}([{$\\“‘"»?!&])/gu;
const ESCAPED = /\\([%$&#_{}])|(?<=\S)\\ |\\[-/@](?=\p{L})/gu;
/** Scripts outside of formulas: "CO_2", "10^5", "n^{2}". */
const SCRIPT =
  /(?<=[\p{L}\p{N})])(?:(_)(?:\{(\d{1,3})\}|(\d{1,2})(?!\.?[\da-z_]))|(\^)(?:\{([-+]?\d{1,3})\}|([-+]?\d{1,3})(?![\d.]\d|[\p{L}_{])))/gu;

/**
 * Cuts a text into plain text, emphasised text and formulas. Titles and abstracts have markup of LaTeX (`$\alpha$`, `\emph{x}`,
 * `~`, `---`) and of Markdown (`*x*`, `**x**`), because that is how sources give them. What only looks like markup is text:
 * money, footnote marks, `~5 %`, addresses. The text itself is not changed.
 * @returns in order; the plain forms of all joined are the plain form of the text.
 */
export function segmentsOf(text: string): Segment[] {
  if (text === '') return [];
  if (!mayHaveMarkup(text))
    return [plainSegment(text, 0, text.length, [{ text, start: 0, end: text.length }])];
  return new Cutter(text).segments();
}

function plainSegment(plain: string, start: number, end: number, pieces: readonly Piece[]): Segment {
  return { kind: 'text', start, end, plain, pieces };
}

/** Longest command of maths outside of a formula, with its arguments, in UTF-16 code units. */
const MAX_COMMAND_LENGTH = 300;

/** What happens to a range of the text instead of being shown as it is. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  readonly formula?: FormulaPlace;
}

type Style = 'em' | 'strong';

class Cutter {
  readonly #text: string;
  /** The text with formulas and addresses as letters, of the same length: no markup is looked for in them. */
  readonly #masked: string;
  readonly #replacements: Replacement[] = [];
  /** Whether a character belongs to a replacement. */
  readonly #taken: Uint8Array;
  /** For each character, how many emphasised parts begin with it, less those that end before it. */
  readonly #changes: Readonly<Record<Style, Int32Array>>;

  constructor(text: string) {
    this.#text = text;
    this.#taken = new Uint8Array(text.length);
    this.#changes = { em: new Int32Array(text.length + 1), strong: new Int32Array(text.length + 1) };
    const formulas = text.includes('$') || text.includes('\\') ? formulasOf(text) : [];
    const hidden: { readonly start: number; readonly end: number }[] = [...formulas];
    for (const formula of formulas) {
      const content = text.slice(formula.contentStart, formula.contentEnd);
      const whole = repaired(content);
      // What was repaired has other places: each is a place in the whole formula.
      const pieces =
        whole === content
          ? plainMaths(text, formula.contentStart, formula.contentEnd)
          : plainMaths(whole, 0, whole.length).map((piece) => ({
              ...piece,
              start: formula.start,
              end: formula.end,
            }));
      this.#replace({ start: formula.start, end: formula.end, pieces, formula });
    }
    for (const { 0: url, index } of matches(text, URL, 'http', 'www.')) {
      const end = index + url.length;
      if (this.#isFree(index, end)) hidden.push({ start: index, end });
    }
    this.#masked = masked(text, hidden);
  }

  segments(): Segment[] {
    this.#commands();
    this.#emphasis(STRONG, '**', 'strong');
    this.#emphasis(STARS, '*', 'em');
    this.#emphasis(UNDERSCORES, '_', 'em');
    this.#characters();
    return this.#cut();
  }

  #isFree(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#taken[at] === 1) return false;
    return true;
  }

  #replace(replacement: Replacement): void {
    this.#replacements.push(replacement);
    this.#taken.fill(1, replacement.start, replacement.end);
  }

  #drop(start: number, end: number): void {
    this.#replace({ start, end, pieces: [] });
  }

  #put(start: number, end: number, text: string): void {
    if (this.#isFree(start, end)) this.#replace({ start, end, pieces: [{ text, start, end }] });
  }

  /** Commands of LaTeX outside of formulas, and the groups they belong to. */
  #commands(): void {
    const text = this.#masked;
    if (!text.includes('\\')) return;
    const partners = bracePartners(text);
    for (let at = text.indexOf('\\'); at !== -1 && at < text.length; at = text.indexOf('\\', at)) {
      COMMAND.lastIndex = at;
      const name = COMMAND.exec(text)?.[1];
      if (name === undefined) {
        at += 2;
        continue;
      }
      at = this.#command(name, at, partners);
    }
  }

  /** @returns where to read on. */
  #command(name: string, at: number, partners: Int32Array): number {
    const text = this.#masked;
    const end = at + 1 + name.length;
    // `{\em x}`: up to the end of the group.
    const before = text[at - 1] === '{' ? partners[at - 1]! : -1;
    const [whole] = (before > at && SWITCH.exec(text.slice(at, at + 20))) || [];
    if (whole !== undefined) {
      this.#drop(at - 1, at + whole.length);
      this.#drop(before, before + 1);
      this.#style(at, before, styleOfSwitch(name));
      return at + whole.length;
    }
    const close = text[end] === '{' ? partners[end]! : -1;
    if (close > end) {
      const style = EMPHASIS_COMMANDS.get(name);
      if (style !== undefined || isTextCommand(name)) {
        this.#drop(at, end + 1);
        this.#drop(close, close + 1);
        this.#style(end, close, style);
        return end + 1;
      }
      if (/^cite[a-z]*$|^(?:eq|auto|c)?ref$/.test(name)) {
        this.#put(at, end + 1, '[');
        this.#put(close, close + 1, ']');
        return end + 1;
      }
      if (name === 'footnote' || name === 'thanks') {
        this.#put(at, end + 1, ' (');
        this.#put(close, close + 1, ')');
        return end + 1;
      }
    }
    if (name === 'item') {
      this.#put(at, end, '•');
      return end;
    }
    const limit = Math.min(text.length, at + MAX_COMMAND_LENGTH);
    const known = plainCommand(text, at, limit);
    // One with a formula in it, or without an end, stays as it is.
    if (!known || (known.end === limit && limit < text.length)) return end;
    if (!this.#isFree(at, known.end) || text.slice(at, known.end).includes(MASK)) return end;
    this.#replace({ start: at, end: known.end, pieces: known.pieces });
    return known.end;
  }

  #style(start: number, end: number, style: Style | undefined): void {
    if (style === undefined) return;
    this.#changes[style][start]!++;
    this.#changes[style][end]!--;
  }

  #emphasis(pattern: RegExp, sign: string, style: Style): void {
    const { length } = sign;
    for (const { 0: whole, index } of matches(this.#masked, pattern, sign)) {
      const end = index + whole.length;
      if (!this.#isFree(index, index + length) || !this.#isFree(end - length, end)) continue;
      this.#drop(index, index + length);
      this.#drop(end - length, end);
      this.#style(index, end, style);
    }
  }

  /** Dashes, quotation marks, ties, escaped signs and scripts. */
  #characters(): void {
    const text = this.#masked;
    for (const { 0: whole, 1: sign, index } of matches(text, ESCAPED, '\\')) {
      const end = index + whole.length;
      if (sign !== undefined) this.#put(index, end, sign);
      else if (whole === '\\ ') this.#put(index, end, ' ');
      else this.#drop(index, end);
    }
    for (const { 0: whole, index } of matches(text, DASHES, '--')) {
      FLAG.lastIndex = index;
      if (whole === '---') this.#put(index, index + 3, '—');
      else if (!FLAG.test(text)) this.#put(index, index + 2, '–');
    }
    let open = 0;
    for (const { 0: whole, index } of matches(text, DOUBLE_QUOTES, '``')) {
      if (whole === '``') open++;
      else if (open === 0) continue;
      else open--;
      this.#put(index, index + 2, whole === '``' ? '“' : '”');
    }
    for (const { 0: whole, index } of matches(text, QUOTED, '`')) {
      this.#put(index, index + 1, '‘');
      this.#put(index + whole.length - 1, index + whole.length, '’');
    }
    for (const { 0: whole, index } of matches(text, TIE, '~')) {
      if (isTie(text, index, index + whole.length)) this.#put(index, index + whole.length, ' ');
    }
    for (const { 0: whole, 1: lower, 2: inLower, 3: bareLower, 5: inUpper, 6: bareUpper, index } of matches(
      text,
      SCRIPT,
      '_',
      '^',
    )) {
      const digits = inLower ?? bareLower ?? inUpper ?? bareUpper!;
      const raised = [...digits].map((digit) => (lower ? SUBSCRIPTS : SUPERSCRIPTS).get(digit)!);
      this.#put(index, index + whole.length, raised.join(''));
    }
  }

  #cut(): Segment[] {
    const replacements = this.#replacements.sort((a, b) => a.start - b.start || a.end - b.end);
    const styles = this.#styles();
    const segments: Segment[] = [];
    let pieces: Piece[] = [];
    let style: Style | undefined;
    const flush = () => {
      if (pieces.length > 0) {
        const [first] = pieces;
        segments.push({
          ...plainSegment(textOf(pieces), first!.start, pieces.at(-1)!.end, pieces),
          ...(style && { emphasis: style }),
        });
      }
      pieces = [];
    };
    const add = (piece: Piece, own: Style | undefined) => {
      if (own !== style) flush();
      style = own;
      pieces.push(piece);
    };
    const addText = (start: number, end: number) => {
      for (let at = start; at < end; ) {
        let to = at + 1;
        while (to < end && styles[to] === styles[at]) to++;
        add({ text: this.#text.slice(at, to), start: at, end: to }, STYLES[styles[at]!]);
        at = to;
      }
    };
    let at = 0;
    for (const { start, end, pieces: own, formula } of replacements) {
      // Inside of one that is replaced already.
      if (start < at) continue;
      addText(at, start);
      at = end;
      const emphasis = STYLES[styles[start]!];
      if (formula) {
        flush();
        segments.push(this.#formula(formula, own, emphasis));
      } else for (const piece of own) add(piece, emphasis);
    }
    addText(at, this.#text.length);
    flush();
    return segments;
  }

  /** For each character, the index of its style in `STYLES`. */
  #styles(): Uint8Array {
    const styles = new Uint8Array(this.#text.length);
    let em = 0;
    let strong = 0;
    for (let at = 0; at < styles.length; at++) {
      em += this.#changes.em[at]!;
      strong += this.#changes.strong[at]!;
      styles[at] = strong > 0 ? 2 : em > 0 ? 1 : 0;
    }
    return styles;
  }

  #formula(
    { start, end, contentStart, contentEnd, display }: FormulaPlace,
    pieces: readonly Piece[],
    emphasis: Style | undefined,
  ): Segment {
    const tex = repaired(this.#text.slice(contentStart, contentEnd));
    return { kind: 'maths', start, end, plain: textOf(pieces), pieces, emphasis, tex, display };
  }
}

/**
 * The matches of a pattern. Looking behind each character takes many times as long as looking for a sign.
 * @param signs a text without any of these has no match that counts.
 */
function matches(text: string, pattern: RegExp, ...signs: readonly string[]): Iterable<RegExpExecArray> {
  return signs.some((sign) => text.includes(sign)) ? text.matchAll(pattern) : [];
}

const STYLES = [undefined, 'em', 'strong'] as const;
/** Replaces each character of what no markup is looked for in. A letter, so that emphasis may begin with it. */
const MASK = '\ue000';

function masked(text: string, hidden: readonly { readonly start: number; readonly end: number }[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of [...hidden].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    shown += text.slice(at, start) + MASK.repeat(end - start);
    at = end;
  }
  return shown + text.slice(at);
}

/** For each opening brace, the place of the one that closes it; -1 elsewhere. */
function bracePartners(text: string): Int32Array {
  const partners = new Int32Array(text.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '{') open.push(at);
    else if (character === '}') {
      const start = open.pop();
      if (start !== undefined) partners[start] = at;
    }
  }
  return partners;
}

/** What `{\\bf x}` does to x. */
function styleOfSwitch(name: string): Style | undefined {
  if (name.startsWith('bf')) return 'strong';
  return /^(?:em|it|itshape|sl)$/.test(name) ? 'em' : undefined;
}

/** Commands whose argument is text that may have markup of its own. */
function isTextCommand(name: string): boolean {
  return /^(?:text(?:rm|tt|sf|sc|up|md|normal|lf)?|mbox|hbox|underline|uline|url|path|ensuremath|title|so|ul|hl)$/.test(
    name,
  );
}

/** "Table~1", "5~million": a blank. "4~128", "4B~70B": a range. "~5 %" and "/~name" have no letter before. */
function isTie(text: string, start: number, end: number): boolean {
  const after = text[end]!;
  const word = text
    .slice(Math.max(0, start - 20), start)
    .split(/\s/)
    .at(-1)!;
  if (/\d/.test(after) && /\d/.test(word)) return false;
  if (/\d$/.test(word) && /[$\\]/.test(after) === false && /^\d/.test(after)) return false;
  // "O~(n)" was a letter with a tilde.
  return !(/(?:^|[^\p{L}])O$/u.test(word) && after === '(');
}
