import type { Field } from '../../papers/field.ts';
import { FIELDS } from '../../papers/fields.ts';
import type { PaperSequence } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import { type NamedArrays, packArrays } from '../binary/arrays.ts';
import type { ColumnDefinition } from './column.ts';
import { columnsOf } from './columns.ts';

/** The kind that the file of columns names. Part of the format: snapshots have said so since before columns had this name. */
export const KIND = 'table of attributes';

/**
 * Papers between two pauses, in which timers and requests run. As many as where the keyword index is built: the two read
 * the papers side by side, each once from disk.
 */
const YIELD_EVERY = 100;

/** The columns of all declared fields as arrays, which `packFields` makes bytes of. See `buildFields`. */
export function fieldArrays(
  papers: PaperSequence,
  signal?: AbortSignal,
  fields: readonly Field[] = FIELDS,
): Promise<NamedArrays> {
  return columnArrays(
    fields.flatMap((field) => columnsOf(field)),
    papers,
    {},
    signal,
  );
}

/** The arrays of columns as bytes in parts. */
export function packFields(arrays: NamedArrays): Uint8Array[] {
  return packArrays(KIND, arrays);
}

/**
 * The columns of all declared fields, as bytes in parts that `FieldIndex` reads. The same papers give the same bytes.
 * @param fields declared ones to store. Default: all that are not internal.
 * @param signal aborting rejects with its reason at the next pause.
 */
export async function buildFields(
  papers: PaperSequence,
  signal?: AbortSignal,
  fields: readonly Field[] = FIELDS,
): Promise<Uint8Array[]> {
  return packFields(await fieldArrays(papers, signal, fields));
}

/**
 * Builds the arrays of some columns, reading each paper once. It pauses regularly so that other work can run.
 * @param known arrays of finished columns, which some of these columns need.
 * @throws what reading a paper throws.
 */
export async function columnArrays(
  columns: readonly ColumnDefinition[],
  papers: PaperSequence,
  known: NamedArrays,
  signal?: AbortSignal,
): Promise<NamedArrays> {
  const size = papers.length;
  const writers = columns.map((column) => ({ ...column, writer: column.writer(size) }));
  const readers = writers.filter(({ writer }) => writer.add);
  for (let doc = 0; doc < size && readers.length > 0; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    const paper = papers.at(doc)!;
    for (const { writer } of readers) writer.add!(doc, paper);
  }
  const made: Record<string, NamedArrays[string]> = {};
  // Those that come after none first.
  const sorted = writers.toSorted((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined));
  for (const { writer } of sorted) Object.assign(made, writer.finish({ ...known, ...made }));
  return made;
}
