import type { ArtifactWriter } from './artifact-writer.ts';
import type { DocumentIndexBuilder } from './document-index.ts';
import type { Artifact } from './manifest.ts';
import type { PaperRecords } from './paper-records.ts';
import type { Placement } from './placement.ts';
import type { SourceRecords } from './source-records.ts';
import type { VectorRows } from './vector-rows.ts';

/** Papers of a new snapshot that an earlier one has as they are, with the same records. */
export interface KeptPapers {
  readonly papers: PaperRecords;
  readonly sources: SourceRecords;
  /** The folder of the earlier snapshot, and what its files are. */
  readonly folder: string;
  readonly artifacts: Readonly<Record<string, Artifact>>;
  /** Position in the earlier snapshot of each paper of the new one, ascending; -1 for the others. */
  readonly positions: Int32Array;
  /** Papers of the new snapshot without an abstract. */
  readonly withoutAbstract: number;
}

/** Vectors of a new snapshot that an earlier one has. */
export interface KeptVectors {
  readonly rows: VectorRows;
  /** Position in the earlier snapshot of the vector of a document; -1 where it is not there. */
  readonly rowOf: (doc: number) => number;
}

/** A document that is written, or several that are copied. */
interface Run {
  /** The first in the new snapshot, and how many there are. */
  readonly doc: number;
  readonly count: number;
  /** Position of the first in the earlier snapshot; -1 for a single new one. */
  readonly from: number;
}

/**
 * The documents of a snapshot in order, those together that follow one another in an earlier one, too.
 * @param size how many there are. @param before the earlier position of each; -1 for a new one. @param most documents of a run.
 * @param isApart a run ends where this changes. Default: nowhere.
 */
export function* runsOf(
  size: number,
  before: (doc: number) => number,
  most: number,
  isApart: (doc: number) => boolean = () => false,
): Generator<Run> {
  for (let doc = 0; doc < size; ) {
    const from = before(doc);
    let count = 1;
    if (from >= 0) {
      const end = Math.min(most, size - doc);
      const own = isApart(doc);
      while (count < end && before(doc + count) === from + count && isApart(doc + count) === own) count++;
    }
    yield { doc, count, from };
    doc += count;
  }
}

/**
 * Copies papers that follow one another in an earlier snapshot; their aliases are added by `DocumentIndexBuilder.addAliases`.
 * @param lines undefined where the lines stay in the file that they are in.
 * @throws PaperSearchError INDEX_CORRUPT when a record is damaged.
 */
export async function copyPapers(
  { papers, sources }: KeptPapers,
  from: number,
  count: number,
  lines: ArtifactWriter | undefined,
  sourceLines: ArtifactWriter,
  documents: DocumentIndexBuilder,
): Promise<void> {
  const { first } = sources.extentOf(from);
  const last = sources.extentOf(from + count - 1);
  documents.addKept(papers.documents, from, count, first);
  if (lines) await lines.write(papers.readLines(from, count));
  for (let n = first; n < last.first + last.count; n++) await sourceLines.write(sources.readLine(n));
}

/** The new position of each document of an earlier snapshot; -1 for one that is not kept. */
export function placesAfter(positions: Int32Array, size: number): Int32Array {
  const places = new Int32Array(size).fill(-1);
  positions.forEach((position, doc) => {
    if (position >= 0) places[position] = doc;
  });
  return places;
}

/**
 * Where the records and vectors of a new snapshot are if the main files of the earlier one can stay as they are; undefined
 * where all of them are to be written.
 * @param size papers of the new snapshot. @param from see `Places.after`.
 */
export function placementAfter(
  { papers, positions }: KeptPapers,
  { rowOf }: KeptVectors,
  size: number,
  from: number,
): Placement | undefined {
  const stays = (doc: number) => (rowOf(doc) === positions[doc] ? positions[doc]! : -1);
  return papers.documents.places.after(size, stays, from);
}
