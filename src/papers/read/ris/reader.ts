import type { CorpusItem, Reader } from '../reader.ts';
import { itemsOf } from '../record.ts';
import { toPaper } from './paper.ts';
import { recordsOf } from './records.ts';

/** RIS citations, as Zotero, Mendeley, EndNote and publishers write them: a tag a line, from TY to ER. */
export const risReader: Reader = {
  format: 'ris',
  description: 'RIS citations, as Zotero, Mendeley, EndNote and publishers write them',
  files: ['*.ris'],
  detect: (head) => /^\ufeff?TY(?: {2}-| -) ?\w+\s*$/m.test(head),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    let count = 0;
    for await (const record of recordsOf(chunks())) {
      yield* itemsOf(toPaper(record), { file, line: record.line, record: ++count });
    }
  },
};
