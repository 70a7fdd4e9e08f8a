import { analyze } from '../../text/analyzer.ts';
import type { RankedHit } from '../rerank/rerank.ts';
import type { Counterfactual, TermExplanation } from './explanation.ts';

/** A hit's rank, and its rank before reranking. */
interface Ranks {
  readonly rank: number;
  readonly firstRank: number;
  readonly movedBy?: RankedHit['movedBy'];
}

const MOVED = {
  title: 'Its title is the query, so it comes first; by its score it was at',
  years: 'It is of a year that the query prefers; by its score it was at',
  relevance: 'Relevant papers come before all others; by its score it was at',
} as const;

/**
 * Which word of the query matters most for the rank of a paper, in a sentence or two.
 * @param terms the terms that the paper matches by keyword; undefined if papers are ranked by keyword or by meaning only.
 */
export function summaryOf(
  hit: Ranks,
  without: readonly Counterfactual[],
  terms: readonly TermExplanation[] | undefined,
): string {
  if (without.length === 0) return '';
  const summary = decisiveWord(hit.firstRank, without, terms);
  if (hit.rank === hit.firstRank) return summary;
  return `${hit.movedBy ? MOVED[hit.movedBy] : 'Before reranking it was at'} ${hit.firstRank}. ${summary}`;
}

function decisiveWord(
  rank: number,
  without: readonly Counterfactual[],
  terms: readonly TermExplanation[] | undefined,
): string {
  const fallen = (counterfactual: Counterfactual) => counterfactual.rank ?? Number.POSITIVE_INFINITY;
  const [first, ...others] = [...without].sort((a, b) => fallen(b) - fallen(a));
  if (without.length === 1) return `“${first!.word}” is the only word of the query.`;
  if (fallen(first!) <= rank)
    return `No single word decides: without any one of them it ${rank === 1 ? 'stays first' : `stays at ${rank} or rises`}.`;
  const place =
    first!.rank === undefined ? 'would not be found' : `would fall from ${rank} to ${first!.rank}`;
  const least = others.at(-1)!;
  const rest =
    fallen(least) < rank
      ? `; without “${least.word}” it would rise to ${least.rank}`
      : fallen(least) === rank
        ? `; “${least.word}” changes nothing`
        : '';
  const how = terms && !hasWord(first!.word, terms) ? ' by its meaning' : '';
  return `“${first!.word}” keeps it here${how}: without, it ${place}${rest}.`;
}

/** Whether a paper matches a word of the query, alone or joined to another word. */
function hasWord(word: string, terms: readonly TermExplanation[]): boolean {
  const matched = new Set(terms.flatMap(({ text }) => analyze(text)).map(({ term }) => term));
  return analyze(word).some(({ term }) => matched.has(term));
}
