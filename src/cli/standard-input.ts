import { text } from 'node:stream/consumers';
import { PaperSearchError } from '../errors.ts';

/** The argument that means standard input. */
const STDIN = '-';

/**
 * The words of a query, with `-` replaced by standard input.
 * @throws PaperSearchError BAD_REQUEST if `-` is given twice.
 */
export async function withInputText(
  words: readonly string[],
  input: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<string[]> {
  return replaced(words, input, (given) => [given.trim()]);
}

/**
 * Ids, with `-` replaced by those of standard input: one id, or one JSON object with an `id`, per line.
 * @throws PaperSearchError BAD_INPUT with the line that is neither; BAD_REQUEST if `-` is given twice.
 */
export async function withInputIds(
  ids: readonly string[],
  input: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<string[]> {
  return replaced(ids, input, idsOf);
}

async function replaced(
  args: readonly string[],
  input: AsyncIterable<Uint8Array | string>,
  read: (given: string) => string[],
): Promise<string[]> {
  const place = args.indexOf(STDIN);
  if (place === -1) return [...args];
  if (args.indexOf(STDIN, place + 1) !== -1) {
    throw new PaperSearchError('BAD_REQUEST', 'Standard input (-) can be read only once.');
  }
  // `text` accepts any async iterable of chunks, but its type names only streams.
  const given = read(await text(input as NodeJS.ReadableStream));
  return [...args.slice(0, place), ...given, ...args.slice(place + 1)];
}

function idsOf(given: string): string[] {
  return given.split('\n').flatMap((line, place) => {
    const entry = line.trim();
    if (entry === '') return [];
    return entry.startsWith('{') ? [idOfRecord(entry, place + 1)] : [entry];
  });
}

function idOfRecord(entry: string, line: number): string {
  const record: unknown = parsed(entry);
  if (typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'string') {
    return record.id;
  }
  throw new PaperSearchError(
    'BAD_INPUT',
    `Standard input, line ${line}: expected an id, or a JSON object with an "id". "paper-search search … --format jsonl" prints such lines.`,
    { details: { line } },
  );
}

function parsed(entry: string): unknown {
  try {
    return JSON.parse(entry);
  } catch {
    return undefined;
  }
}
