import type { PaperSearchError } from '../../errors.ts';
import { namesOfDisplay } from '../../papers/names.ts';
import type { Paper } from '../../papers/paper.ts';
import { sumOf } from '../binary/numbers.ts';
import type { ArtifactFile } from './artifact.ts';
import { corrupt } from './corrupt.ts';
import type { DocumentIndex } from './document-index.ts';

/**
 * A record as it was written. One from before names had parts gets them from its authors as they are shown.
 * @param file that it is from. @throws PaperSearchError INDEX_CORRUPT for no JSON.
 */
export function parseRecord(record: Buffer, file: string): Paper {
  try {
    const paper: Omit<Paper, 'authorNames'> & Partial<Paper> = JSON.parse(record.toString());
    return { ...paper, authorNames: paper.authorNames ?? namesOfDisplay(paper.authors) };
  } catch (cause) {
    throw corrupt(file, 'it has a record that is not JSON', cause as Error);
  }
}

/** The papers of a snapshot. Their text stays on disk and is read for those that are shown. */
export class PaperRecords {
  readonly #file: ArtifactFile;
  readonly #later: ArtifactFile | undefined;
  readonly #index: DocumentIndex;

  /**
   * @param later the file of the papers that are not in the main one: see `Placement`.
   * @throws PaperSearchError INDEX_CORRUPT for files that have other records than the index names.
   */
  constructor(file: ArtifactFile, later: ArtifactFile | undefined, index: DocumentIndex) {
    const { records, laterRecords } = index.totalBytes;
    if (records !== file.bytes || laterRecords !== (later?.bytes ?? 0))
      throw corrupt(file.path, 'it has other records than the index names');
    this.#file = file;
    this.#later = later;
    this.#index = index;
  }

  get size(): number {
    return this.#index.size;
  }

  /** The position of the paper with an id; -1 when there is none. */
  find(id: string): number {
    return this.#index.find(id);
  }

  /** @param doc position of the paper. @throws PaperSearchError INDEX_CORRUPT when its record is damaged. */
  read(doc: number): Paper {
    const { start, bytes, isLater } = this.#index.record(doc);
    const file = this.#fileOf(isLater);
    const record = Buffer.allocUnsafe(bytes);
    file.readAt(start, record);
    if (this.#index.isRecord(doc, record)) return parseRecord(record, file.path);
    throw this.#damaged(file, doc);
  }

  /** Where the records are, and what else the snapshot says of its documents. */
  get documents(): DocumentIndex {
    return this.#index;
  }

  /**
   * The lines of papers that follow one another, as they are in the files.
   * @param from position of the first. @param count how many. @throws PaperSearchError INDEX_CORRUPT when one is damaged.
   */
  readLines(from: number, count: number): Uint8Array {
    const { recordBytes } = this.#index.arrays;
    const lines = Buffer.allocUnsafe(sumOf(recordBytes.subarray(from, from + count)));
    let at = 0;
    for (let doc = from; doc < from + count; ) {
      const { start, isLater } = this.#index.record(doc);
      const end = doc + this.#index.places.runFrom(doc, from + count - doc);
      const file = this.#fileOf(isLater);
      file.readAt(start, lines.subarray(at, at + sumOf(recordBytes.subarray(doc, end))));
      for (; doc < end; doc++) {
        const next = at + recordBytes[doc]!;
        if (!this.#index.isRecord(doc, lines.subarray(at, next))) throw this.#damaged(file, doc);
        at = next;
      }
    }
    return lines;
  }

  /** All papers, in order. */
  *[Symbol.iterator](): Generator<Paper> {
    for (let doc = 0; doc < this.size; doc++) yield this.read(doc);
  }

  #fileOf(isLater: boolean): ArtifactFile {
    return isLater ? this.#later! : this.#file;
  }

  #damaged(file: ArtifactFile, doc: number): PaperSearchError {
    return corrupt(file.path, `the record of paper ${doc + 1} does not match its checksum`);
  }
}
