import { extname } from 'node:path';
import { PaperSearchError } from '../errors.ts';
import { type JudgedQuery, readCollection } from '../quality/evaluate/collection.ts';
import { compareRuns } from '../quality/evaluate/compare.ts';
import { expectCorpus, measureRun, type RunMeasures } from '../quality/evaluate/evaluate.ts';
import type { MeasureName } from '../quality/evaluate/measures.ts';
import { type EvaluatedMode, isRelatedMode } from '../quality/evaluate/modes.ts';
import { type Pool, readPool } from '../quality/evaluate/pool.ts';
import { type EvaluateProgress, retrieve } from '../quality/evaluate/retrieve.ts';
import { readRun, type TaggedRun, writeRun } from '../quality/evaluate/run.ts';
import type { Comparison } from '../quality/evaluate/significance.ts';
import type { Snapshot } from '../search/engine.ts';
import type { FusionName } from '../search/fuse/methods.ts';
import { withSnapshot } from './open-engine.ts';
import type { Place } from './place.ts';

export interface CollectionRequest extends Place {
  readonly modes: readonly EvaluatedMode[];
  readonly qrels: string;
  readonly fusion: FusionName;
  /** See `SearchRequest`. */
  readonly rerank?: number | undefined;
  readonly rerankBy?: string | undefined;
  readonly fallback?: boolean | undefined;
  /** Papers ranked a query. Default 1000. */
  readonly depth?: number | undefined;
  /** File with the candidates of each query, the only papers that are ranked for it. See `parsePool`. */
  readonly pool?: string | undefined;
  /** TREC run files: where to write the answers, what to compare them with, and what to measure instead of an index. */
  readonly run?: string | undefined;
  readonly against?: string | undefined;
  readonly score?: string | undefined;
  readonly onProgress?: ((progress: EvaluateProgress) => void) | undefined;
  /** Called with what is left out of the measurement. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** The measures of one mode, or of a run file, and how it compares with another run. */
export interface CollectionResult extends RunMeasures {
  /** The mode; for a run file, the tag it gives itself. */
  readonly mode: string;
  readonly qrels: string;
  readonly against?: RunMeasures & {
    readonly tag: string;
    readonly comparison: Readonly<Record<MeasureName, Comparison>>;
  };
}

/**
 * Measures an index or a run file with a collection. Files are read before anything is asked.
 * @throws PaperSearchError NO_INPUT or BAD_INPUT for files that cannot be used, and what opening and searching throw.
 */
export async function evaluateCollection(
  folder: string,
  request: CollectionRequest,
): Promise<CollectionResult[]> {
  const { modes, qrels, fusion, rerank, rerankBy, fallback, depth } = request;
  const { onProgress = () => {}, onNotice = () => {} } = request;
  const all = await readCollection(folder, { qrels, related: modes.some(isRelatedMode) });
  const pool = request.pool === undefined ? undefined : await readPool(request.pool);
  const queries = pool ? withCandidates(all, pool, request.pool!, onNotice) : all;
  const other = request.against === undefined ? undefined : await readFitting(request.against, queries);
  const resultOf = (mode: string, run: TaggedRun['run']): CollectionResult => {
    const measured = measureRun(run, queries);
    return { mode, qrels, ...measured, ...(other && { against: compared(measured, other, queries) }) };
  };
  if (request.score !== undefined) {
    const { tag, run } = await readFitting(request.score, queries);
    return [resultOf(tag, run)];
  }
  return withSnapshot(request, async (snapshot) => {
    await expectCorpus(snapshot, queries);
    if (pool) await countUnknown(snapshot, queries, pool, request.pool!, onNotice);
    const total = modes.length * queries.length;
    const results: CollectionResult[] = [];
    for (const [i, mode] of modes.entries()) {
      const onQuery = (done: number) =>
        onProgress({ stage: 'searching', done: i * queries.length + done, total });
      const options = {
        mode,
        fusion,
        rerank,
        rerankBy,
        fallback,
        depth,
        pool,
        onProgress: onQuery,
        onNotReranked: (queries: number) => onNotice(notReranked(mode, queries)),
      };
      const run = await retrieve(snapshot, queries, options);
      if (request.run !== undefined) {
        const file = modes.length === 1 ? request.run : withMode(request.run, mode);
        await writeRun(file, run, `paper-search-${mode}`);
      }
      results.push(resultOf(mode, run));
    }
    return results;
  });
}

/** A measurement that is not of what was asked for must say so. */
function notReranked(mode: EvaluatedMode, queries: number): string {
  const answers = queries === 1 ? 'one answer was' : `${queries} answers were`;
  return `${mode}: ${answers} not reranked. Only text queries can be, and sentences only by meaning.`;
}

/** The queries that have candidates. @throws PaperSearchError BAD_INPUT when no query has. */
function withCandidates(
  queries: readonly JudgedQuery[],
  pool: Pool,
  file: string,
  onNotice: (notice: string) => void,
): readonly JudgedQuery[] {
  const measured = queries.filter(({ id }) => pool.has(id));
  const missing = queries.length - measured.length;
  if (measured.length === 0) {
    const message = `${file} has candidates for no judged query of this collection. Is it a pool of another one?`;
    throw new PaperSearchError('BAD_INPUT', message, { details: { file } });
  }
  if (missing > 0) {
    onNotice(
      `${file}: ${missing} of ${queries.length} judged queries have no candidates and are not measured.`,
    );
  }
  return measured;
}

/** Reports candidates that cannot be ranked. */
async function countUnknown(
  snapshot: Snapshot,
  queries: readonly JudgedQuery[],
  pool: Pool,
  file: string,
  onNotice: (notice: string) => void,
): Promise<void> {
  const ids = [...new Set(queries.flatMap(({ id }) => pool.get(id)!))];
  const missing = ids.length - (await snapshot.count({ ids }));
  if (missing > 0) {
    onNotice(`${file}: ${missing} of ${ids.length} candidates are not in the index and are not ranked.`);
  }
}

/** A run of another collection would score 0 without any other sign. */
async function readFitting(file: string, queries: readonly JudgedQuery[]): Promise<TaggedRun> {
  const tagged = await readRun(file);
  if (queries.some(({ id }) => tagged.run.has(id))) return tagged;
  throw new PaperSearchError(
    'BAD_INPUT',
    `${file} answers no query of this collection. Is it a run of another one?`,
  );
}

/** `runs/a.txt` of mode `keyword` is `runs/a.keyword.txt`. */
export function withMode(file: string, mode: EvaluatedMode): string {
  const ending = extname(file);
  return `${ending === '' ? file : file.slice(0, -ending.length)}.${mode}${ending}`;
}

function compared(
  measured: RunMeasures,
  { tag, run }: TaggedRun,
  queries: readonly JudgedQuery[],
): NonNullable<CollectionResult['against']> {
  const other = measureRun(run, queries);
  return { tag, ...other, comparison: compareRuns(measured, other) };
}
