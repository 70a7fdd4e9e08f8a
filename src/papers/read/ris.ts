import { dateOfText } from '../dates.ts';
import { givenNameFirst } from '../names.ts';
import { linesOf } from './lines.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { OWN_NAME } from './own-export.ts';
import type { CorpusItem, RawPaper, Reader } from './reader.ts';
import { itemsOf, type RecordResult } from './record.ts';

/** RIS citations, as Zotero, Mendeley, EndNote and publishers write them: a tag a line, from TY to ER. */
export const risReader: Reader = {
  format: 'ris',
  description: 'RIS citations, as Zotero, Mendeley, EndNote and publishers write them',
  files: ['*.ris'],
  detect: (head) => /^TY {1,2}- ?\w+\s*$/m.test(head),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    let record = 0;
    for await (const { line, values, isClosed } of recordsOf(chunks())) {
      record++;
      yield* itemsOf(toPaper(values, isClosed), { file, line, record });
    }
  },
};

/** One record: its values by tag, in their order. */
interface RisRecord {
  readonly line: number;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly isClosed: boolean;
}

/** Tag, two blanks, hyphen, blank, value; some writers save on blanks. */
const TAG = /^([A-Z][A-Z\d]) {1,2}-(?: (.*))?$/;
/** Values of one record that are kept; more are damage. */
const MAX_VALUES = 20_000;

async function* recordsOf(chunks: AsyncIterable<string>): AsyncIterable<RisRecord> {
  let line = 0;
  let values: Map<string, string[]> | undefined;
  let last: string[] | undefined;
  let count = 0;
  for await (const { number, text } of linesOf(chunks)) {
    const [, tag, value = ''] = TAG.exec(text.trimEnd()) ?? [];
    if (tag === 'TY' || (tag === 'ER' && values)) {
      if (values) yield { line, values, isClosed: tag === 'ER' };
      values = tag === 'TY' ? new Map() : undefined;
      line = number;
      last = undefined;
      count = 0;
    } else if (!values || ++count > MAX_VALUES) continue;
    else if (tag) {
      last = values.get(tag) ?? [];
      last.push(value.trim());
      values.set(tag, last);
    } else if (last) {
      // A value may go on over lines; an empty line parts the paragraphs of an abstract.
      last.push(`${last.pop()}\n${text.trim()}`);
    }
  }
  if (values) yield { line, values, isClosed: false };
}

function toPaper(values: RisRecord['values'], isClosed: boolean): RecordResult {
  const all = (...tags: string[]) =>
    tags
      .map((tag) => (values.get(tag) ?? []).map((value) => value.trim()).filter((value) => value !== ''))
      .find((found) => found.length > 0) ?? [];
  const first = (...tags: string[]) => all(...tags)[0];
  // What we wrote has no markup.
  const isOurs = first('DB') === OWN_NAME;
  const plain = isOurs ? (text: string) => text : plainText;
  const title = plain(first('TI', 'T1', 'CT') ?? '');
  const abstract = plain(first('AB', 'N2') ?? '');
  if (!title && !abstract) {
    return { rejected: { field: 'TI', reason: 'The record has neither title nor abstract.' } };
  }
  const urls = all('UR', 'L2', 'LK').flatMap((value) => value.split(/[;\s]+/));
  const fromUrls = idsInUrls(...urls);
  const paper = {
    title,
    abstract,
    authors: all('AU', 'A1').map(nameText),
    venue: first('T2', 'JO', 'JF', 'BT', 'C3', 'JA', 'J2'),
    ...dateOfText(first('DA')?.match(/^\d{4}/) ? first('DA') : first('PY', 'Y1', 'DA')),
    keywords: all('KW').flatMap((value) => value.split(/[\n;]/)),
    urls: { landing: urls[0], pdf: all('L1').find((value) => /^https?:/i.test(value)) },
    externalIds: { ...fromUrls, doi: first('DO', 'DI') ?? fromUrls.doi },
  };
  const cutOff = { field: 'ER', reason: 'The record is not closed by ER; it may be cut off.' };
  const whole = isOurs ? { ...paper, ...ownFields(paper, all, first) } : paper;
  return { paper: whole, dropped: isClosed ? [] : [cutOff] };
}

/** A name that ends in a comma is a group's, with its own commas doubled: so EndNote has it. */
function nameText(name: string): string {
  return name.endsWith(',') ? name.slice(0, -1).replaceAll(',,', ',') : givenNameFirst(name);
}

/** What stands in an export of ours under tags that others use in other ways. */
function ownFields(
  { date, urls, externalIds }: RawPaper,
  all: (tag: string) => string[],
  first: (tag: string) => string | undefined,
): Partial<RawPaper> {
  const others = all('C1').map((value) => {
    const colon = value.indexOf(':');
    return [value.slice(0, colon), value.slice(colon + 1)] as const;
  });
  const { date: otherDate, ...ids } = Object.fromEntries(others);
  return {
    id: first('AN'),
    year: dateOfText(first('PY')).year,
    date: otherDate ?? (first('DA') === undefined ? undefined : date),
    categories: others.flatMap(([name, value]) => (name === 'category' ? [value] : [])),
    urls: { landing: first('UR'), pdf: urls?.pdf },
    externalIds: { ...ids, doi: externalIds?.doi },
  };
}
