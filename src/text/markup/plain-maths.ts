import { type Piece, textOf } from './pieces.ts';
import {
  ACCENTS,
  BLANKS,
  DOUBLE_STRUCK,
  FUNCTIONS,
  HIDDEN_ARGUMENTS,
  OPERATORS,
  SIGNS,
  SILENT,
  SUBSCRIPTS,
  SUPERSCRIPTS,
  WRAPPERS,
} from './symbols.ts';

/** Groups inside each other that are read; what is deeper is left out of the plain form. */
const MAX_DEPTH = 40;
/** Longest script of letters that is raised or lowered: "xᵢⱼ", but "x_max". */
const MAX_SCRIPT_LETTERS = 2;
const COMMAND = /\\(?:(operatorname|[hv]space)\*|([A-Za-z]+)|[\s\S])/y;
const ENDS_TERM = /[\p{L}\p{N}\p{M})\]}|‖⟩%′∗⋆∞]$/u;
/** Usual names of letters in another type: "\\cO", "\\bbR", "\\bx". */
const LETTER_IN_TYPE = /^(?:b|bb|bf|c|mathcal|mathbb|mathbf)([A-Z]|(?<!c)[a-z])$/;
/** Signs that are raised already. */
const RAISED = /^[⋆∗*′⊤⊥†‡°]$/u;

/**
 * A formula of LaTeX in plain Unicode characters: `\mathcal{O}(\sqrt{n})` is "O(√n)", `x_i^2` is "xᵢ²", `\frac{a+b}{2}`
 * is "(a+b)/2". A command that is not known is its name; nothing is expanded.
 * @param tex the text that contains the formula. @param start, end where its content is in that text.
 */
export function plainMaths(tex: string, start: number, end: number): Piece[] {
  return trimmed(new MathsReader(tex, start, end).all());
}

/** Reads one command of maths outside of a formula, with its arguments. @returns undefined for a command that is not known. */
export function plainCommand(
  tex: string,
  start: number,
  end: number,
): { readonly pieces: Piece[]; readonly end: number } | undefined {
  return new MathsReader(tex, start, end).known();
}

class MathsReader {
  readonly #tex: string;
  readonly #end: number;
  #at: number;
  #depth = 0;

  constructor(tex: string, start: number, end: number) {
    this.#tex = tex;
    this.#at = start;
    this.#end = end;
  }

  all(): Piece[] {
    const pieces: Piece[] = [];
    while (this.#at < this.#end) {
      this.#until(pieces);
      // A closing brace too many.
      this.#at++;
    }
    return pieces;
  }

  known(): { readonly pieces: Piece[]; readonly end: number } | undefined {
    const [, starred, plain] = this.#match(COMMAND) ?? [];
    const name = starred ?? plain;
    if (name === undefined || !isKnown(name)) return undefined;
    const pieces: Piece[] = [];
    this.#command(pieces, false);
    return { pieces, end: this.#at };
  }

  /** Reads up to the closing brace of the group, or the end. */
  #until(pieces: Piece[]): void {
    while (this.#at < this.#end) {
      const at = this.#at;
      const character = this.#tex[at]!;
      if (character === '}') return;
      if (character === '{') pieces.push(...this.#group());
      else if (character === '\\') this.#command(pieces, true);
      else if (character === '^' || character === '_') this.#script(pieces, character);
      else if (/[\s&~]/.test(character)) {
        this.#at++;
        blank(pieces, at);
      } else {
        const text = String.fromCodePoint(this.#tex.codePointAt(at)!);
        this.#at += text.length;
        if (text !== '$') pieces.push({ text: text === "'" ? '′' : text, start: at, end: this.#at });
      }
    }
  }

  /** The content of a group, whose opening brace is next. */
  #group(): Piece[] {
    const pieces: Piece[] = [];
    if (this.#depth >= MAX_DEPTH) {
      this.#skipGroup();
      return pieces;
    }
    this.#at++;
    this.#depth++;
    this.#until(pieces);
    this.#depth--;
    if (this.#tex[this.#at] === '}' && this.#at < this.#end) this.#at++;
    return pieces;
  }

  #skipGroup(): void {
    let depth = 0;
    for (; this.#at < this.#end; this.#at++) {
      if (this.#tex[this.#at] === '{') depth++;
      else if (this.#tex[this.#at] === '}' && --depth === 0) {
        this.#at++;
        return;
      }
    }
  }

  /** An argument: a group, a command or a character. */
  #argument(): Piece[] {
    this.#skipBlanks();
    if (this.#at >= this.#end || this.#tex[this.#at] === '}') return [];
    if (this.#tex[this.#at] === '{') return trimmed(this.#group());
    const pieces: Piece[] = [];
    if (this.#tex[this.#at] === '\\') {
      if (this.#depth >= MAX_DEPTH) {
        this.#at += 1;
        return pieces;
      }
      this.#depth++;
      this.#command(pieces, true);
      this.#depth--;
      return trimmed(pieces);
    }
    const at = this.#at;
    const text = String.fromCodePoint(this.#tex.codePointAt(at)!);
    this.#at += text.length;
    return [{ text, start: at, end: this.#at }];
  }

  /** An argument in square brackets, if there is one. */
  #option(): Piece[] | undefined {
    const close = this.#tex[this.#at] === '[' ? this.#tex.indexOf(']', this.#at) : -1;
    if (close === -1 || close >= this.#end || close - this.#at > MAX_DEPTH) return undefined;
    const pieces = [{ text: this.#tex.slice(this.#at + 1, close), start: this.#at + 1, end: close }];
    this.#at = close + 1;
    return pieces;
  }

  /** @param spaced whether it is in a formula, where the blank after a command only ends it. */
  #command(pieces: Piece[], spaced: boolean): void {
    const start = this.#at;
    const [whole, starred, plain] = this.#match(COMMAND) ?? ['\\'];
    const name = starred ?? plain;
    this.#at = Math.min(this.#end, start + whole.length);
    if (name === undefined) {
      this.#sign(pieces, whole.slice(1), start);
      return;
    }
    const add = (text: string) => pieces.push({ text, start, end: start + whole.length });
    const sign = SIGNS.get(name);
    if (sign !== undefined) {
      add(sign.replace('␣', ' '));
      // The blank only ends the name, but between a letter and a relation it is easier to read.
      if (
        /^(?:\{\}|\s+[\p{L}\p{N}\\])/u.test(this.#tex.slice(this.#at, this.#at + 4)) &&
        (spaced || this.#tex[this.#at] === '{')
      ) {
        this.#endOfName();
      }
    } else if (OPERATORS.has(name)) this.#operator(pieces, OPERATORS.get(name)!, start, spaced);
    else if (FUNCTIONS.has(name)) this.#function(pieces, [{ text: name, start, end: this.#at }]);
    else if (name === 'operatorname') this.#function(pieces, this.#argument());
    else if (name === 'mathbb' || name === 'mathds') {
      const letters = this.#argument();
      pieces.push(...letters.map((piece) => ({ ...piece, text: DOUBLE_STRUCK[piece.text] ?? piece.text })));
    } else if (ACCENTS.has(name)) pieces.push(...accented(this.#argument(), ACCENTS.get(name)!));
    else if (/^[dtc]?frac$|^nicefrac$|^sfrac$/.test(name)) this.#fraction(pieces, start);
    else if (name === 'sqrt') this.#root(pieces, start);
    else if (/^[dt]?binom$/.test(name)) this.#binomial(pieces, start);
    else if (name === 'textsuperscript') pieces.push(...raised(this.#argument(), SUPERSCRIPTS, '^', start));
    else if (name === 'textsubscript') pieces.push(...raised(this.#argument(), SUBSCRIPTS, '_', start));
    else if (WRAPPERS.has(name)) pieces.push(...this.#argument());
    else if (BLANKS.has(name)) blank(pieces, start);
    else if (HIDDEN_ARGUMENTS.has(name)) {
      for (let i = HIDDEN_ARGUMENTS.get(name)!; i > 0; i--) this.#argument();
    } else if (SILENT.has(name)) {
      if (/^(?:left|right|middle)$/.test(name) && this.#tex[this.#at] === '.') this.#at++;
      else this.#endOfName();
    } else {
      add(LETTER_IN_TYPE.exec(name)?.[1] ?? name);
    }
  }

  /** A command of one sign: `\%`, `\,`, `\{`. */
  #sign(pieces: Piece[], sign: string, start: number): void {
    if (/^[%$&#_{}]$/.test(sign)) pieces.push({ text: sign, start, end: this.#at });
    else if (sign === '|') pieces.push({ text: '‖', start, end: this.#at });
    else if (/^[,;: >\\\s]$/.test(sign)) blank(pieces, start);
  }

  /** An operator, with blanks around it where it is between two terms. */
  #operator(pieces: Piece[], text: string, start: number, spaced: boolean): void {
    const end = this.#at;
    if (!spaced) {
      pieces.push({ text, start, end });
      return;
    }
    this.#skipBlanks();
    const isLast = this.#at >= this.#end || /[}&)\]]/.test(this.#tex[this.#at]!);
    const before = pieces.findLast(({ text: shown }) => shown !== ' ');
    const between = before !== undefined && ENDS_TERM.test(before.text) && !isLast;
    if (between) blank(pieces, start);
    pieces.push({ text, start, end });
    if (between) blank(pieces, end - 1);
  }

  /** A name of a function, apart from the letters and digits beside it. */
  #function(pieces: Piece[], name: readonly Piece[]): void {
    const before = pieces.at(-1);
    if (before && ENDS_TERM.test(before.text)) blank(pieces, name[0]?.start ?? this.#at);
    pieces.push(...name);
    const end = this.#at;
    this.#endOfName();
    const next = this.#tex.slice(this.#at, Math.min(this.#end, this.#at + 5));
    if (/^(?:\\(?!left|big|Big|\{)|\{?[\p{L}\p{N}])/u.test(next)) blank(pieces, Math.max(0, end - 1));
  }

  #fraction(pieces: Piece[], start: number): void {
    const above = inBrackets(this.#argument());
    const below = inBrackets(this.#argument());
    const at = above[0]?.start ?? start;
    pieces.push(...above, { text: '/', start: at, end: below.at(-1)?.end ?? at + 1 }, ...below);
  }

  #root(pieces: Piece[], start: number): void {
    const end = this.#at;
    const index = this.#option();
    const content = this.#argument();
    if (index) pieces.push(...raised(index, SUPERSCRIPTS, '', start));
    pieces.push({ text: '√', start, end }, ...(textOf(content).length > 1 ? inBrackets(content) : content));
  }

  #binomial(pieces: Piece[], start: number): void {
    const end = this.#at;
    const sign = (text: string) => ({ text, start, end });
    pieces.push(sign('('), ...this.#argument(), sign(' choose '), ...this.#argument(), sign(')'));
  }

  #script(pieces: Piece[], sign: '^' | '_'): void {
    const start = this.#at++;
    pieces.push(...raised(this.#argument(), sign === '^' ? SUPERSCRIPTS : SUBSCRIPTS, sign, start));
  }

  #endOfName(): void {
    if (this.#tex.startsWith('{}', this.#at)) this.#at = Math.min(this.#end, this.#at + 2);
    else this.#skipBlanks();
  }

  #skipBlanks(): void {
    while (this.#at < this.#end && /\s/.test(this.#tex[this.#at]!)) this.#at++;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#tex);
  }
}

function isKnown(name: string): boolean {
  return (
    SIGNS.has(name) ||
    OPERATORS.has(name) ||
    FUNCTIONS.has(name) ||
    ACCENTS.has(name) ||
    WRAPPERS.has(name) ||
    HIDDEN_ARGUMENTS.has(name) ||
    SILENT.has(name) ||
    BLANKS.has(name) ||
    /^(?:[dtc]?frac|nicefrac|sfrac|sqrt|[dt]?binom|operatorname|mathbb)$/.test(name)
  );
}

function blank(pieces: Piece[], at: number): void {
  const before = pieces.at(-1);
  if (before && !before.text.endsWith(' ')) pieces.push({ text: ' ', start: at, end: at + 1 });
}

/** Pieces without blanks at their ends. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  let start = 0;
  let end = pieces.length;
  while (start < end && pieces[start]!.text.trim() === '') start++;
  while (end > start && pieces[end - 1]!.text.trim() === '') end--;
  return pieces.slice(start, end);
}

/** In brackets where it is more than one term. */
function inBrackets(pieces: readonly Piece[]): readonly Piece[] {
  const text = textOf(pieces);
  if (/^[\p{L}\p{M}\p{N}.‖|]*$/u.test(text) || /^\([^()]*\)$/.test(text)) return pieces;
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  return [{ ...first, text: '(' }, ...pieces, { ...last, text: ')' }];
}

function accented(pieces: readonly Piece[], mark: string): readonly Piece[] {
  const [only] = pieces;
  if (only === undefined || [...textOf(pieces)].length !== 1) return pieces;
  return [{ ...only, text: (only.text + mark).normalize('NFC') }];
}

/** A script in characters that Unicode has for it, else after its sign: "x²", "x_max", "n^(a+b)". */
function raised(
  pieces: readonly Piece[],
  characters: ReadonlyMap<string, string>,
  sign: string,
  start: number,
): readonly Piece[] {
  const text = textOf(pieces);
  if (text === '') return [];
  if (sign === '^' && RAISED.test(text)) return pieces;
  if (sign === '^' && text === '∘') return pieces.map((piece) => ({ ...piece, text: '°' }));
  const letters = text.replace(/[^\p{L}]/gu, '');
  const all = [...text].every((character) => characters.has(character));
  if (all && letters.length <= MAX_SCRIPT_LETTERS) {
    return pieces.map((piece) => ({
      ...piece,
      text: [...piece.text].map((character) => characters.get(character)!).join(''),
    }));
  }
  return [{ text: sign, start, end: start + 1 }, ...inBrackets(pieces)];
}
