import type { IdentifierField } from '../../papers/field.ts';
import { areBelow, isAscending } from '../binary/numbers.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';
import type { ColumnDefinition } from './column.ts';

/** Keys of identifiers in order, and the paper of each. */
export class IdentifierColumn {
  readonly #keys: PackedTexts;
  readonly #docs: Uint32Array;
  readonly #lookUp: IdentifierField['lookUp'];

  constructor(keys: PackedTexts, docs: Uint32Array, lookUp: IdentifierField['lookUp']) {
    this.#keys = keys;
    this.#docs = docs;
    this.#lookUp = lookUp;
  }

  /** The papers with an identifier, ascending. Of the keys that it may have, the first that a paper has counts. */
  documentsWith(identifier: string): number[] {
    for (const key of this.#lookUp(identifier)) {
      const found = this.#documentsWithKey(key);
      if (found.length > 0) return found;
    }
    return [];
  }

  #documentsWithKey(key: string): number[] {
    const found: number[] = [];
    for (let i = this.#keys.lowerBound(key); i < this.#keys.size && this.#keys.at(i) === key; i++) {
      found.push(this.#docs[i]!);
    }
    return found;
  }
}

/** The column of a field of identifiers. */
export function identifierColumn({
  name,
  keysOf,
  lookUp,
}: IdentifierField): ColumnDefinition<IdentifierColumn> {
  const [bytesName, endsName, docsName] = [`${name}Bytes`, `${name}Ends`, `${name}Docs`];
  return {
    key: name,
    arrays: [bytesName, endsName, docsName],
    writer: () => {
      const entries: { readonly key: string; readonly doc: number }[] = [];
      return {
        add: (doc, paper) => {
          for (const key of keysOf(paper)) entries.push({ key, doc });
        },
        finish: () => {
          entries.sort((a, b) => (a.key === b.key ? a.doc - b.doc : a.key < b.key ? -1 : 1));
          const { bytes, ends } = packTexts(entries.map(({ key }) => key));
          return {
            [bytesName]: bytes,
            [endsName]: ends,
            [docsName]: Uint32Array.from(entries, ({ doc }) => doc),
          };
        },
      };
    },
    read: ({ [bytesName]: bytes, [endsName]: ends, [docsName]: docs }, size) => {
      if (!(bytes instanceof Uint8Array && ends instanceof Uint32Array && docs instanceof Uint32Array)) {
        return undefined;
      }
      const fits =
        (ends.at(-1) ?? 0) === bytes.length &&
        isAscending(ends, bytes.length) &&
        docs.length === ends.length &&
        areBelow(docs, size);
      return fits ? new IdentifierColumn(new PackedTexts({ bytes, ends }), docs, lookUp) : undefined;
    },
  };
}
