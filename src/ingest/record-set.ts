import { createHash } from 'node:crypto';
import { STDIN } from '../corpus/files.ts';
import type { Notice } from '../corpus/reader.ts';
import type { Paper } from '../types.ts';
import { agreementOf } from './identity/agreement.ts';
import { keysOf, type RecordKeys } from './identity/record-keys.ts';

/** What became of a record that was read; whether a new one is of a paper that is there shows when all are read. */
export type RecordOutcome = 'new' | 'updated' | 'unchanged' | 'duplicate' | 'rejected';

/** A record of one source. */
export interface SourceRecord {
  readonly keys: RecordKeys;
  /** The record as its source has it, with the id that it has there. */
  readonly paper: Paper;
  /** Digest of what it says, wherever it stands. */
  readonly digest: string;
  /** Position in the snapshot before of the paper that it made; -1 for none. */
  readonly earlierDoc: number;
  /** Line at which this ingest read it. */
  readonly line: number | undefined;
  /** What this ingest made of it: `kept` as it was, or of the same content at another place (`moved`). */
  readonly state: 'kept' | 'moved' | 'updated' | 'new';
}

/** Records of one file under one id: more would make reading slow. */
const MOST_OF_ONE_ID = 1000;

/**
 * The records of all sources while an ingest adds to them. A record is known again by its file and the id it has
 * there; what came from standard input, where two inputs have nothing in common but the name, by its title too.
 */
export class RecordSet {
  readonly #records = new Set<Mutable>();
  readonly #bySlot = new Map<string, Mutable[]>();

  get size(): number {
    return this.#records.size;
  }

  /** The records, in no particular order. */
  [Symbol.iterator](): Iterator<SourceRecord> {
    return this.#records.values();
  }

  /** Takes in a record of the snapshot before. @param earlierDoc position of the paper that it made. */
  keep(paper: Paper, earlierDoc: number): void {
    const keys = keysOf(paper);
    this.#put({ keys, paper, digest: digestOf(paper), earlierDoc, line: undefined, state: 'kept' });
  }

  /**
   * Takes in a record that was read: a new one, or another version of one that is there.
   * @param line where it stands. @returns what became of it; `rejected` comes with the reason.
   */
  add(paper: Paper, line: number): { readonly outcome: RecordOutcome; readonly notice?: Notice } {
    const keys = keysOf(paper);
    const digest = digestOf(paper);
    const known = this.#bySlot.get(slotOf(paper, keys)) ?? [];
    const read = known.filter((record) => record.line !== undefined);
    const waiting = known.filter((record) => record.line === undefined);
    if (read.some((record) => record.digest === digest)) return { outcome: 'duplicate' };
    const same = waiting.find((record) => record.digest === digest);
    if (same) {
      const { file, format, record } = same.paper.source;
      const stays =
        file === paper.source.file && format === paper.source.format && record === paper.source.record;
      Object.assign(same, { line, ...(!stays && { paper, state: 'moved' as const }) });
      return { outcome: 'unchanged' };
    }
    const other = keys.isGiven
      ? read.find((record) => agreementOf(record.keys, keys) === undefined)
      : undefined;
    const reason = other
      ? `Another record of this file, at line ${other.line}, has the same id "${paper.id}"; that one is kept.`
      : read.length >= MOST_OF_ONE_ID
        ? `More than ${MOST_OF_ONE_ID} records of this file have the id "${paper.id}"; the first are kept.`
        : undefined;
    if (reason)
      return { outcome: 'rejected', notice: { file: paper.source.file, line, field: 'id', reason } };
    const [replaced] = waiting;
    if (replaced) {
      Object.assign(replaced, { keys, paper, digest, line, state: 'updated' });
      return { outcome: 'updated' };
    }
    this.#put({ keys, paper, digest, earlierDoc: -1, line, state: 'new' });
    return { outcome: 'new' };
  }

  /** Takes records out. @returns how many. */
  remove(isUnwanted: (record: SourceRecord) => boolean): number {
    const unwanted = [...this.#records].filter(isUnwanted);
    for (const record of unwanted) {
      this.#records.delete(record);
      const slot = slotOf(record.paper, record.keys);
      const left = this.#bySlot.get(slot)!.filter((other) => other !== record);
      this.#bySlot.set(slot, left);
    }
    return unwanted.length;
  }

  #put(record: Mutable): void {
    this.#records.add(record);
    const slot = slotOf(record.paper, record.keys);
    const known = this.#bySlot.get(slot);
    if (known) known.push(record);
    else this.#bySlot.set(slot, [record]);
  }
}

type Mutable = { -readonly [K in keyof SourceRecord]: SourceRecord[K] };

function slotOf({ id, source }: Paper, { title }: RecordKeys): string {
  return source.file === STDIN ? `${STDIN}\n${id}\n${title}` : `${source.file}\n${id}`;
}

/** Digest of what a record says, in the form a snapshot keeps it (without absent fields). */
function digestOf({ source: _, ...content }: Paper): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64').slice(0, 22);
}
