import type { CorpusItem, Reader } from '../reader.ts';
import { pageLines } from './html.ts';
import { sessionPageReader } from './reader.ts';

/** The same page saved as HTML: its text is read as if it had been copied. */
export const sessionHtmlReader: Reader = {
  format: 'session-page-html',
  description: 'a virtual conference’s session page saved as HTML',
  files: ['*.html', '*.htm'],
  detect: (head) => /^\s*</.test(head) && /<(?:!doctype\s+html|html)\b/i.test(head.slice(0, 2000)),
  async *read({ file, chunks }, defaults): AsyncIterable<CorpusItem> {
    const lines = await pageLines(chunks());
    const text = lines.map((line) => line.text).join('\n');
    /** The line of the HTML for one of the text. */
    const inHtml = (line: number) => lines[line - 1]?.line ?? line;
    async function* pieces() {
      yield text;
    }
    for await (const item of sessionPageReader.read({ file, chunks: pieces }, defaults)) {
      if (item.kind === 'paper') yield { ...item, line: inHtml(item.line) };
      else if (item.kind === 'unread' || item.kind === 'status' || item.notice.line === undefined) yield item;
      else yield { ...item, notice: { ...item.notice, line: inHtml(item.notice.line) } };
    }
  },
};
