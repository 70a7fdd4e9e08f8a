import { dateOfWords } from '../dates.ts';
import { splitSentence } from '../names.ts';
import { statusOfComment } from '../status.ts';
import { accentsToUnicode } from './latex.ts';
import { linesOf } from './lines.ts';
import type { CorpusItem, Reader } from './reader.ts';
import { itemsOf, type RecordResult } from './record.ts';

const RULE = /^\\\\\s*(?:\(.*)?$/;
const ID = /^arXiv:(\S+?)(?:v\d+)?(?:\s|$)/;
const FIELD =
  /^(Title|Authors?|Categories|Comments|Journal-ref|DOI|Date|MSC-class|ACM-class|Report-no|License): ?(.*)$/;
/** Lines of an entry that are kept; more are damage. */
const MAX_LINES = 5000;

/** arXiv's daily e-mails: an entry a paper, its fields and its abstract between lines of two backslashes. */
export const arxivMailingReader: Reader = {
  format: 'arxiv-mailing',
  description: 'arXiv’s daily e-mails: entries between lines of two backslashes',
  files: ['cs-daily.txt', '*.eml'],
  detect: (head) => /^\\\\\s*\r?\narXiv:\S+/m.test(head),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    let record = 0;
    for await (const { line, fields, abstract } of entriesOf(chunks())) {
      yield* itemsOf(toPaper(fields, abstract), { file, line, record: ++record });
    }
  },
};

interface Entry {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly abstract: string;
}

async function* entriesOf(chunks: AsyncIterable<string>): AsyncIterable<Entry> {
  let entry: { line: number; fields: Map<string, string>; abstract: string[] } | undefined;
  let part: 'fields' | 'abstract' = 'fields';
  let last = '';
  let afterRule = false;
  const whole = ({ line, fields, abstract }: NonNullable<typeof entry>): Entry => ({
    line,
    fields,
    abstract: abstract.join(' '),
  });
  for await (const { number, text } of linesOf(chunks)) {
    const id = afterRule ? ID.exec(text)?.[1] : undefined;
    afterRule = RULE.test(text.trimEnd());
    if (id !== undefined) {
      if (entry) yield whole(entry);
      entry = { line: number, fields: new Map([['id', id]]), abstract: [] };
      part = 'fields';
      last = '';
    } else if (!entry) continue;
    else if (afterRule) {
      // The second rule ends the fields; the third ends the abstract, and with it the entry.
      if (part === 'abstract') {
        yield whole(entry);
        entry = undefined;
      }
      part = 'abstract';
    } else if (/^-{20,}$/.test(text.trim())) continue;
    else if (part === 'abstract') {
      if (entry.abstract.length < MAX_LINES) entry.abstract.push(text.trim());
    } else {
      const [, name, value = ''] = FIELD.exec(text) ?? [];
      if (name !== undefined) {
        entry.fields.set(name, value);
        last = name;
      } else if (last !== '' && /^\s+\S/.test(text))
        entry.fields.set(last, `${entry.fields.get(last)} ${text.trim()}`);
    }
  }
  if (entry) yield whole(entry);
}

function toPaper(fields: ReadonlyMap<string, string>, text: string): RecordResult {
  const title = accentsToUnicode(fields.get('Title') ?? '').trim();
  const abstract = accentsToUnicode(text).trim();
  // Entries of replaced papers have no abstract.
  if (!title && !abstract)
    return { rejected: { field: 'Title', reason: 'The entry has neither title nor abstract.' } };
  const names = fields.get('Authors') ?? fields.get('Author') ?? '';
  const paper = {
    title,
    abstract,
    authors: splitSentence(accentsToUnicode(names)),
    venue: fields.get('Journal-ref'),
    ...dateOfWords(fields.get('Date')),
    categories: fields.get('Categories')?.split(/\s+/),
    externalIds: { arxiv: fields.get('id'), doi: fields.get('DOI')?.split(/\s+/)[0] },
    status: statusOfComment(fields.get('Comments')),
  };
  return { paper, dropped: [] };
}
