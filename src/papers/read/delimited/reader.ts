import { PeekedText } from '../peeked-text.ts';
import type { CorpusItem, Reader } from '../reader.ts';
import { itemsOf, rejection } from '../record.ts';
import { withTitles } from '../titles.ts';
import { Unread } from '../unread.ts';
import { type Header, headerOf, namesPapers } from './columns.ts';
import { toPaper } from './paper.ts';
import { delimiterOf, headingsIn, isSeparatorRow, MAX_HEADER_ROW, type Row, rowsOf } from './rows.ts';

const TABLE_NAME = /\.(?:csv|tsv|tab)(?:\.gz)?$/i;
/** Known columns that a header needs: in the first line, and below other lines, where prose may look like a header. */
const MIN_COLUMNS = 2;
const MIN_COLUMNS_BELOW = 3;

/** Tables with a header: CSV and TSV, from spreadsheets, Zotero, Scopus and the like. */
export const delimitedReader: Reader = {
  format: 'csv',
  description: 'CSV or TSV with a header; columns are known by their names, or by a map',
  files: ['*.csv', '*.tsv'],
  detect: (head, file) => {
    if (/^\s*[[{<@]/.test(head)) return false;
    const [first = [], ...others] = headingsIn(head);
    // In what is a table by its name, headings in another language are the user's to map.
    const isTable =
      TABLE_NAME.test(file) && first.length >= 2 && first.every((heading) => /\p{L}/u.test(heading));
    return (
      isTable || isHeader(first, MIN_COLUMNS) || others.some((cells) => isHeader(cells, MIN_COLUMNS_BELOW))
    );
  },
  read: ({ file, chunks }, { columns }) => {
    let header: Header | undefined;
    const headings = () =>
      `The columns are ${quoted(header?.headings ?? [])}. Say which is the title: --map "title=…".`;
    return withTitles(file, rows(), headings, () => header?.isOurs === true);

    async function* rows(): AsyncIterable<CorpusItem> {
      const text = new PeekedText(chunks());
      const delimiter = delimiterOf(await text.head());
      const above: Row[] = [];
      const unread = new Unread('columns');
      let record = 0;
      for await (const row of rowsOf(text.chunks(), delimiter)) {
        const { line } = row;
        if ('problem' in row) {
          yield rejection({ file, line }, { reason: row.problem });
          break;
        }
        const { cells } = row;
        if (!header) {
          if (above.length === 0 && isSeparatorRow(cells)) continue;
          const found = headerOf(cells, columns);
          const isMapped = Object.values(columns ?? {}).some((heading) => heading !== undefined);
          const isFound = isMapped
            ? found.missing.length === 0
            : isHeader(cells, above.length === 0 ? MIN_COLUMNS : MIN_COLUMNS_BELOW);
          if (isFound) header = found;
          else above.push(row);
          if (!header && above.length === MAX_HEADER_ROW) break;
          continue;
        }
        const place = { file, line, record: ++record };
        if (cells.length > header.width) {
          const reason = `Expected ${header.width} cells, found ${cells.length}: is a separator not quoted?`;
          yield rejection(place, { reason });
          continue;
        }
        for (const heading of unreadIn(cells, header)) unread.add(heading);
        yield* itemsOf(toPaper(cells, header), place);
      }
      const [first] = above;
      if (!header && first && 'cells' in first) {
        // Without a row that can be a header, the first one is what there is to show.
        yield rejection(
          { file, line: first.line },
          { field: 'title', reason: unknownColumns(headerOf(first.cells, columns)) },
        );
      }
      yield* unread.items(file);
    }
  },
};

function isHeader(cells: readonly string[], columns: number): boolean {
  return cells.length >= 2 && namesPapers(headerOf(cells), columns);
}

/** Headings of cells with a value that no field is read from. */
function unreadIn(cells: readonly string[], { headings, places }: Header): string[] {
  const read = new Set(Object.values(places).flat());
  return headings.filter((_, at) => !read.has(at) && (cells[at] ?? '').trim() !== '');
}

function unknownColumns({ headings, missing }: Header): string {
  const wanted = missing.length > 0 ? `There is no column ${quoted(missing)}` : 'No column is a title';
  return `${wanted}; the columns are ${quoted(headings)}. Say which is which: --map "title=${headings[0]}", or "columns" in a sidecar file.`;
}

/** Names as a message can hold them. */
function quoted(names: readonly string[]): string {
  return names
    .slice(0, 30)
    .map((name) => `"${name.slice(0, 60)}"`)
    .join(', ');
}
