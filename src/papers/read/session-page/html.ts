import { MAX_LINES } from './lines.ts';

/** UTF-16 code units of a paragraph. A piece of a file, at most, comes on top of it. */
const MAX_TEXT_LENGTH = 1024 * 1024;

/** A line of text on a page, and where in its file it begins. */
export interface PageLine {
  readonly text: string;
  /** 1-based line of the HTML. */
  readonly line: number;
}

/** What is never shown as text. */
const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head', 'select', 'iframe']);
/** Elements within a line of text; all others begin a paragraph. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i img input ins kbd label mark q s samp small span strong sub sup time tt u var wbr button math mi mo mn mrow msub msup'.split(
    ' ',
  ),
);

/**
 * The text of a page in lines as a reader sees them: a blank line between paragraphs, white space folded.
 * Memory grows with the text, not with the page.
 * @throws Error when there is more text than a page has.
 */
export async function pageLines(chunks: AsyncIterable<string>): Promise<PageLine[]> {
  const { Parser } = await import('htmlparser2');
  const lines: PageLine[] = [];
  let line = 1;
  let text = '';
  let begin = 1;
  let unseen = 0;
  const finish = () => {
    const folded = text.replace(/\s+/gu, ' ').trim();
    if (folded !== '') lines.push({ text: folded, line: begin });
    text = '';
  };
  const paragraph = () => {
    finish();
    if (lines.length > 0 && lines.at(-1)!.text !== '') lines.push({ text: '', line });
  };
  const parser = new Parser({
    onopentag: (name) => {
      if (UNSEEN.has(name)) unseen++;
      if (name === 'br') finish();
      else if (!INLINE.has(name)) paragraph();
    },
    onclosetag: (name) => {
      if (UNSEEN.has(name)) unseen--;
      if (name !== 'br' && !INLINE.has(name)) paragraph();
    },
    ontext: (piece) => {
      if (unseen > 0) return;
      if (text.trim() === '') begin = line;
      text += piece;
    },
  });
  for await (const chunk of chunks) {
    if (lines.length > MAX_LINES) throw new Error(`The page has more than ${MAX_LINES} lines`);
    if (text.length > MAX_TEXT_LENGTH) throw new Error('The page has a paragraph that is too long');
    // Line by line, so that the parser's place is known to the line.
    for (const piece of chunk.split(/(?<=\n)/)) {
      parser.write(piece);
      if (piece.endsWith('\n')) line++;
    }
  }
  parser.end();
  finish();
  return lines;
}
