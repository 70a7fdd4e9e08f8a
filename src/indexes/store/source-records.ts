import type { Paper } from '../../papers/paper.ts';
import type { ArtifactFile } from './artifact.ts';
import { corrupt } from './corrupt.ts';
import type { DocumentIndex } from './document-index.ts';
import { type PaperRecords, parseRecord } from './paper-records.ts';

/**
 * The records of each paper by source, stored so that a source can be removed again. A paper that is equal to its only
 * record is stored once; the records of the others are in a separate file.
 */
export class SourceRecords {
  readonly #papers: PaperRecords;
  readonly #file: ArtifactFile | undefined;
  readonly #index: DocumentIndex;
  /** The number of each document's first record. */
  readonly #firsts: Uint32Array;

  /** @param file undefined in a snapshot that was written before there were such records. */
  constructor(papers: PaperRecords, file: ArtifactFile | undefined, index: DocumentIndex) {
    this.#papers = papers;
    this.#file = file;
    this.#index = index;
    let first = 0;
    this.#firsts = index.sourceCounts.map((count) => {
      first += count;
      return first - count;
    });
  }

  /** Whether a paper is equal to its only record. */
  isRecord(doc: number): boolean {
    return this.#index.sourceCounts[doc] === 0;
  }

  /**
   * The records that make a paper, the one that counts most first.
   * @param doc position of the paper. @throws PaperSearchError INDEX_CORRUPT when one is damaged.
   */
  read(doc: number): Paper[] {
    const count = this.#index.sourceCounts[doc]!;
    if (count === 0) return [this.#papers.read(doc)];
    return Array.from({ length: count }, (_, n) => this.#record(this.#firsts[doc]! + n));
  }

  /** The number of the first record of a paper among all, and how many of them are kept. */
  extentOf(doc: number): { readonly first: number; readonly count: number } {
    return { first: this.#firsts[doc]!, count: this.#index.sourceCounts[doc]! };
  }

  /**
   * The line of a record, as it is in the file.
   * @param number of the record among all. @throws PaperSearchError INDEX_CORRUPT when it is damaged.
   */
  readLine(number: number): Uint8Array {
    return this.#bytes(number);
  }

  #record(number: number): Paper {
    return parseRecord(this.#bytes(number), this.#file!.path);
  }

  #bytes(number: number): Buffer {
    const extent = this.#index.source(number);
    if (!this.#file || !extent) throw corrupt('sources.jsonl', 'it lacks records that the index names');
    const bytes = Buffer.allocUnsafe(extent.bytes);
    this.#file.readAt(extent.start, bytes);
    if (this.#index.isSource(number, bytes)) return bytes;
    throw corrupt(this.#file.path, `record ${number + 1} does not match its checksum`);
  }
}
