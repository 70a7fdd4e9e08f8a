import type { IdentifierField } from '../../papers/field.ts';
import { Growable } from '../binary/growable.ts';
import { areBelow, isAscending } from '../binary/numbers.ts';
import { PackedTexts, packTexts, type TextArrays } from '../binary/packed-texts.ts';
import { TextWriter } from '../binary/text-writer.ts';
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

/** An identifier of a paper. */
interface Entry {
  readonly key: string;
  readonly doc: number;
}

interface EntryArrays extends TextArrays {
  readonly docs: Uint32Array;
}

function compareEntries(a: Entry, b: Entry): number {
  return a.key === b.key ? a.doc - b.doc : a.key < b.key ? -1 : 1;
}

/** Entries without those of papers that are gone, with fresh ones between them. @param fresh in order. */
function changedEntries(earlier: EntryArrays, fresh: readonly Entry[], places: Int32Array): EntryArrays {
  const keys = new PackedTexts(earlier);
  const texts = new TextWriter();
  const docs = new Growable(Uint32Array);
  let from = 0;
  const take = (end: number) => {
    for (; from < end; from++) {
      const place = places[earlier.docs[from]!]!;
      if (place < 0) continue;
      texts.append(earlier, from, from + 1);
      docs.push(place);
    }
  };
  for (const { key, doc } of fresh) {
    let at = Math.max(from, keys.lowerBound(key));
    while (at < keys.size && keys.at(at) === key && places[earlier.docs[at]!]! < doc) at++;
    take(at);
    texts.push(key);
    docs.push(doc);
  }
  take(keys.size);
  return { ...texts.trimmed(), docs: docs.trimmed() };
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
      const entries: Entry[] = [];
      return {
        add: (doc, paper) => {
          for (const key of keysOf(paper)) entries.push({ key, doc });
        },
        finish: () => {
          entries.sort(compareEntries);
          const { bytes, ends } = packTexts(entries.map(({ key }) => key));
          return {
            [bytesName]: bytes,
            [endsName]: ends,
            [docsName]: Uint32Array.from(entries, ({ doc }) => doc),
          };
        },
      };
    },
    change: ({ [bytesName]: bytes, [endsName]: ends, [docsName]: docs }, change) => {
      if (!(bytes instanceof Uint8Array && ends instanceof Uint32Array && docs instanceof Uint32Array)) {
        return undefined;
      }
      const fresh = change.fresh.flatMap(({ doc, paper }) =>
        [...keysOf(paper)].map((key): Entry => ({ key, doc })),
      );
      const changed = changedEntries({ bytes, ends, docs }, fresh.sort(compareEntries), change.places);
      return { [bytesName]: changed.bytes, [endsName]: changed.ends, [docsName]: changed.docs };
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
