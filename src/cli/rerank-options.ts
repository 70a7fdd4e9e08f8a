import { InvalidArgumentError, Option } from 'commander';
import { SENTENCES } from '../encode/models/tasks.ts';
import { PaperSearchError } from '../errors.ts';
import { MAX_RERANK_BUDGET_MS, MAX_RERANKED } from '../limits.ts';
import type { SearchRequest } from '../search/api.ts';
import { DEFAULT_RERANKED } from '../search/rerank/depth.ts';
import { wholeNumber } from './options.ts';

/** The options of reranking, as they were typed. */
export interface RerankOptions {
  /** A number of papers, or the name of a reranker. */
  readonly rerank?: number | string | undefined;
  readonly rerankDepth?: number | undefined;
  readonly rerankBudget?: number | undefined;
}

/** What of a search request says how it is reranked. */
export interface RerankRequest {
  readonly rerank: SearchRequest['rerank'];
  readonly rerankBy: SearchRequest['rerankBy'];
  readonly rerankBudgetMs: SearchRequest['rerankBudgetMs'];
}

export const rerankOption = () =>
  new Option(
    '--rerank <name>',
    `compare the first hits more closely (slow): by "${SENTENCES}" or by an added cross-encoder; a number is the depth by ${SENTENCES}`,
  ).argParser(numberOrName);
export const rerankDepthOption = () =>
  new Option('--rerank-depth <n>', `hits that are reranked (default: ${DEFAULT_RERANKED})`).argParser(
    wholeNumber(1, MAX_RERANKED),
  );
export const rerankBudgetOption = () =>
  new Option('--rerank-budget <ms>', 'stop reranking after this time (milliseconds)').argParser(
    wholeNumber(1, MAX_RERANK_BUDGET_MS),
  );

/** @throws PaperSearchError BAD_REQUEST for options that contradict each other, or have no effect. */
export function rerankRequest({ rerank, rerankDepth, rerankBudget }: RerankOptions): RerankRequest {
  if (rerankDepth !== undefined && typeof rerank !== 'string') {
    const problem =
      rerank === undefined
        ? `needs --rerank with the name of a reranker, such as --rerank ${SENTENCES}`
        : `cannot be combined with --rerank ${rerank}, which is a depth as well: use --rerank ${SENTENCES}`;
    throw new PaperSearchError('BAD_REQUEST', `--rerank-depth ${problem}.`);
  }
  if (rerankBudget !== undefined && (rerank ?? 0) === 0) {
    throw new PaperSearchError('BAD_REQUEST', '--rerank-budget needs --rerank.');
  }
  return typeof rerank === 'string'
    ? { rerank: rerankDepth, rerankBy: rerank, rerankBudgetMs: rerankBudget }
    : { rerank, rerankBy: undefined, rerankBudgetMs: rerankBudget };
}

function numberOrName(text: string): number | string {
  if (text.trim() === '')
    throw new InvalidArgumentError('Expected the name of a reranker, or a number of papers.');
  return /^[-+]?\d/.test(text) && Number.isFinite(Number(text)) ? wholeNumber(0, MAX_RERANKED)(text) : text;
}
