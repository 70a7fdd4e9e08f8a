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

/** The separator that parts most in the first line, outside quotes. */
export function delimiterOf(head: string): string {
  const parts = (delimiter: string) => firstLine(head).split(delimiter).length;
  return [',', '\t', ';', '|'].reduce((best, each) => (parts(each) > parts(best) ? each : best));
}

/** The cells of the first line; separators in quotes are gone. */
export function headingsIn(head: string): string[] {
  return firstLine(head)
    .split(delimiterOf(head))
    .map((heading) => heading.trim());
}

function firstLine(head: string): string {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  return line.replace(/"([^"]*)"/g, (_, inside: string) => inside.replace(/[,\t;|]/g, ' '));
}
