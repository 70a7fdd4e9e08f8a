import { messageOf } from '../../../errors.ts';
import { MAX_RECORD_LENGTH } from '../lines.ts';

/** A row of a table, or why the rest of the table cannot be read. */
export type Row =
  /** `line` is the 1-based line on which the row begins: cells may hold line ends. */
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string };

/**
 * The rows of a table that comes in pieces, without empty lines.
 * @throws what reading the pieces throws, after the rows before it.
 */
export async function* rowsOf(chunks: AsyncIterable<string>, delimiter: string): AsyncIterable<Row> {
  const { parse } = await import('csv-parse');
  const ready: Row[] = [];
  let line = 0;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_LENGTH,
    // The stream itself would drop rows that it holds when an error comes.
    on_record: (cells: string[], { lines }) => {
      ready.push({ line: line + 1, cells });
      line = lines;
      return null;
    },
  });
  let problem: string | undefined;
  parser.on('error', (error) => {
    problem = `The rest cannot be read: ${messageOf(error)}`;
  });
  try {
    for await (const chunk of chunks) {
      await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
      yield* ready.splice(0);
      if (problem !== undefined) break;
    }
    // Its end comes only to whoever reads the stream.
    parser.resume();
    if (problem === undefined) await new Promise<void>((resolve) => parser.end(() => resolve()));
    yield* ready.splice(0);
    if (problem !== undefined) yield { line: line + 1, problem };
  } finally {
    parser.destroy();
  }
}

/** Rows in which the header is looked for: some programs write what they did above it. */
export const MAX_HEADER_ROW = 10;
const SEPARATOR_LINE = /^\s*"?sep=(.)"?\s*$/i;

/** Whether a row only names the separator, as Excel wants it: `sep=;`. */
export function isSeparatorRow(cells: readonly string[]): boolean {
  return SEPARATOR_LINE.test(cells.join(';')) || /^\s*"?sep=$/i.test(cells[0] ?? '');
}

/** The separator of a table: the one that its first line names, else the one that parts most in its widest first line. */
export function delimiterOf(head: string): string {
  const lines = firstLines(head);
  const named = SEPARATOR_LINE.exec(lines[0] ?? '')?.[1];
  if (named !== undefined) return named;
  const parts = (line: string, delimiter: string) => withoutQuoted(line).split(delimiter).length;
  const most = (delimiter: string) => Math.max(...lines.map((line) => parts(line, delimiter)));
  const inFirst = [',', '\t', ';', '|'].reduce((best, each) =>
    parts(lines[0] ?? '', each) > parts(lines[0] ?? '', best) ? each : best,
  );
  if (parts(lines[0] ?? '', inFirst) > 1) return inFirst;
  return [',', '\t', ';', '|'].reduce((best, each) => (most(each) > most(best) ? each : best));
}

/** The cells of each of the first lines; separators in quotes are gone. */
export function headingsIn(head: string): string[][] {
  const delimiter = delimiterOf(head);
  return firstLines(head)
    .map((line) =>
      withoutQuoted(line)
        .split(delimiter)
        .map((heading) => heading.trim()),
    )
    .filter((cells) => !isSeparatorRow(cells));
}

function firstLines(head: string): string[] {
  return head
    .trimStart()
    .split('\n', MAX_HEADER_ROW)
    .map((line) => line.trimEnd());
}

function withoutQuoted(line: string): string {
  return line.replace(/"([^"]*)"/g, (_, inside: string) => inside.replace(/[,\t;|]/g, ' '));
}
