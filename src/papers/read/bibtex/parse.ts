import type { FieldProblem } from '../record.ts';

/** An entry taken apart: `@article{key, title = {…}}`. */
export interface Entry {
  /** In lower case. */
  readonly type: string;
  /** Empty without one. */
  readonly key: string;
  /** Name in lower case and value, in their order, repeated ones too. Macros are replaced. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly problems: readonly FieldProblem[];
}

/** UTF-16 code units of a value: a macro that is made of others, and those of others, would fill the memory. */
const MAX_VALUE_LENGTH = 1024 * 1024;
/** UTF-16 code units of a macro. */
const MAX_MACRO_LENGTH = 5000;

const HEAD = /^@\s*([^\s@{}(),"=#%]+)\s*[{(]/u;
/** Entries without a key: what they hold are definitions. */
const DEFINITIONS = new Set(['string']);
/** Entries that hold no fields, but text of any kind. */
const TEXTS = new Set(['comment', 'preamble']);

/** The type of an entry in lower case; empty if the text is not an entry. */
export function typeOf(text: string): string {
  return HEAD.exec(text)?.[1]?.toLowerCase() ?? '';
}

/** Whether entries of a type hold text instead of fields and cannot be cited. */
export function isText(type: string): boolean {
  return TEXTS.has(type);
}

/**
 * Takes an entry apart. It forgives what other programs forgive: keys with parentheses or blanks, commas that are missing
 * or doubled, quotation marks inside quotation marks.
 * @param text from its @ to its closing bracket. @param macros by name in lower case; definitions of the entry are added.
 */
export function parseEntry(text: string, macros: Map<string, string>): Entry {
  const head = HEAD.exec(text);
  const type = head?.[1]?.toLowerCase() ?? '';
  const cursor = new Cursor(text.slice(head?.[0].length ?? 0, -1), macros);
  const key = DEFINITIONS.has(type) ? '' : cursor.key();
  const fields = cursor.fields();
  if (DEFINITIONS.has(type)) {
    for (const [name, value] of fields) macros.set(name, value.slice(0, MAX_MACRO_LENGTH));
  }
  return { type, key, fields, problems: cursor.problems };
}

class Cursor {
  readonly problems: FieldProblem[] = [];
  readonly #text: string;
  readonly #macros: ReadonlyMap<string, string>;
  #at = 0;

  constructor(text: string, macros: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#macros = macros;
  }

  /** The text before the first comma, unless a field begins there. */
  key(): string {
    const [before] = this.#match(/[^,={}"]*/y)!;
    const next = this.#text[this.#at + before.length];
    if (next !== '=') {
      this.#at += before.length;
      if (next === ',') this.#at++;
      return before.trim();
    }
    // `{key title = …` lacks its comma; `{title = …` its key; the `=` of `{a=b, …` belongs to the key.
    const [, key = ''] = /^\s*(\S[\s\S]*?)\s+[^\s]+\s*$/.exec(before) ?? [];
    if (key !== '') {
      this.#at += before.indexOf(key) + key.length;
      return key;
    }
    const whole = this.#match(/\s*[^\s,={}"]+=[^\s,={}"]+\s*,/y);
    if (!whole || /=\s*\d+\s*,$/.test(whole[0])) return '';
    this.#at += whole[0].length;
    return whole[0].slice(0, -1).trim();
  }

  fields(): (readonly [string, string])[] {
    const found: (readonly [string, string])[] = [];
    for (;;) {
      this.#match(/[\s,]*/y, true);
      if (this.#at >= this.#text.length) return found;
      const [, name] = this.#match(/([^\s=,{}"#]+)\s*=\s*/y, true) ?? [];
      if (name === undefined) this.#skip(found.at(-1)?.[0]);
      else found.push([name.toLowerCase(), this.#value()]);
    }
  }

  /** Skips text that is not a field, up to the next comma. */
  #skip(before: string | undefined): void {
    const start = this.#at;
    for (; this.#at < this.#text.length && this.#text[this.#at] !== ','; ) {
      if (this.#text[this.#at] === '{') this.#braced();
      else this.#at++;
      // A field begins here: a comma is missing.
      if (/\s/.test(this.#text[this.#at - 1]!) && this.#peek(/[a-z][\w:+.-]*\s*=\s*[{"\d]/iy)) break;
    }
    const text = this.#text.slice(start, this.#at).replace(/\s+/g, ' ').trim().slice(0, 60);
    const where = before === undefined ? 'before the first field' : `after the field "${before}"`;
    this.problems.push({ field: before, reason: `"${text}" ${where} is not a field; it was left out.` });
  }

  /** Parts joined by #. */
  #value(): string {
    let value = this.#part();
    while (this.#match(/\s*#\s*/y, true)) value += this.#part();
    return value.slice(0, MAX_VALUE_LENGTH);
  }

  #part(): string {
    const next = this.#text[this.#at];
    if (next === '{') return this.#braced();
    if (next === '"') return this.#quoted();
    // A number, a macro, or words that lack their braces.
    const [bare] = this.#match(/[^\s,#{}"=]*(?:[^\S\n]+(?![^\s,#{}"=]+\s*=)[^\s,#{}"=]+)*/y, true)!;
    return this.#macros.get(bare.toLowerCase()) ?? bare;
  }

  /** What is inside a pair of braces; to the end where the second is missing. */
  #braced(): string {
    const start = this.#at + 1;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at];
      if (sign === '{') depth++;
      else if (sign === '}' && --depth === 0) return this.#text.slice(start, this.#at++);
    }
    return this.#text.slice(start);
  }

  /** What is inside quotation marks. One in braces, or one that no end of a value follows, belongs to the text. */
  #quoted(): string {
    const start = ++this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at];
      if (sign === '{') depth++;
      else if (sign === '}') depth--;
      else if (sign === '"' && depth <= 0 && this.#peek(/"\s*(?:[,#]|$|[a-z][\w:+.-]*\s*=)/iy)) {
        return this.#text.slice(start, this.#at++);
      }
    }
    return this.#text.slice(start);
  }

  #peek(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #match(pattern: RegExp, goOn = false): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found && goOn) this.#at += found[0].length;
    return found;
  }
}
