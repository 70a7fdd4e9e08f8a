/** A line of a text without its end (LF or CRLF). */
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
 * The lines of a text that comes in pieces. Lines end at LF or CRLF only: other separators (U+2028) may stand
 * inside a JSON string. A line end at the end of the text begins no further line.
 * @param longest UTF-16 code units of the longest line to keep; a longer one is passed over and marked.
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
    const line = { number: ++number, text: begun.endsWith('\r') ? begun.slice(0, -1) : begun, tooLong };
    begun = '';
    tooLong = false;
    return line;
  };
  for await (const chunk of chunks) {
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
