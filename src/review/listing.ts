import { PaperSearchError } from '../errors.ts';
import { MAX_REVIEWED } from '../limits.ts';
import { fold } from '../text/fold.ts';
import type { Pool } from './pool/pool.ts';
import type { Ranked } from './ranking.ts';
import type { ReviewedPaper } from './review.ts';
import type { PaperQuery } from './service.ts';
import { judgedOf, type ReviewState } from './state.ts';
import { reviewedPaper, standingAt, standingsOf } from './view.ts';

const DEFAULT_LIMIT = 20;

/**
 * Papers of a review as a reviewer may see them: those that were judged last first, then those to read by rank, then
 * the rest.
 * @throws PaperSearchError BAD_REQUEST for a limit or offset that is not allowed.
 */
export function listedPapers(
  state: ReviewState,
  pool: Pool,
  ranked: Ranked,
  reviewer: string,
  { stage = 'abstract', standing, text = '', offset = 0, limit = DEFAULT_LIMIT }: PaperQuery,
): { readonly total: number; readonly papers: readonly ReviewedPaper[] } {
  expectWhole('offset', offset, Number.MAX_SAFE_INTEGER);
  expectWhole('limit', limit, MAX_REVIEWED);
  const words = wordsOf(text);
  const found: { readonly row: number; readonly judgedAt: number }[] = [];
  for (const [row, pooled] of pool.papers.entries()) {
    const judged = judgedOf(state, pooled.paper.id);
    const at = standingAt(standingsOf(judged, state), stage);
    if (at === undefined || (standing !== undefined && at !== standing)) continue;
    if (pooled.removed && at === 'unread') continue;
    if (!contains(pooled.paper, words)) continue;
    // What others judged must not change the order that a blind reviewer sees.
    const { labels } = reviewedPaper(state, pooled, reviewer);
    found.push({ row, judgedAt: labels.findLast((label) => label.stage === stage)?.number ?? 0 });
  }
  const rank = (row: number) => ranked.rankOf[row] || Number.POSITIVE_INFINITY;
  found.sort((a, b) => b.judgedAt - a.judgedAt || difference(rank(a.row), rank(b.row)) || a.row - b.row);
  return {
    total: found.length,
    papers: found
      .slice(offset, offset + limit)
      .map(({ row }) => reviewedPaper(state, pool.papers[row]!, reviewer)),
  };
}

/** a - b, and 0 for two infinities. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== '');
}

/** Whether a paper contains all words in title or abstract, in any case. */
function contains({ title, abstract }: ReviewedPaper['paper'], words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const folded = `${title} ${abstract}`.split(/\s+/).map(fold).join(' ');
  return words.every((word) => folded.includes(word));
}

function expectWhole(parameter: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  const message = `${parameter}: Expected a whole number from 0 to ${most}, not ${value}.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter } });
}
