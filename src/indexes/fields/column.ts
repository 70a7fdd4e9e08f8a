import type { Paper } from '../../papers/paper.ts';
import type { NamedArrays } from '../binary/arrays.ts';
import type { ColumnChange } from './column-change.ts';

/** Collects what a column stores of each paper, one paper after another. */
export interface ColumnWriter {
  /** @param doc position of the paper: 0, then 1 and so on. Absent where it needs other columns alone. */
  add?(doc: number, paper: Paper): void;
  /** The arrays of the column. @param done those of all columns that come before it. */
  finish(done: NamedArrays): NamedArrays;
}

/** What the index stores of a field, in arrays that are named after the field. */
export interface ColumnDefinition<Column = unknown> {
  /** Unique among all columns. */
  readonly key: string;
  /** Names of its arrays in a snapshot: to change one is to change the format. */
  readonly arrays: readonly string[];
  /** The key of another column that `finish` reads. */
  readonly after?: string | undefined;
  /** The arrays where a snapshot has none. Default: they are built from the papers. */
  readonly whenMissing?: (size: number) => NamedArrays;
  /** @param size number of papers. */
  readonly writer: (size: number) => ColumnWriter;
  /**
   * The arrays after a change, the same as those of a writer. Where a column has a writer that reads papers, and no such
   * function, a change writes it again.
   * @param earlier those before it. @param done those of all columns that come before this one, after the change.
   * @returns undefined where the earlier arrays are not enough.
   */
  readonly change?: (
    earlier: NamedArrays,
    change: ColumnChange,
    done: NamedArrays,
  ) => NamedArrays | undefined;
  /** The column over its arrays; undefined when they do not fit together. */
  readonly read: (arrays: NamedArrays, size: number) => Column | undefined;
}
