import { analyzedFields } from '../../indexes/keyword/analyzed-fields.ts';
import type { Segment } from '../../indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../indexes/keyword/bm25/segment-builder.ts';
import type { Paper } from '../../papers/paper.ts';
import { isScheduled } from '../../search/schedule/schedule.ts';
import { suggestFieldsOf } from '../suggest/suggest-fields.ts';
import { contentOf } from './content-sums.ts';
import { corrupt } from './corrupt.ts';
import { type FieldParts, fieldsOfDocument } from './document-fields.ts';
import { linksOfDocument } from './document-links.ts';
import { wordsOfDocument } from './document-words.ts';
import { packSegment, unpackSegment } from './stored-segment.ts';

export { documentId } from './names.ts';

/** What a document has beside the paper. */
export interface DocumentParts extends FieldParts {
  /** Of the model of the corpus, L2-normalised. Absent for papers without any text, which have no vector. */
  readonly vector?: Float32Array | undefined;
  /** What the writer keeps of the source records: any JSON. */
  readonly records: unknown;
}

/** A document of the index: what `indexMapping` maps. */
export type ClusterDocument = Readonly<Record<string, unknown>>;

/** The members of a document that are kept; requests name those they want (`_source: ['paper']`). */
export interface StoredSource {
  readonly paper?: Paper;
  readonly records?: unknown;
  readonly segment?: string;
  readonly vectorBytes?: string;
  readonly numbers?: Readonly<Record<string, number>>;
}

/** The document of a paper. Its id is `documentId` of the paper's. */
export function documentOf(paper: Paper, parts: DocumentParts): ClusterDocument {
  const fields = analyzedFields(paper);
  const builder = new SegmentBuilder();
  builder.add(paper, fields);
  const { vector, records } = parts;
  return {
    paper,
    records,
    segment: packSegment(builder.finish()),
    ...(vector && { vectorBytes: bytesOf(vector).toString('base64') }),
    // A vector of zeros is near to nothing, and Lucene refuses it.
    ...(vector?.some((number) => number !== 0) && { vector: Array.from(vector) }),
    ...wordsOfDocument(paper, fields),
    ...fieldsOfDocument(paper, parts),
    ...linksOfDocument(paper),
    suggest: suggestFieldsOf(paper),
    scheduled: isScheduled(paper),
    content: contentOf(paper),
  };
}

/** The paper of a document, as the writer has it. @param source with `paper`. */
export function paperOf({ paper }: Pick<StoredSource, 'paper'>): Paper {
  if (!paper) throw corrupt('paper');
  return paper;
}

/** The paper of a document as readers see it: with its arrival. @param source with `paper` and `numbers`. */
export function shownPaperOf(source: Pick<StoredSource, 'paper' | 'numbers'>): Paper {
  const { added, changed } = source.numbers ?? {};
  if (added === undefined || changed === undefined) throw corrupt('numbers');
  return {
    ...paperOf(source),
    added: new Date(added).toISOString(),
    changed: new Date(changed).toISOString(),
  };
}

/** A keyword segment of the paper alone. @param source with `segment`. */
export function segmentOf({ segment }: Pick<StoredSource, 'segment'>): Segment {
  if (segment === undefined) throw corrupt('segment');
  try {
    return unpackSegment(segment);
  } catch (cause) {
    throw corrupt('segment', cause);
  }
}

/** The vector of a paper, as it was encoded. @param source with `vectorBytes`. */
export function vectorOf({ vectorBytes }: Pick<StoredSource, 'vectorBytes'>): Float32Array {
  if (vectorBytes === undefined) throw corrupt('vectorBytes');
  const bytes = Buffer.from(vectorBytes, 'base64');
  if (bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0) throw corrupt('vectorBytes');
  const { buffer, byteOffset } = aligned(bytes);
  return new Float32Array(buffer, byteOffset, bytes.length / Float32Array.BYTES_PER_ELEMENT);
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** The same bytes at the beginning of a buffer of their own, as typed arrays over them need. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
