/** A line of a text without its end (LF, CRLF, or CR alone as on old Macs). */
export interface TextLine {
  /** 1-based. */
  readonly number: number;
  /** Empty when the line is too long. */
  readonly text: string;
  readonly tooLong: boolean;
}

/** The longest line or record that is held in memory, in UTF-16 code units: far above any paper's. */
export const MAX_RECORD_LENGTH = 64 * 1024 * 1024;

/**
 * The lines of a text that comes in pieces. Lines end at LF, CRLF or CR only: other separators (U+2028) may be
 * inside a JSON string, where CR cannot be. A line end at the end of the text begins no further line.
 * @param longest UTF-16 code units of the longest line to keep; a longer one is skipped and marked.
 */
export async function* linesOf(
  chunks: AsyncIterable<string>,
  longest = MAX_RECORD_LENGTH,
): AsyncIterable<TextLine> {
  let number = 0;
  let begun = '';
  let tooLong = false;
  const add = (text: string) => {
    tooLong ||= begun.length + text.length > longest;
    begun = tooLong ? '' : begun + text;
  };
  const finish = (): TextLine => {
    const line = { number: ++number, text: begun, tooLong };
    begun = '';
    tooLong = false;
    return line;
  };
  for await (const chunk of withLineFeeds(chunks)) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      add(chunk.slice(start, end));
      yield finish();
      start = end + 1;
    }
    add(chunk.slice(start));
  }
  if (begun !== '' || tooLong) yield finish();
}

/** The text with LF for every line end. A CR at the end of a piece waits for the next one. */
async function* withLineFeeds(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let held = '';
  for await (const chunk of chunks) {
    const text = held + chunk;
    held = /\r{1,100}$/.exec(text)?.[0] ?? '';
    const ready = held === '' ? text : text.slice(0, -held.length);
    // CR CR LF is one line end: a file that was converted twice.
    yield ready.includes('\r') ? ready.replace(/\r+\n|\r/g, '\n') : ready;
  }
  if (held !== '') yield '\n'.repeat(held.length);
}
