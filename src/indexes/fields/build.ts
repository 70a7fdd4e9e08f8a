import type { Field } from '../../papers/field.ts';
import { FIELDS } from '../../papers/fields.ts';
import type { PaperSequence } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import type { ColumnDefinition } from './column.ts';
import type { ColumnChange } from './column-change.ts';
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

/**
 * The columns of all declared fields after a change, the same as `fieldArrays` returns: papers that are the same are read
 * only for columns that the earlier arrays are not enough for.
 * @param earlier the arrays of the earlier snapshot.
 */
export async function changedFieldArrays(
  papers: PaperSequence,
  earlier: NamedArrays,
  change: ColumnChange,
  signal?: AbortSignal,
): Promise<NamedArrays> {
  const columns = independentFirst(FIELDS.flatMap((field: Field) => columnsOf(field)));
  const made: Record<string, NamedArrays[string]> = {};
  const independent = columns.filter(({ after }) => after === undefined);
  const changed = new Map<ColumnDefinition, NamedArrays>();
  for (const column of independent) {
    await pause(signal);
    const arrays = column.change?.(earlier, change, made);
    if (arrays) changed.set(column, arrays);
  }
  // Each paper is read once, whichever columns need it.
  const others = independent.filter((column) => !changed.has(column));
  const written = await writtenColumns(others, papers, made, signal);
  for (const column of independent) Object.assign(made, changed.get(column) ?? written.get(column));
  for (const column of columns.filter(({ after }) => after !== undefined)) {
    await pause(signal);
    const arrays = column.change?.(earlier, change, made);
    Object.assign(made, arrays ?? (await columnArrays([column], papers, made, signal)));
  }
  return made;
}

/** The arrays of the file of columns. @throws PaperSearchError INDEX_CORRUPT for other bytes. */
export function unpackFields(bytes: Uint8Array): NamedArrays {
  return unpackArrays<NamedArrays>(KIND, bytes);
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
  const written = await writtenColumns(columns, papers, known, signal);
  return Object.assign({}, ...written.values());
}

/** The arrays of each of some columns, in the order in which they are finished; otherwise as `columnArrays`. */
async function writtenColumns(
  columns: readonly ColumnDefinition[],
  papers: PaperSequence,
  known: NamedArrays,
  signal?: AbortSignal,
): Promise<Map<ColumnDefinition, NamedArrays>> {
  const size = papers.length;
  const writers = columns.map((column) => ({ column, after: column.after, writer: column.writer(size) }));
  const readers = writers.filter(({ writer }) => writer.add);
  for (let doc = 0; doc < size && readers.length > 0; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    const paper = papers.at(doc)!;
    for (const { writer } of readers) writer.add!(doc, paper);
  }
  const made: Record<string, NamedArrays[string]> = {};
  const written = new Map<ColumnDefinition, NamedArrays>();
  for (const { column, writer } of independentFirst(writers)) {
    const arrays = writer.finish({ ...known, ...made });
    Object.assign(made, arrays);
    written.set(column, arrays);
  }
  return written;
}

/** Columns in the order in which they are finished: those that come after none first. */
function independentFirst<T extends Pick<ColumnDefinition, 'after'>>(columns: readonly T[]): T[] {
  return columns.toSorted((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined));
}
