import { PeekedText } from '../peeked-text.ts';
import type { CorpusItem, Reader } from '../reader.ts';
import { itemsOf, rejection } from '../record.ts';
import { type ColumnPlaces, isOwnExport, placeColumns } from './columns.ts';
import { toPaper } from './paper.ts';
import { delimiterOf, headingsIn, rowsOf } from './rows.ts';

const TABLE_NAME = /\.(?:csv|tsv|tab)(?:\.gz)?$/i;

/** Tables with a header: CSV and TSV, from spreadsheets, Zotero, Scopus and the like. */
export const delimitedReader: Reader = {
  format: 'csv',
  description: 'CSV or TSV with a header; columns are told by their names, or by a map',
  files: ['*.csv', '*.tsv'],
  detect: (head, file) => {
    const headings = headingsIn(head);
    if (headings.length < 2 || /^\s*[[{<@]/.test(head)) return false;
    const { places } = placeColumns(headings);
    // In what is a table by its name, headings in another language are the caller's to map.
    const isTable = TABLE_NAME.test(file) && headings.every((heading) => /\p{L}/u.test(heading));
    return isTable || (places.title !== undefined && Object.keys(places).length >= 2);
  },
  async *read({ file, chunks }, { columns }): AsyncIterable<CorpusItem> {
    const text = new PeekedText(chunks());
    const delimiter = delimiterOf(await text.head());
    let header:
      | { readonly width: number; readonly places: ColumnPlaces; readonly isOurs: boolean }
      | undefined;
    let record = 0;
    for await (const row of rowsOf(text.chunks(), delimiter)) {
      const { line } = row;
      if ('problem' in row) {
        yield rejection({ file, line }, { reason: row.problem });
        return;
      }
      const { cells } = row;
      if (!header) {
        const { places, missing } = placeColumns(cells, columns);
        header = { width: cells.length, places, isOurs: isOwnExport(cells) };
        const hasText = places.title !== undefined || places.abstract !== undefined;
        if (hasText && missing.length === 0) continue;
        yield rejection({ file, line }, { field: 'title', reason: unknownColumns(cells, missing) });
        return;
      }
      const place = { file, line, record: ++record };
      if (cells.length > header.width) {
        const reason = `Expected ${header.width} cells, found ${cells.length}: is a separator not quoted?`;
        yield rejection(place, { reason });
      } else yield* itemsOf(toPaper(cells, header.places, header.isOurs), place);
    }
  },
};

function unknownColumns(headings: readonly string[], missing: readonly string[]): string {
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
