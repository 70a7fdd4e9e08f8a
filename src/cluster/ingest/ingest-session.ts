import { PaperSearchError } from '../../errors.ts';
import { keysOf } from '../../ingest/identity/record-keys.ts';
import { type Merge, mergesOf } from '../../ingest/merges.ts';
import { type Reading, readRecords } from '../../ingest/read-records.ts';
import type { RecordOutcome, SourceRecord } from '../../ingest/record-set.ts';
import { isWithin } from '../../ingest/source-files.ts';
import type { SourcePaths } from '../../ingest/source-paths.ts';
import type { Paper } from '../../papers/paper.ts';
import { type InputFile, STDIN } from '../../papers/read/files.ts';
import { placeText } from '../../papers/read/place.ts';
import type { Notice } from '../../papers/read/reader.ts';
import { realPathOf } from '../../papers/read/real-path.ts';
import { noteStatuses } from './notes.ts';
import type { OpenChange } from './open-change.ts';
import type { ClusterIngestOptions, ClusterIngestReport } from './options.ts';
import { papersOfFiles } from './papers-of-files.ts';
import { changeNoter, publishChange } from './publish-change.ts';
import { nameOf, type ReadRecord, type Work } from './regroup.ts';
import { readSources, writeSources } from './sources.ts';
import type { FileShare } from './split-files.ts';
import { apply, type Settled, type TransactionTools } from './transaction.ts';

const BATCH_SIZE = 256;
/** UTF-16 code units of texts that are written at once. */
const BATCH_TEXT = 2_000_000;

/** One worker's part of an ingest. */
export class IngestSession {
  readonly #open: OpenChange;
  readonly #tools: TransactionTools;
  readonly #options: ClusterIngestOptions;
  readonly #share: FileShare;
  readonly #outcomes: Record<RecordOutcome, number> = {
    new: 0,
    updated: 0,
    unchanged: 0,
    duplicate: 0,
    rejected: 0,
  };
  readonly #notices: Notice[] = [];
  readonly #merges = new Map<string, Merge>();
  /** Records of files that all workers read, which others take. */
  readonly #ofOthers = new Map<string, number>();
  #batch: ReadRecord[] = [];
  #text = 0;
  #reading: Reading | undefined;
  #added = 0;
  #removed = 0;
  #encoded = 0;
  #done = 0;
  #isCut = false;

  constructor(open: OpenChange, options: ClusterIngestOptions, share: FileShare) {
    this.#open = open;
    this.#tools = { ...open.tools, onChange: changeNoter(open) };
    this.#options = options;
    this.#share = share;
  }

  /** Reads this worker's part of the files, and takes out what they no longer contain, if that is wanted. */
  async read(paths: readonly string[], files: readonly InputFile[]): Promise<void> {
    const { client, keysIndex, change } = this.#open;
    const { signal, batchSize = BATCH_SIZE } = this.#options;
    await client.request('POST', `/${keysIndex}/_refresh`);
    const sources = await readSources(client, keysIndex, signal);
    const names = new Map<string, string>();
    for (const { file } of files) names.set(file, await sources.nameOf(file));
    const own = this.#share.files.map(({ file }) => names.get(file)!);
    await writeSources(client, keysIndex, own, sources, signal);
    this.#reading = await readRecords(this.#share.files, this.#options, (given, line) => {
      const { file } = given.source;
      if (!this.#share.takes(file, given)) {
        this.#ofOthers.set(file, (this.#ofOthers.get(file) ?? 0) + 1);
        return undefined;
      }
      const paper = { ...given, source: { ...given.source, file: names.get(file) ?? file } };
      this.#batch.push({ paper, line, keys: keysOf(paper) });
      this.#text += paper.title.length + paper.abstract.length;
      const isFull = this.#batch.length >= batchSize || this.#text >= BATCH_TEXT;
      return isFull ? this.#flush() : undefined;
    });
    await this.#flush();
    if (this.#options.replaceSource) await this.#removeMissing(paths, sources, names);
    await noteStatuses(client, keysIndex, change.shard, this.#reading.statuses, signal);
  }

  /** Notes that this part is done, and publishes if all are. */
  async finish(paths: readonly string[], started: number): Promise<ClusterIngestReport> {
    const { change, changes, corpus } = this.#open;
    const missing = await changes.done(change);
    if (missing.length > 0 || !(await changes.startPublishing(change))) {
      const { snapshot } = change;
      const counts = { papers: 0, withoutAbstract: 0, ofSeveralSources: 0, marked: 0 };
      return this.#report({ index: corpus, snapshot, ...counts, waitingFor: missing }, started);
    }
    const published = await publishChange(this.#open, {
      onProgress: this.#options.onProgress,
      signal: this.#options.signal,
    });
    if (!published) throw noPapers(paths, [...this.#reading!.rejected, ...this.#notices]);
    return this.#report({ index: corpus, ...published }, started);
  }

  async #flush(): Promise<undefined> {
    const read = this.#batch;
    this.#batch = [];
    this.#text = 0;
    if (read.length > 0) this.#count(await this.#apply({ read }), read.length);
    return undefined;
  }

  async #apply(work: Work): Promise<Settled> {
    return apply(work, this.#tools);
  }

  #count({ components, groups, encoded, isCut }: Settled, read: number): void {
    for (const { read: records, added, removed, gone } of components) {
      for (const { outcome, notice } of records) {
        this.#outcomes[outcome]++;
        if (notice) this.#notices.push(notice);
      }
      this.#added += added;
      this.#removed += removed;
      for (const { paper } of gone) this.#merges.delete(paper.id);
    }
    if (this.#options.listMerges) {
      for (const merge of mergesOf(groups, [])) this.#merges.set(merge.id, merge);
    }
    this.#encoded += encoded;
    this.#isCut ||= isCut;
    this.#done += read;
    this.#options.onProgress?.({ stage: 'reading', done: this.#done });
  }

  /** As `ingest` does: what was not read again is removed, unless its file or folder could not be read in full. */
  async #removeMissing(
    paths: readonly string[],
    sources: SourcePaths,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { rejected, skipped, warnings } = this.#reading!;
    const meant = new Set<string>();
    for (const path of paths) for (const name of await sources.namesIn(path)) meant.add(name);
    const doubtful = new Set<string>();
    for (const { file } of [...rejected, ...this.#notices, ...skipped]) {
      doubtful.add(file === STDIN ? STDIN : await realPathOf(file));
    }
    const files = new Map(Array.from(names, ([file, name]) => [name, file]));
    /** Records that stay for now, by the names of their files. A record can be met several times. */
    const kept = new Map<string, Set<string>>();
    const isUnwanted = (record: SourceRecord) => {
      const { file: name, id } = record.keys;
      if (record.line !== undefined || !meant.has(name) || !this.#isOurs(files.get(name), name, id))
        return false;
      if (!isWithin(doubtful, sources.pathOf(name))) return true;
      kept.set(name, (kept.get(name) ?? new Set()).add(nameOf(record)));
      return false;
    };
    for await (const papers of papersOfFiles(this.#open, meant, this.#options.signal)) {
      this.#count(await this.#apply({ read: [], papers, remove: isUnwanted }), 0);
    }
    for (const [file, records] of kept) {
      const reason = `${records.size} of its records were not read this time. They stay in the index, since not all of the file could be read; "paper-search remove --source" takes them out.`;
      warnings.push({ file, reason });
    }
  }

  /** Whether this worker answers for a record that was not read. @param file that was listed under the name. */
  #isOurs(file: string | undefined, name: string, id: string): boolean {
    if (file === undefined) return this.#share.takesMissing(name);
    if (this.#share.isSplit(file)) return this.#share.takes(file, { id } as Paper);
    return this.#share.files.some((own) => own.file === file);
  }

  #report(
    result: Pick<
      ClusterIngestReport,
      'index' | 'snapshot' | 'papers' | 'withoutAbstract' | 'ofSeveralSources' | 'marked' | 'waitingFor'
    >,
    started: number,
  ): ClusterIngestReport {
    const { statuses: _, ...reading } = this.#ownReading();
    if (this.#isCut) {
      const reason =
        'Some papers share identifiers with more than 5,000 others; those farthest away were not compared with them.';
      reading.warnings.push({ file: this.#open.corpus, reason });
    }
    const { updated, unchanged, duplicate, new: fresh } = this.#outcomes;
    // What another worker made a paper of first is merged here.
    const added = Math.min(Math.max(this.#added, 0), fresh);
    const merged = fresh - added;
    return {
      ...result,
      read: added + merged + updated + unchanged + duplicate + reading.rejected.length,
      added,
      updated,
      unchanged,
      duplicate: duplicate + merged,
      removed: this.#removed,
      ...reading,
      encoded: this.#encoded,
      tookMs: Math.round(performance.now() - started),
      ...(this.#options.listMerges && { merges: [...this.#merges.values()] }),
    };
  }

  /** What was read, where every worker reads a file, without what the others report. */
  #ownReading(): Reading {
    const reading = this.#reading!;
    const isFirst = this.#open.change.shard === 1;
    const isOurs = ({ file }: { readonly file: string }) => isFirst || !this.#share.isSplit(file);
    return {
      ...reading,
      rejected: [...reading.rejected.filter(isOurs), ...this.#notices],
      warnings: reading.warnings.filter(isOurs),
      skipped: reading.skipped.filter(isOurs),
      unread: reading.unread.filter(isOurs),
      files: reading.files.map((each) => ({
        ...each,
        papers: each.papers - (this.#ofOthers.get(each.file) ?? 0),
      })),
    };
  }
}

function noPapers(paths: readonly string[], rejected: readonly Notice[]): PaperSearchError {
  const [first] = rejected;
  const why = first
    ? ` ${rejected.length} records were rejected, the first in ${placeText(first)}: ${first.reason}`
    : '';
  const message = `No papers were found in ${paths.map((path) => `"${path}"`).join(', ')}.${why}`;
  return new PaperSearchError('NO_INPUT', message, { details: { paths, rejected } });
}
