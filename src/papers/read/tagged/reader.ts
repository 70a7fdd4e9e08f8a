import { dateOfWords } from '../../dates.ts';
import { publicationOf } from '../../publication.ts';
import { statusOfTypes } from '../../status.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import type { CorpusItem, RawPaper, Reader } from '../reader.ts';
import { itemsOf, type RecordResult } from '../record.ts';
import type { Dialect, TagTable } from './dialect.ts';
import { type TaggedRecord, taggedRecords } from './records.ts';

/** The reader of a dialect of tagged citations. */
export function taggedReader(dialect: Dialect): Reader {
  const { format, description, files, detect } = dialect;
  return {
    format,
    description,
    files,
    detect,
    async *read({ file, chunks }): AsyncIterable<CorpusItem> {
      let record = 0;
      for await (const { line, values } of taggedRecords(chunks(), dialect)) {
        yield* itemsOf(toPaper(values, dialect), { file, line, record: ++record });
      }
    },
  };
}

type ListField = Exclude<keyof TagTable, 'publication'>;

function toPaper(values: TaggedRecord['values'], { maker, tags, refine }: Dialect): RecordResult {
  const allOf = (tag: string) =>
    (values.get(tag) ?? []).map((value) => value.trim()).filter((value) => value !== '');
  const all = (field: ListField) => (tags[field] ?? []).map(allOf).find((found) => found.length > 0) ?? [];
  const first = (field: ListField) => oneLine(all(field)[0]);
  const title = plainText(oneLine(all('title')[0]) ?? '').replace(/(?<!\.)\.$/, '');
  const abstract = plainText(all('abstract').map(unwrapped).join('\n\n'));
  if (!title && !abstract) {
    const [tag] = tags.title;
    return { rejected: { field: tag, reason: 'The record has neither title nor abstract.' } };
  }
  const names = (field: 'authors' | 'editors') =>
    all(field).map((name) => name.replace(/\s+/g, ' ').replace(/[,;]$/, ''));
  const url = first('url');
  const fromUrls = idsInUrls(url, first('pdf'));
  const dated = tags.dates.map((tag) => dateOfWords(allOf(tag)[0])).filter(({ year }) => year !== undefined);
  // A tag may have the year alone, and another the day without it.
  const whole = dated.find(({ date }) => date !== undefined && date.length > 4);
  const paper: RawPaper = {
    title,
    abstract,
    authors: names('authors'),
    editors: names('editors'),
    publication: publicationOf(
      Object.fromEntries(
        Object.entries(tags.publication ?? {}).map(([name, from]) => [
          name,
          oneLine(
            from
              .map(allOf)
              .find((found) => found.length > 0)
              ?.join(', '),
          ),
        ]),
      ),
    ),
    venue: plainText(first('venue') ?? ''),
    ...(whole?.year === dated[0]?.year ? (whole ?? dated[0]) : dated[0]),
    keywords: tags.keywords.flatMap(allOf).flatMap((value) => value.split(/[\n;]/)),
    categories: (tags.categories ?? []).flatMap(allOf).flatMap((value) => value.split(/[\n;]/)),
    urls: { landing: url, pdf: first('pdf') },
    externalIds: {
      ...fromUrls,
      doi: first('doi') ?? fromUrls.doi,
      pmid: first('pmid'),
      pmcid: first('pmcid'),
    },
    status: statusOfTypes(
      (tags.types ?? []).flatMap(allOf).flatMap((types) => types.split(/[;\n]/)),
      maker,
    ),
  };
  return { paper: refine ? { ...paper, ...refine(values, paper) } : paper, dropped: [] };
}

function oneLine(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim() || undefined;
}

/** A paragraph whose lines were broken to fit a width; empty lines part paragraphs. */
function unwrapped(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .join('\n\n');
}
