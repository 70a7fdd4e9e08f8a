import type { FlagsField } from '../../papers/field.ts';
import type { Paper } from '../../papers/paper.ts';
import type { ColumnDefinition } from './column.ts';
import { moved } from './column-change.ts';

/** What each paper has: a byte a paper, a bit for each flag. */
export class FlagColumn {
  readonly #bits: Uint8Array;
  readonly #flags: readonly string[];

  constructor(bits: Uint8Array, flags: readonly string[]) {
    this.#bits = bits;
    this.#flags = flags;
  }

  /** @param flag one of the field's. */
  has(doc: number, flag: string): boolean {
    return (this.#bits[doc]! & (1 << this.#flags.indexOf(flag))) !== 0;
  }
}

/** The column of a field of flags. */
export function flagColumn({ name, flags }: FlagsField): ColumnDefinition<FlagColumn> {
  const names = Object.keys(flags);
  const bitsOf = (paper: Paper) =>
    names.reduce((sum, flag, bit) => sum | (flags[flag]!(paper) ? 1 << bit : 0), 0);
  return {
    key: name,
    arrays: ['flags'],
    writer: (size) => {
      const bits = new Uint8Array(size);
      return {
        add: (doc, paper) => {
          bits[doc] = bitsOf(paper);
        },
        finish: () => ({ flags: bits }),
      };
    },
    change: ({ flags: bits }, change) => {
      if (!(bits instanceof Uint8Array)) return undefined;
      const changed = moved(bits, new Uint8Array(change.size), change);
      for (const { doc, paper } of change.fresh) changed[doc] = bitsOf(paper);
      return { flags: changed };
    },
    read: ({ flags: bits }, size) =>
      bits instanceof Uint8Array && bits.length === size ? new FlagColumn(bits, names) : undefined,
  };
}
