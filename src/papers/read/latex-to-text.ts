import {
  ARGUMENTS_LEFT_OUT,
  KEEPS_ARGUMENT,
  type LatexCommands,
  SAYS_NOTHING,
  SEPARATED_ARGUMENT,
} from './latex-commands.ts';

/** What two or three signs of TeX in a row are set as, the longest first. */
const LIGATURES = [
  ['---', '—'],
  ['--', '–'],
  ['``', '“'],
  ["''", '”'],
] as const;
/** Groups and arguments inside each other that are read; no text has as many. */
const MAX_DEPTH = 200;
const DOTTED: Readonly<Record<string, string>> = { ı: 'i', ȷ: 'j' };
const QUOTES: ReadonlySet<string> = new Set(['enquote', 'mkbibquote', 'textquote']);

/**
 * Plain text of a LaTeX value, as a field of BibTeX has it. A command is read to its end. One that is known becomes
 * its characters or leaves its argument; of an unknown one the argument is kept. Braces are left out, and formulas
 * between dollar signs stay as they are.
 * @param onUnknown called with the name of each command that is not known, without the backslash.
 */
export function latexToText(
  latex: string,
  commands: LatexCommands,
  onUnknown: (command: string) => void = () => {},
): string {
  if (!/[\\{}$~`'-]/.test(latex)) return latex;
  return new LatexText(latex, commands, onUnknown).read();
}

class LatexText {
  readonly #latex: string;
  readonly #commands: LatexCommands;
  readonly #onUnknown: (command: string) => void;
  #at = 0;
  #depth = 0;

  constructor(latex: string, commands: LatexCommands, onUnknown: (command: string) => void) {
    this.#latex = latex;
    this.#commands = commands;
    this.#onUnknown = onUnknown;
  }

  /** Text up to the end; a closing brace too many is left out. */
  read(): string {
    let text = '';
    while (this.#at < this.#latex.length) {
      text += this.#until(text);
      this.#at++;
    }
    return text;
  }

  /** Text up to the closing brace of the group, or the end. @param before text before it, for what depends on it. */
  #until(before: string): string {
    let text = '';
    while (this.#at < this.#latex.length) {
      const sign = this.#latex[this.#at]!;
      if (sign === '}') break;
      if (sign === '{') text += this.#group(text || before);
      else if (sign === '\\') text += this.#command(text || before);
      else if (sign === '$') text += this.#formula();
      else if (sign === '~') {
        this.#at++;
        // After a slash it belongs to an address: `http://a.org/~name`.
        text += (text || before).endsWith('/') ? '~' : ' ';
      } else text += this.#plain();
    }
    return text;
  }

  /** A character, or the ones of a ligature. */
  #plain(): string {
    for (const [signs, character] of LIGATURES) {
      if (this.#latex.startsWith(signs, this.#at)) {
        this.#at += signs.length;
        return character;
      }
    }
    return this.#latex[this.#at++]!;
  }

  /** The text of a group, whose opening brace is next. */
  #group(before = ''): string {
    this.#at++;
    if (this.#depth >= MAX_DEPTH) return '';
    this.#depth++;
    const text = this.#until(before);
    this.#depth--;
    if (this.#latex[this.#at] === '}') this.#at++;
    return text;
  }

  /** A formula with its dollar signs, whose first is next; the sign alone where it opens no formula. */
  #formula(): string {
    const sign = this.#latex.startsWith('$$', this.#at) ? '$$' : '$';
    const end = this.#formulaEnd(sign);
    const formula = end === undefined ? '$' : this.#latex.slice(this.#at, end);
    this.#at += formula.length;
    return formula;
  }

  /** Where a formula ends: after the sign that opens it, outside of braces, which must be in order. */
  #formulaEnd(sign: string): number | undefined {
    let depth = 0;
    for (let at = this.#at + sign.length; at < this.#latex.length; at++) {
      const character = this.#latex[at];
      if (character === '\\') at++;
      else if (character === '{') depth++;
      else if (character === '}' && --depth < 0) return undefined;
      else if (character === '$' && depth === 0 && this.#latex.startsWith(sign, at)) {
        return at === this.#at + sign.length ? undefined : at + sign.length;
      }
    }
    return undefined;
  }

  /** The text of the command whose backslash is next. */
  #command(before: string): string {
    const [whole, letters, sign] = matchAt(/\\(?:([a-zA-Z]+)\*?|([\s\S]))/uy, this.#latex, this.#at) ?? [
      '\\',
    ];
    this.#at += whole.length;
    const name = letters ?? sign;
    if (name === undefined) return '\\';
    const { accents, characters } = this.#commands;
    // `/\~name` is an address.
    if (name === '~' && before.endsWith('/')) return '~';
    const accent = accents.get(name);
    if (accent !== undefined) return this.#accented(name, accent);
    if (letters === undefined) return this.#sign(name);
    if (QUOTES.has(name)) return `“${this.#argument()}”`;
    if (name === 'uppercase' || name === 'MakeUppercase') return this.#argument().toUpperCase();
    if (name === 'lowercase' || name === 'MakeLowercase') return this.#argument().toLowerCase();
    if (name === 'frac' || name === 'textfrac' || name === 'nicefrac')
      return `${this.#argument()}/${this.#argument()}`;
    const looked = KEEPS_ARGUMENT.has(name) ? undefined : this.#withArgument(name);
    if (looked !== undefined) return looked;
    if (Object.hasOwn(ARGUMENTS_LEFT_OUT, name)) {
      for (let n = ARGUMENTS_LEFT_OUT[name]!; n > 0; n--) this.#argument();
      if (name === 'color' || name === 'selectlanguage') this.#skipEnd();
      return SEPARATED_ARGUMENT.has(name) ? ' ' : '';
    }
    const character = characters.get(name);
    if (character !== undefined && !KEEPS_ARGUMENT.has(name)) {
      this.#skipEnd();
      return character;
    }
    if (SEPARATED_ARGUMENT.has(name)) return /\S$/.test(before) ? ` ${this.#argument()}` : this.#argument();
    if (KEEPS_ARGUMENT.has(name)) return this.#optional('{') ? this.#argument() : this.#nothing();
    if (!SAYS_NOTHING.has(name)) this.#onUnknown(name);
    return this.#nothing();
  }

  /** A command of one sign that is no letter. */
  #sign(name: string): string {
    if (name === '(' || name === '[') {
      const close = name === '(' ? '\\)' : '\\]';
      const end = this.#latex.indexOf(close, this.#at);
      if (end === -1) return name;
      const formula = this.#latex.slice(this.#at, end);
      this.#at = end + close.length;
      return `$${formula}$`;
    }
    return this.#commands.characters.get(name) ?? name;
  }

  /** The accent over the first letter of its argument; the sign itself over nothing. */
  #accented(name: string, accent: string): string {
    const isSign = !/[a-zA-Z]/.test(name);
    // Digits may have a bar too, as in crystallography.
    const above = name === '=' ? /^\s*[\p{L}\d\\{]/u : /^\s*[\p{L}\\{]/u;
    if (isSign && !above.test(this.#latex.slice(this.#at, this.#at + 20))) return name;
    const text = this.#argument();
    const [first = '', ...rest] = text.normalize('NFC');
    if (first.trim() === '') return isSign ? `${name}${text}` : ` ${accent}${text}`;
    return `${DOTTED[first] ?? first}${accent}`.normalize('NFC') + rest.join('');
  }

  /** The characters of a command with its argument as it is written (`\ding{161}`), where the table has them. */
  #withArgument(name: string): string | undefined {
    const [whole, argument] = matchAt(/\s*\{([^{}]{1,20})\}/y, this.#latex, this.#at) ?? [];
    if (whole === undefined || argument === undefined) return undefined;
    const found = this.#commands.withArgument.get(`${name}{${argument}}`);
    if (found !== undefined) this.#at += whole.length;
    return found;
  }

  /** The argument of a command as text: a group, a command or a character. */
  #argument(): string {
    this.#at += matchAt(/\s*/y, this.#latex, this.#at)![0].length;
    this.#optional('{');
    const next = this.#latex[this.#at];
    if (next === undefined || next === '}') return '';
    if (next === '{') return this.#group();
    if (next === '\\') {
      if (this.#depth >= MAX_DEPTH) return '';
      this.#depth++;
      const text = this.#command('');
      this.#depth--;
      return text;
    }
    const character = String.fromCodePoint(this.#latex.codePointAt(this.#at)!);
    this.#at += character.length;
    return character;
  }

  /** Leaves out an argument in square brackets before a group. @returns whether that follows. */
  #optional(follows: string): boolean {
    const [blank] = matchAt(/\s*(?:\[[^\][{}]{0,100}\]\s*(?=\{))?/y, this.#latex, this.#at)!;
    if (this.#latex[this.#at + blank.length] !== follows) return false;
    this.#at += blank.length;
    return true;
  }

  #nothing(): string {
    this.#optional('{');
    this.#skipEnd();
    return '';
  }

  /** Skips what ends a command of letters: blanks, or an empty group. */
  #skipEnd(): void {
    // A blank line begins a paragraph.
    this.#at += matchAt(/[^\S\n]*(?:\n(?!\s*\n)[^\S\n]*)?/y, this.#latex, this.#at)![0].length;
    if (this.#latex.startsWith('{}', this.#at)) this.#at += 2;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
