import { extname } from 'node:path';
import { PaperSearchError } from '../errors.ts';
import { type JudgedQuery, readCollection } from '../quality/evaluate/collection.ts';
import { compareRuns } from '../quality/evaluate/compare.ts';
import { expectCorpus, measureRun, type RunMeasures } from '../quality/evaluate/evaluate.ts';
import type { MeasureName } from '../quality/evaluate/measures.ts';
import { type EvaluatedMode, retrieve } from '../quality/evaluate/retrieve.ts';
import { readRun, type TaggedRun, writeRun } from '../quality/evaluate/run.ts';
import type { Comparison } from '../quality/evaluate/significance.ts';
import type { FusionName } from '../search/fuse/methods.ts';
import { withSearcher } from './with-searcher.ts';

export interface CollectionRequest {
  readonly index: string;
  readonly modes: readonly EvaluatedMode[];
  readonly qrels: string;
  readonly fusion: FusionName;
  readonly rerank?: number | undefined;
  readonly secondLook?: boolean | undefined;
  /** TREC run files: where to write the answers, what to compare them with, and what to measure instead of an index. */
  readonly run?: string | undefined;
  readonly against?: string | undefined;
  readonly score?: string | undefined;
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
  const { index, modes, qrels, fusion, rerank, secondLook } = request;
  const queries = await readCollection(folder, { qrels, related: modes.includes('related') });
  const other = request.against === undefined ? undefined : await readFitting(request.against, queries);
  const resultOf = (mode: string, run: TaggedRun['run']): CollectionResult => {
    const measured = measureRun(run, queries);
    return { mode, qrels, ...measured, ...(other && { against: compared(measured, other, queries) }) };
  };
  if (request.score !== undefined) {
    const { tag, run } = await readFitting(request.score, queries);
    return [resultOf(tag, run)];
  }
  return withSearcher(index, async (searcher) => {
    await expectCorpus(searcher, queries);
    const results: CollectionResult[] = [];
    for (const mode of modes) {
      const run = await retrieve(searcher, queries, { mode, fusion, rerank, secondLook });
      if (request.run !== undefined) {
        const file = modes.length === 1 ? request.run : withMode(request.run, mode);
        await writeRun(file, run, `paper-search-${mode}`);
      }
      results.push(resultOf(mode, run));
    }
    return results;
  });
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
