import { PaperSearchError } from '../errors.ts';
import { listFiles, STDIN } from '../papers/read/files.ts';
import { placeText } from '../papers/read/place.ts';
import type { Notice } from '../papers/read/reader.ts';
import { realPathOf } from '../papers/read/real-path.ts';
import { mergesOf } from './merges.ts';
import { type Reading, type ReadingOptions, readRecords } from './read-records.ts';
import type { RecordOutcome, RecordSet } from './record-set.ts';
import type { FullReport, IngestReport } from './report.ts';
import { isWithin } from './source-files.ts';
import type { SourcePaths } from './source-paths.ts';
import { type Update, updateIndex } from './update-index.ts';
import type { UpdateOptions } from './update-options.ts';

export interface IngestOptions extends UpdateOptions, ReadingOptions {
  /**
   * Remove records that are no longer in these files, and the records of files that are no longer in these folders. A
   * file keeps all of its records if some of them, or its folder, cannot be read. Default false.
   */
  readonly replaceSource?: boolean | undefined;
  /** List what was merged in the report, each merge with its reason. Default false. */
  readonly listMerges?: boolean | undefined;
}

/**
 * Reads papers from files, folders or standard input (`-`) into an index. Records of one paper are merged, even from
 * different files (`keepDuplicates` keeps them separate). The current snapshot stays in use until the new one is
 * complete, or, where encoding takes long, until its papers can be searched by words: see `waitForVectors`.
 * @throws PaperSearchError NO_INPUT, BAD_INPUT, BAD_REQUEST, INDEX_LOCKED, INDEX_UNWRITABLE, INDEX_INCOMPATIBLE,
 *   INDEX_CORRUPT, MODEL_UNAVAILABLE or ENCODER_FAILED; the signal's reason when it aborts. A record that cannot be
 *   read does not throw; the report lists it.
 */
export async function ingest(paths: readonly string[], options: IngestOptions = {}): Promise<FullReport> {
  const started = performance.now();
  const files = await listFiles(paths);
  const update = await updateIndex(options, async (records, { sources, early, signal }) => {
    const names = new Map<string, string>();
    for (const { file } of files) names.set(file, await sources.nameOf(file));
    const outcomes: Record<RecordOutcome, number> = {
      new: 0,
      updated: 0,
      unchanged: 0,
      duplicate: 0,
      rejected: 0,
    };
    let done = 0;
    const reading = await readRecords(files, { ...options, signal }, (paper, line) => {
      const { file } = paper.source;
      const source = { ...paper.source, file: names.get(file) ?? file };
      const { outcome, place, notice } = records.add({ ...paper, source }, line);
      outcomes[outcome]++;
      options.onProgress?.({ stage: 'reading', done: ++done });
      return place ? early?.add(paper, place) : notice;
    });
    const removed = options.replaceSource ? await removeMissing(records, paths, sources, reading) : 0;
    const marked = records.mark(reading.statuses);
    expectPapers(records, paths, reading.rejected);
    return { reading, outcomes, removed, marked };
  });
  const report = reportOf(update, started);
  if (!options.listMerges) return report;
  return { ...report, merges: mergesOf(update.assembled.groups.others, update.decisions) };
}

/**
 * Removes records that were not read again. An unreadable record may be one of those that seem to be missing, so a file
 * with an unreadable record keeps all of its records, with a warning. So do the files of a folder that could not be
 * listed.
 * @returns how many records were removed.
 */
async function removeMissing(
  records: RecordSet,
  paths: readonly string[],
  sources: SourcePaths,
  { rejected, skipped, warnings }: Reading,
): Promise<number> {
  const meant = new Set<string>();
  for (const path of paths) for (const name of await sources.namesIn(path)) meant.add(name);
  const doubtful = new Set<string>();
  for (const { file } of [...rejected, ...skipped]) {
    doubtful.add(file === STDIN ? STDIN : await realPathOf(file));
  }
  const kept = new Map<string, number>();
  const removed = records.remove(({ line, keys: { file } }) => {
    if (line !== undefined) return false;
    if (!meant.has(file)) return false;
    const isDoubtful = isWithin(doubtful, sources.pathOf(file));
    if (isDoubtful) kept.set(file, (kept.get(file) ?? 0) + 1);
    return !isDoubtful;
  });
  for (const [file, count] of kept) {
    const reason = `${count} of its records were not read this time. They stay in the index, since not all of the file could be read; "paper-search remove --source" takes them out.`;
    warnings.push({ file, reason });
  }
  return removed;
}

/** Throws if the index would be empty: the paths are probably wrong. */
function expectPapers(records: RecordSet, paths: readonly string[], rejected: readonly Notice[]): void {
  if (records.size > 0) return;
  const [first] = rejected;
  const why = first
    ? ` ${rejected.length} records were rejected, the first in ${placeText(first)}: ${first.reason}`
    : '';
  const message = `No papers were found in ${paths.map((path) => `"${path}"`).join(', ')}.${why}`;
  throw new PaperSearchError('NO_INPUT', message, { details: { paths, rejected } });
}

function reportOf(
  {
    index,
    snapshot,
    assembled,
    encoded,
    links,
    unreadable,
    damage,
    result,
  }: Update<{
    readonly reading: Reading;
    readonly outcomes: Readonly<Record<RecordOutcome, number>>;
    readonly removed: number;
    readonly marked: number;
  }>,
  started: number,
): IngestReport {
  const { papers, withoutAbstract, added, merged, several } = assembled;
  const { outcomes, removed, marked } = result;
  const { statuses: _, ...reading } = result.reading;
  const { updated, unchanged } = outcomes;
  const duplicate = outcomes.duplicate + merged;
  if (unreadable !== undefined) {
    const reason = `When its papers came in is no longer known, and all count as added now: the snapshot before cannot be read. ${unreadable}`;
    reading.warnings.push({ file: index, reason });
  }
  if (damage) {
    const reason = `The snapshot before is damaged (${damage.reason}). Its vectors were made again; papers that cannot be compared with it count as changed now.`;
    reading.warnings.push({ file: damage.file, reason });
  }
  return {
    index,
    snapshot,
    papers: papers.length,
    withoutAbstract,
    ofSeveralSources: several,
    read: added + updated + unchanged + duplicate + reading.rejected.length,
    added,
    updated,
    unchanged,
    duplicate,
    removed,
    marked,
    ...reading,
    ...(links && { links }),
    encoded,
    tookMs: Math.round(performance.now() - started),
  };
}
