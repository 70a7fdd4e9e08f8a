import type { FlagsField } from '../../papers/field.ts';
import type { ColumnDefinition } from './column.ts';

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
  return {
    key: name,
    arrays: ['flags'],
    writer: (size) => {
      const bits = new Uint8Array(size);
      return {
        add: (doc, paper) => {
          bits[doc] = names.reduce((sum, flag, bit) => sum | (flags[flag]!(paper) ? 1 << bit : 0), 0);
        },
        finish: () => ({ flags: bits }),
      };
    },
    read: ({ flags: bits }, size) =>
      bits instanceof Uint8Array && bits.length === size ? new FlagColumn(bits, names) : undefined,
  };
}
