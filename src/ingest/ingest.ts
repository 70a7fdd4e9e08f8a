import { listFiles } from '../corpus/files.ts';
import type { Notice } from '../corpus/reader.ts';
import { PaperSearchError } from '../errors.ts';
import { type Reading, type ReadingOptions, readRecords } from './read-records.ts';
import type { RecordOutcome, RecordSet } from './record-set.ts';
import type { IngestReport } from './report.ts';
import { type Update, type UpdateOptions, updateIndex } from './update-index.ts';

export interface IngestOptions extends UpdateOptions, ReadingOptions {}

/**
 * Reads papers from files, folders or standard input (`-`) into an index. Records of one paper, in whatever files
 * they stand, become one (`keepDuplicates` leaves them apart). The current snapshot stays in use until the new one is
 * whole.
 * @throws PaperSearchError NO_INPUT, BAD_INPUT, BAD_REQUEST, INDEX_LOCKED, INDEX_UNWRITABLE, INDEX_INCOMPATIBLE,
 *   INDEX_CORRUPT, MODEL_UNAVAILABLE or ENCODER_FAILED; the signal's reason when it aborts. A record that cannot be
 *   read is no error but part of the report.
 */
export async function ingest(paths: readonly string[], options: IngestOptions = {}): Promise<IngestReport> {
  const started = performance.now();
  const files = await listFiles(paths);
  const update = await updateIndex(options, async (records, signal) => {
    const outcomes: Record<RecordOutcome, number> = {
      new: 0,
      updated: 0,
      unchanged: 0,
      duplicate: 0,
      rejected: 0,
    };
    let done = 0;
    const reading = await readRecords(files, { ...options, signal }, (paper, line) => {
      const { outcome, notice } = records.add(paper, line);
      outcomes[outcome]++;
      options.onProgress?.({ stage: 'reading', done: ++done });
      return notice;
    });
    expectPapers(records, paths, reading.rejected);
    return { reading, outcomes };
  });
  return reportOf(update, started);
}

/** An ingest that finds nothing at all was called for something else. */
function expectPapers(records: RecordSet, paths: readonly string[], rejected: readonly Notice[]): void {
  if (records.size > 0) return;
  const message = `No papers were found in ${paths.map((path) => `"${path}"`).join(', ')}.`;
  throw new PaperSearchError('NO_INPUT', message, { details: { paths, rejected } });
}

function reportOf(
  {
    index,
    snapshot,
    assembled,
    encoded,
    result,
  }: Update<{
    readonly reading: Reading;
    readonly outcomes: Readonly<Record<RecordOutcome, number>>;
  }>,
  started: number,
): IngestReport {
  const { papers, added, merged, several } = assembled;
  const { reading, outcomes } = result;
  const { updated, unchanged } = outcomes;
  const duplicate = outcomes.duplicate + merged;
  return {
    index,
    snapshot,
    papers: papers.length,
    withoutAbstract: papers.filter(({ abstract }) => abstract === '').length,
    ofSeveralSources: several,
    read: added + updated + unchanged + duplicate + reading.rejected.length,
    added,
    updated,
    unchanged,
    duplicate,
    ...reading,
    encoded,
    tookMs: Math.round(performance.now() - started),
  };
}
