import type { TextLine } from '../lines.ts';

/** The text of one entry, from its @ to its closing bracket. */
export interface EntryText {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly text: string;
  /** Why it cannot be an entry; undefined when its brackets are in order. */
  readonly problem: string | undefined;
}

/** UTF-16 code units of the longest entry that is parsed. */
const MAX_ENTRY_LENGTH = 1024 * 1024;

/** The beginning of an entry, whose type may have any sign. The @ of an e-mail address begins none. */
const BEGIN = /(?<![\p{L}\p{N}._-])@\s*\p{L}[^\s@{}(),"=#%\\]*\s*([{(])/giu;
/** A line that can only begin an entry: type, bracket, key, comma. */
const SURELY_BEGINS = /^\s*@\p{L}[^\s@{}(),"=#%\\]*\s*[{(]\s*[^\s,{}="]+\s*,/iu;

/** An entry while its lines are read. */
interface OpenEntry {
  readonly line: number;
  readonly bracket: string;
  text: string;
  /** Brackets that are open, its own included. */
  depth: number;
  /** Whether a text in quotation marks is open; kept only where the entry's bracket is a parenthesis. */
  quoted: boolean;
}

/**
 * Splits a BibTeX file into its entries. As in BibTeX, text between entries is a comment. Matching braces end an entry,
 * and braces in quotes count too; a parenthesis ends one that begins with a parenthesis. An entry that is not closed
 * ends where the next one surely begins.
 */
export async function* entriesOf(lines: AsyncIterable<TextLine>): AsyncIterable<EntryText> {
  let open: OpenEntry | undefined;
  for await (const { number, text, tooLong } of lines) {
    if (tooLong) yield broken(number, 'The line is too long to be a paper.');
    if (open && SURELY_BEGINS.test(text)) {
      yield broken(open.line, 'The entry is not closed before the next one begins.');
      open = undefined;
    }
    let at = 0;
    while (at < text.length) {
      if (!open) {
        BEGIN.lastIndex = at;
        const begin = BEGIN.exec(text);
        if (!begin) break;
        open = { line: number, bracket: begin[1]!, text: begin[0], depth: 1, quoted: false };
        at = BEGIN.lastIndex;
      }
      const end = endOf(open, text, at);
      open.text += text.slice(at, end);
      at = end ?? text.length;
      if (open.text.length > MAX_ENTRY_LENGTH) open.text = '';
      if (end === undefined) continue;
      yield open.text.startsWith('@')
        ? { line: open.line, text: open.text, problem: undefined }
        : broken(open.line, 'The entry is too long to be a paper.');
      open = undefined;
    }
    if (open) open.text += '\n';
  }
  if (open) yield broken(open.line, 'The entry is not closed.');
}

/** Where the open entry ends in a line; undefined if it continues. Counts brackets up to there. */
function endOf(open: OpenEntry, text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '{') open.depth++;
    else if (character === '}') open.depth--;
    else if (open.bracket === '(' && open.depth === 1) {
      if (character === '"') open.quoted = !open.quoted;
      else if (character === ')' && !open.quoted) open.depth = 0;
    }
    if (open.depth === 0) return at + 1;
  }
  return undefined;
}

function broken(line: number, problem: string): EntryText {
  return { line, text: '', problem };
}
