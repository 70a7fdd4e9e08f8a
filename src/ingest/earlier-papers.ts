import type { DocumentIndex } from '../indexes/store/document-index.ts';
import type { StoredRecordFacts } from '../indexes/store/record-facts.ts';
import type { PaperIds } from './identity/paper-ids.ts';

const NO_ALIASES: readonly string[] = [];

/** A paper of the previous snapshot. */
export interface EarlierPaper extends PaperIds {
  /** How many records made it. */
  readonly records: number;
}

/** The papers of the previous snapshot, by position. */
export interface EarlierPapers {
  readonly length: number;
  /** @param doc from 0 to `length` - 1. */
  at(doc: number): EarlierPaper | undefined;
}

/** The papers of a snapshot, of which an object is made at each reading. */
export class StoredPapers implements EarlierPapers {
  /** The other ids of the papers that have any, by position. */
  readonly aliases: ReadonlyMap<number, readonly string[]>;
  readonly #documents: DocumentIndex;
  readonly #facts: StoredRecordFacts;

  constructor(documents: DocumentIndex, facts: StoredRecordFacts) {
    this.aliases = documents.aliases();
    this.#documents = documents;
    this.#facts = facts;
  }

  get length(): number {
    return this.#documents.size;
  }

  at(doc: number): EarlierPaper {
    const { count } = this.#facts.extentOf(doc);
    return { id: this.idOf(doc), aliases: this.aliases.get(doc) ?? NO_ALIASES, records: count };
  }

  idOf(doc: number): string {
    return this.#documents.idOf(doc);
  }

  /** How many papers have an id before this one. */
  countBefore(id: string): number {
    return this.#documents.countBefore(id);
  }
}
