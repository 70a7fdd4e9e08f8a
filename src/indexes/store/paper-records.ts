import { namesOfDisplay } from '../../papers/names.ts';
import type { Paper } from '../../papers/paper.ts';
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
  readonly #index: DocumentIndex;

  constructor(file: ArtifactFile, index: DocumentIndex) {
    this.#file = file;
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
    const { start, bytes } = this.#index.record(doc);
    const record = Buffer.allocUnsafe(bytes);
    this.#file.readAt(start, record);
    if (this.#index.isRecord(doc, record)) return parseRecord(record, this.#file.path);
    throw corrupt(this.#file.path, `the record of paper ${doc + 1} does not match its checksum`);
  }

  /** Where the records are, and what else the snapshot says of its documents. */
  get documents(): DocumentIndex {
    return this.#index;
  }

  /**
   * The lines of papers that follow one another, as they are in the file.
   * @param from position of the first. @param count how many. @throws PaperSearchError INDEX_CORRUPT when one is damaged.
   */
  readLines(from: number, count: number): Uint8Array {
    const { start } = this.#index.record(from);
    const last = this.#index.record(from + count - 1);
    const lines = Buffer.allocUnsafe(last.start + last.bytes - start);
    this.#file.readAt(start, lines);
    for (let doc = from; doc < from + count; doc++) {
      const { start: at, bytes } = this.#index.record(doc);
      if (!this.#index.isRecord(doc, lines.subarray(at - start, at - start + bytes)))
        throw corrupt(this.#file.path, `the record of paper ${doc + 1} does not match its checksum`);
    }
    return lines;
  }

  /** All papers, in order. */
  *[Symbol.iterator](): Generator<Paper> {
    for (let doc = 0; doc < this.size; doc++) yield this.read(doc);
  }
}
