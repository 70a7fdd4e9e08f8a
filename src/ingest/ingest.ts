import { listFiles } from '../corpus/files.ts';
import { readCorpusFile } from '../corpus/read-corpus.ts';
import type { Notice } from '../corpus/reader.ts';
import { codesOf } from '../dense/code-memory.ts';
import type { Encoder } from '../encode/encoder.ts';
import { createProcessEncoder } from '../encode/process-encoder.ts';
import { PaperSearchError } from '../errors.ts';
import type { LexicalEngineName } from '../lexical/engines.ts';
import { lockForIngest } from '../store/ingest-lock.ts';
import { expectBuiltWith, nameOf, type Tuning } from '../store/manifest.ts';
import { publishSnapshot, removeStale } from '../store/snapshot-writer.ts';
import { VectorJournal } from '../store/vector-journal.ts';
import { VERSION } from '../version.ts';
import { build } from './build.ts';
import { type MergeOutcome, PaperSet } from './merge.ts';
import { engineFor, type Previous, readPrevious } from './previous.ts';
import type { IngestProgress, IngestReport } from './report.ts';

export interface IngestOptions {
  /** Folder of the index. Default `index`. */
  readonly index?: string | undefined;
  /** Venue and year of papers whose source names none; they win over a sidecar file. */
  readonly venue?: string | undefined;
  readonly year?: number | undefined;
  /** What answers keyword queries. Default: what the index has; for a new one, `bm25`. */
  readonly keywordEngine?: LexicalEngineName | undefined;
  /** Start from no papers instead of adding to those in the index. Default false. */
  readonly rebuild?: boolean | undefined;
  /** Default: the bundled model in a process of its own, closed at the end. One that is passed stays open. */
  readonly encoder?: Encoder | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Aborting stops the ingest and leaves the index as it was; the next ingest goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads papers from files, folders or standard input (`-`) into an index. The current snapshot stays in use
 * until the new one is whole.
 * @throws PaperSearchError NO_INPUT, BAD_INPUT, INDEX_LOCKED, INDEX_UNWRITABLE, INDEX_INCOMPATIBLE,
 *   INDEX_CORRUPT, MODEL_UNAVAILABLE or ENCODER_FAILED; the signal's reason when it aborts. A record that cannot be read is no error but part of the report.
 */
export async function ingest(paths: readonly string[], options: IngestOptions = {}): Promise<IngestReport> {
  const started = performance.now();
  const index = options.index ?? 'index';
  const onProgress = options.onProgress ?? (() => {});
  const files = await listFiles(paths);
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const unlock = await lockForIngest(index, {
    onWait: () => onProgress({ stage: 'waiting' }),
    onLost: (error) => lost.abort(error),
    signal,
  });
  const encoder =
    options.encoder ?? createProcessEncoder({ onConvert: () => onProgress({ stage: 'converting-model' }) });
  try {
    const previous = await readPrevious(index, options.rebuild ?? false);
    const engine = engineFor(options.keywordEngine, previous);
    if (previous && !options.rebuild) {
      expectBuiltWith('model', nameOf(previous.model), nameOf(encoder.model));
    }
    const papers = new PaperSet(options.rebuild ? [] : (previous?.papers ?? []));
    const reading = await readInto(papers, files, { ...options, signal }, onProgress);
    const { counts } = reading;
    const changed = counts.added + counts.updated > 0 || engine.name !== previous?.lexicalEngine;
    if (!changed && previous && !options.rebuild) {
      return report(index, previous.name, papers.sorted(), reading, 0, started);
    }
    const sorted = papers.sorted();
    if (sorted.length === 0) throw nothingToIndex(paths, reading.rejected);

    const journal = await VectorJournal.open(index, encoder.model.dimension);
    let published = false;
    try {
      const { vectors, encoded, lexical, attributes } = await build(sorted, previous, {
        encoder,
        engine,
        journal,
        onProgress,
        signal,
      });
      signal.throwIfAborted();
      onProgress({ stage: 'writing' });
      const content = {
        papers: sorted,
        vectors,
        codes: codesOf(vectors, encoder.model.dimension),
        lexical: lexical.serialize(),
        lexicalEngine: engine.name,
        attributes,
        model: encoder.model,
        tuning: tuningToKeep(previous, engine.name, options.rebuild ?? false),
      };
      const name = await publishSnapshot(index, content, VERSION, signal);
      published = true;
      await removeStale(index, [name, previous?.name]);
      return report(index, name, sorted, reading, encoded, started);
    } finally {
      await journal.close(published);
    }
  } finally {
    if (!options.encoder) await encoder.close();
    await unlock();
  }
}

interface Reading {
  readonly counts: Record<MergeOutcome, number>;
  readonly rejected: Notice[];
  readonly warnings: Notice[];
  readonly files: { file: string; format: string; papers: number }[];
  readonly skipped: { file: string; reason: string }[];
}

async function readInto(
  papers: PaperSet,
  files: Awaited<ReturnType<typeof listFiles>>,
  options: IngestOptions,
  onProgress: (progress: IngestProgress) => void,
): Promise<Reading> {
  const reading: Reading = {
    counts: { added: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 },
    rejected: [],
    warnings: [],
    files: [],
    skipped: [],
  };
  let done = 0;
  for (const input of files) {
    for await (const event of readCorpusFile(input, { venue: options.venue, year: options.year })) {
      options.signal?.throwIfAborted();
      if (event.kind === 'file') reading.files.push({ file: event.file, format: event.format, papers: 0 });
      else if (event.kind === 'skipped') reading.skipped.push({ file: event.file, reason: event.reason });
      else if (event.kind === 'rejected') reading.rejected.push(event.notice);
      else if (event.kind === 'warning') reading.warnings.push(event.notice);
      else {
        const { outcome, notice } = papers.add(event.paper, event.line);
        reading.counts[outcome]++;
        if (notice) reading.rejected.push(notice);
        reading.files.at(-1)!.papers++;
        onProgress({ stage: 'reading', done: ++done });
      }
    }
  }
  return reading;
}

/** Weights stay when papers come; a rebuild begins afresh, and those of one keyword engine say nothing of another. */
function tuningToKeep(previous: Previous | undefined, engine: string, rebuild: boolean): Tuning | undefined {
  return rebuild || previous?.lexicalEngine !== engine ? undefined : previous.tuning;
}

function nothingToIndex(paths: readonly string[], rejected: readonly Notice[]): PaperSearchError {
  const message = `No papers were found in ${paths.map((path) => `"${path}"`).join(', ')}.`;
  return new PaperSearchError('NO_INPUT', message, { details: { paths, rejected } });
}

function report(
  index: string,
  snapshot: string,
  papers: readonly { abstract: string }[],
  { counts, rejected, warnings, files, skipped }: Reading,
  encoded: number,
  started: number,
): IngestReport {
  const { added, updated, unchanged, duplicate } = counts;
  return {
    index,
    snapshot,
    papers: papers.length,
    withoutAbstract: papers.filter(({ abstract }) => abstract === '').length,
    read: added + updated + unchanged + duplicate + rejected.length,
    added,
    updated,
    unchanged,
    duplicate,
    rejected,
    warnings,
    files,
    skipped,
    encoded,
    tookMs: Math.round(performance.now() - started),
  };
}
