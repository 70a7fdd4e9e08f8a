import { MAX_RECORD_LENGTH } from '../lines.ts';

/** The text of one record of a JSON document. */
export interface RecordText {
  /** 1-based line on which it begins. */
  readonly line: number;
  /** From brace to brace; empty when `problem` says that it was too long. */
  readonly text: string;
  /** The error that brackets and quotes show; undefined if they are correct. */
  readonly problem: string | undefined;
}

const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** Keys of response objects under which services list their records. */
const LISTS = new Set([
  'notes',
  'results',
  'data',
  'items',
  'papers',
  'recommendedPapers',
  'collection',
  'result',
  'hits',
]);
/** Crossref, Europe PMC and INSPIRE put their lists one object deeper. */
const ENVELOPES = new Set(['message', 'resultList', 'hits']);
/** Levels of nesting that are tracked; no paper has as many. */
const DEEPEST = 200;
/** Longer than any key that names a list. */
const MAX_KEY_LENGTH = 32;
const TOO_LONG = 'it is too long to be a paper';

/**
 * Cuts a JSON text that comes in pieces into its records: the objects of an array, the objects in the list of
 * a service's response, or objects one after another. Only one record is held at a time, and a broken one
 * costs only itself where brackets allow: a streaming JSON parser would stop at the first error.
 *
 * What repairs the count of brackets: a string ends at a line end at the latest; a brace opens inside an object
 * only after a colon, else the object before was not closed; a closing bracket closes what was left open in it.
 */
export class JsonSplitter {
  readonly #longest: number;
  readonly #found: RecordText[] = [];
  #piece = '';
  #line = 1;
  #inString = false;
  #escaped = false;
  /** The last character outside strings that is not white space; after a string, it is the quote. */
  #last = 0;
  /** Brackets that are open, outermost first. The first `#containers` of them hold the records. */
  readonly #open: number[] = [];
  #containers = 0;
  /** Brackets open below DEEPEST. */
  #tooDeep = 0;
  /** Whether text between records that is not an object is being skipped; it has been reported. */
  #inJunk = false;

  /** The open record: its text in earlier pieces, and where it continues in this one. */
  #text = '';
  #from = 0;
  #textLine = 0;
  #problem: string | undefined;
  /** Whether the open object is another member of a service's response than its list, so it is not a record. */
  #isSkipped = false;
  /** Length of the record's text up to its last member that is complete. */
  #wholeMembers = 0;
  /** Number of open brackets where keys may name the list of records; 0 where none can. */
  #keyLevel = 0;
  #key = '';
  /** Number of open brackets within the array that is the list if its first element is an object. */
  #listLevel = 0;

  /** @param longest UTF-16 code units of the longest record to keep; of a longer one, only the place is reported. */
  constructor(longest = MAX_RECORD_LENGTH) {
    this.#longest = longest;
  }

  /** @returns the records that end in this piece of the text. */
  push(piece: string): RecordText[] {
    this.#piece = piece;
    this.#from = 0;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (this.#inString) this.#inside(code);
      else if (code === LINE_FEED) {
        this.#line++;
        this.#inJunk = false;
      } else if (code > SPACE) this.#outside(code, at);
    }
    if (this.#inRecord) this.#keep(piece.length);
    return this.#found.splice(0);
  }

  /** @returns what the end of the text leaves open. */
  end(): RecordText[] {
    if (this.#inRecord && !this.#isSkipped) {
      return [{ line: this.#textLine, text: this.#text, problem: 'it is not closed' }];
    }
    if (this.#open.length === 0) return [];
    return [{ line: this.#line, text: '', problem: 'the list breaks off before it is closed' }];
  }

  /** The open record as far as its members are complete, closed; of a first text value, as much as there is. */
  partial(): string | undefined {
    if (!this.#inRecord || this.#isSkipped) return undefined;
    if (this.#wholeMembers > 0) return `${this.#text.slice(0, this.#wholeMembers)}}`;
    return this.#inString ? `${this.#text}"}` : undefined;
  }

  /** Whether the text so far is within a list of records. */
  get inList(): boolean {
    return this.#containers > 0;
  }

  get #inRecord(): boolean {
    return this.#open.length > this.#containers;
  }

  #inside(code: number): void {
    const isKey = this.#open.length === this.#keyLevel;
    if (code === LINE_FEED) {
      this.#line++;
      this.#problem ??= 'a string continues past the end of its line';
    } else if (this.#escaped || code !== QUOTE) {
      this.#escaped = !this.#escaped && code === BACKSLASH;
      if (isKey && this.#key.length < MAX_KEY_LENGTH) this.#key += String.fromCharCode(code);
      return;
    }
    this.#inString = false;
    this.#escaped = false;
    this.#last = QUOTE;
  }

  #outside(code: number, at: number): void {
    if (code === OBJECT) this.#openObject(at);
    else if (code === ARRAY) this.#openArray(at);
    else if (code === OBJECT_END || code === ARRAY_END) this.#close(code, at);
    else if (code === COMMA) {
      this.#inJunk = false;
      if (this.#open.length === this.#containers + 1) this.#wholeMembers = this.#lengthAt(at);
    } else if (!this.#inRecord && this.#open.at(-1) !== OBJECT) this.#junk();
    if (code === QUOTE) {
      this.#inString = true;
      this.#key = '';
    }
    this.#last = code;
  }

  #openObject(at: number): void {
    while (this.#inRecord && this.#open.at(-1) === OBJECT && this.#last !== COLON) {
      this.#problem ??= 'an object in it is not closed';
      this.#pop(at);
    }
    if (this.#inRecord && this.#open.length === this.#listLevel && this.#last === ARRAY) {
      this.#containers = this.#open.length;
    }
    const isEnvelope = this.#open.length === this.#keyLevel && ENVELOPES.has(this.#key);
    if (!this.#inRecord) this.#begin(at);
    this.#push(OBJECT);
    if (isEnvelope && this.#last === COLON) this.#keyLevel = this.#open.length;
  }

  #openArray(at: number): void {
    if (!this.#inRecord && this.#open.at(-1) !== OBJECT) {
      this.#push(ARRAY);
      this.#containers = this.#open.length;
      return;
    }
    const isList = this.#open.length === this.#keyLevel && this.#last === COLON && LISTS.has(this.#key);
    if (!this.#inRecord) this.#begin(at);
    this.#push(ARRAY);
    if (isList) this.#listLevel = this.#open.length;
  }

  #close(code: number, at: number): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const opening = code === OBJECT_END ? OBJECT : ARRAY;
    while (this.#inRecord && this.#open.at(-1) !== opening) {
      this.#problem ??= 'its brackets do not match';
      this.#pop(at);
    }
    if (this.#inRecord) this.#pop(at + 1);
    else if (this.#open.includes(opening)) {
      this.#open.length = this.#open.lastIndexOf(opening);
      this.#containers = this.#open.length;
    } else this.#junk();
  }

  #begin(at: number): void {
    this.#text = '';
    this.#from = at;
    this.#textLine = this.#line;
    this.#problem = undefined;
    this.#isSkipped = this.#open.at(-1) === OBJECT;
    this.#wholeMembers = 0;
    this.#keyLevel = this.#containers === 0 ? 1 : 0;
    this.#listLevel = 0;
    this.#inJunk = false;
  }

  #push(bracket: number): void {
    if (this.#open.length < DEEPEST) {
      this.#open.push(bracket);
      return;
    }
    this.#tooDeep++;
    this.#problem ??= 'it is nested too deeply';
    if (!this.#inRecord) this.#junk();
  }

  /** Closes the innermost bracket of the record; with its outermost one the record ends, before `end`. */
  #pop(end: number): void {
    this.#open.pop();
    if (this.#keyLevel > this.#open.length) this.#keyLevel = this.#open.length;
    if (this.#inRecord) return;
    this.#keep(end);
    if (this.#isSkipped) return;
    this.#found.push({ line: this.#textLine, text: this.#text, problem: this.#problem });
    this.#text = '';
  }

  #lengthAt(at: number): number {
    return this.#text.length + at - this.#from;
  }

  /** Keeps the record's text up to a place in this piece. */
  #keep(end: number): void {
    const tooLong = this.#lengthAt(end) > this.#longest;
    if (tooLong) this.#problem = TOO_LONG;
    const dropped = this.#isSkipped || this.#problem === TOO_LONG;
    this.#text = dropped ? '' : this.#text + this.#piece.slice(this.#from, end);
    this.#from = end;
  }

  #junk(): void {
    if (!this.#inJunk) {
      this.#found.push({ line: this.#line, text: '', problem: 'expected a JSON object' });
    }
    this.#inJunk = true;
  }
}
