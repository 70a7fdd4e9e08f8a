import { gunzipSync } from 'node:zlib';
import { messageOf, PaperSearchError } from '../../../errors.ts';
import { delimiterOf, headingsIn, rowsOf } from '../../../papers/read/delimited/rows.ts';
import { decoderFor, SAMPLE_BYTES } from '../../../papers/read/encoding.ts';
import { detectReader } from '../../../papers/read/formats.ts';
import { normalizeLine } from '../../../papers/read/normalize.ts';
import { type CorpusItem, HEAD_LENGTH, type RawPaper, type Reader } from '../../../papers/read/reader.ts';
import { isZip, readAsreviewProject } from '../asreview/read-project.ts';
import { labelsOfList } from './covidence.ts';
import { identifiersOf } from './identifiers-of.ts';
import { labelsOfJson } from './json.ts';
import { LabelCollector, type LabelFile, type LabelledRecord } from './label-row.ts';
import { labelsInNotes } from './notes.ts';
import { isQrels, labelsOfQrels } from './qrels.ts';
import { labelsOfTable, recordsOfTable } from './table.ts';

/** Bytes that a packed file may have when it is unpacked. */
const MAX_UNPACKED = 512 * 1024 * 1024;

export interface LabelOptions {
  /** The query of a file of judgments (qrels) whose labels are read. Default: its only one. */
  readonly query?: string | undefined;
}

/**
 * Reads the labels of a file: a table (CSV, TSV) with a column of decisions or with Rayyan's notes; RIS, BibTeX and other
 * citations with the notes of Rayyan or ASReview; a list that Covidence exported, by its name; JSON of this project;
 * judgments of a test collection (qrels); an ASReview project. It may be gzipped.
 * @param file its name, for messages and for lists of Covidence.
 * @returns the labels in the order of the file; what could not be read is in `problems`.
 * @throws PaperSearchError BAD_INPUT for a file in none of these formats, or without any decision.
 */
export async function readLabels(
  bytes: Uint8Array,
  file: string,
  { query }: LabelOptions = {},
): Promise<LabelFile> {
  if (isZip(bytes)) return readAsreviewProject(bytes, file, recordsIn);
  const text = textOf(bytes, file);
  const head = text.slice(0, HEAD_LENGTH);
  if (isQrels(head)) return labelsOfQrels(text, file, query);
  if (/^\s*[[{]/.test(head)) return labelsOfJson(text, file);
  const reader = detectReader(head, file);
  if (reader && reader.format !== 'csv') return labelsOfCitations(text, file, reader);
  if ((headingsIn(head)[0]?.length ?? 0) < 2) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `${file} is in no format with labels. Known are tables (CSV, TSV), RIS and BibTeX with notes of Rayyan or ASReview, and qrels.`,
      { details: { file } },
    );
  }
  return labelsOfTable(rowsOf(piecesOf(text), delimiterOf(head)), file);
}

function textOf(bytes: Uint8Array, file: string): string {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED });
    } catch (error) {
      throw new PaperSearchError('BAD_INPUT', `${file} cannot be unpacked: ${messageOf(error)}.`, {
        details: { file },
        cause: error,
      });
    }
  }
  const decoder = decoderFor(plain.subarray(0, SAMPLE_BYTES));
  return (decoder.decode(plain) + decoder.end()).replace(/^\ufeff/, '').replace(/\r+\n|\r/g, '\n');
}

/** Readers take texts in pieces. */
async function* piecesOf(text: string): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += HEAD_LENGTH) yield text.slice(at, at + HEAD_LENGTH);
}

/** The papers of the data file of a project, by row. */
async function recordsIn(bytes: Uint8Array, file: string): Promise<ReadonlyMap<number, LabelledRecord>> {
  const text = textOf(bytes, file);
  const head = text.slice(0, HEAD_LENGTH);
  const reader = detectReader(head, file);
  if (!reader || reader.format === 'csv')
    return recordsOfTable(rowsOf(piecesOf(text), delimiterOf(head)), file);
  const records = new Map<number, LabelledRecord>();
  for await (const item of reader.read({ file, chunks: () => piecesOf(text) }, {})) {
    if (item.kind === 'paper') records.set(item.record - 1, recordOf(item, file));
  }
  return records;
}

function recordOf(
  { paper, line, record }: Extract<CorpusItem, { kind: 'paper' }>,
  file: string,
): LabelledRecord {
  return {
    place: { file, line, record },
    identifiers: identifiersOf(paper.externalIds ?? {}, paper.id),
    title: normalizeLine(paper.title),
  };
}

async function labelsOfCitations(text: string, file: string, reader: Reader): Promise<LabelFile> {
  const labels = new LabelCollector();
  let isLabelled = false;
  for await (const item of reader.read({ file, chunks: () => piecesOf(text) }, {})) {
    if (item.kind === 'rejected') {
      const { line, record = line ?? 0, reason } = item.notice;
      labels.reject({ file, line, record }, reason);
    }
    if (item.kind !== 'paper') continue;
    const notes = notesOf(item.paper);
    const found = labelsInNotes(notes) ?? labelsOfList(file, notes);
    isLabelled ||= found !== undefined;
    labels.add(recordOf(item, file), found ?? []);
  }
  if (!isLabelled) {
    throw new PaperSearchError(
      'BAD_INPUT',
      `${file} (${reader.format}) has no decisions: no record has a note of Rayyan (RAYYAN-INCLUSION) or ASReview (ASReview_relevant).`,
      { details: { file, format: reader.format } },
    );
  }
  return labels.finish();
}

function notesOf({ publication }: RawPaper): string {
  return [publication?.note ?? '', ...Object.values(publication?.other ?? {})].join('\n\n');
}
