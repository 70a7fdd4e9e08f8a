import type { CorpusItem, UnreadKind } from './reader.ts';

/** Names that are counted; a file whose records all have other members has no end of them. */
const MAX_NAMES = 1000;

/** Counts what records have and a reader does not read, so that the report can name it. */
export class Unread {
  readonly #what: UnreadKind;
  readonly #counts = new Map<string, number>();

  constructor(what: UnreadKind) {
    this.#what = what;
  }

  /** Notes that a record has a value under a name that is not read. */
  add(name: string): void {
    const count = this.#counts.get(name);
    if (count !== undefined || this.#counts.size < MAX_NAMES) this.#counts.set(name, (count ?? 0) + 1);
  }

  /** What a reader yields at the end of a file: nothing when everything was read. */
  items(file: string): CorpusItem[] {
    if (this.#counts.size === 0) return [];
    const names = [...this.#counts].map(([name, records]) => ({ name, records }));
    names.sort((a, b) => b.records - a.records);
    return [{ kind: 'unread', unread: { file, what: this.#what, names } }];
  }
}
