import { PaperSearchError } from '../../../errors.ts';
import type { Paper } from '../../../papers/paper.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { tokenize } from '../../../text/tokenizer.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { presentPapers } from './present-papers.ts';
import { rank } from './relevance.ts';

/** Papers whose titles are compared with the text. */
const CANDIDATES = 30;
/** Similarity from which a title is a match. */
const MIN_SIMILARITY = 0.6;
/** Weight of the part of a title before its colon, relative to the whole title. */
const MAIN_TITLE_WEIGHT = 0.95;

export interface MatchRequest extends FilterParameters {
  readonly query: string;
  readonly selection: FieldSelection;
}

/**
 * The paper whose title is most similar to a text, with `matchScore`: 100 times the similarity, which is 1 for equal
 * titles.
 * @throws PaperSearchError NOT_FOUND when no title is similar; BAD_REQUEST for a filter that is not allowed.
 */
export async function matchTitle(
  request: MatchRequest,
  snapshot: Snapshot,
): Promise<{ data: [Record<string, unknown>] }> {
  const among = selectionOf(request);
  const answer = await rank(request.query, snapshot, among, { offset: 0, limit: CANDIDATES });
  let best: { similarity: number; paper: Paper | undefined } = { similarity: 0, paper: undefined };
  for (const { paper } of answer.hits) {
    const similarity = titleSimilarity(request.query, paper.title);
    if (similarity > best.similarity) best = { similarity, paper };
  }
  if (!best.paper || best.similarity < MIN_SIMILARITY) {
    throw new PaperSearchError('NOT_FOUND', 'Title match not found');
  }
  const [presented] = await presentPapers(snapshot, [best.paper], request.selection);
  return { data: [{ ...presented!, matchScore: Math.round(best.similarity * 10_000) / 100 }] };
}

/**
 * The similarity of a text and a title, 0 to 1: Dice's coefficient of their letter bigrams (Dice, Ecology 1945) without
 * case, accents and punctuation; of the whole title, or slightly less of the part before its colon.
 */
export function titleSimilarity(text: string, title: string): number {
  const pairs = pairsOf(text);
  const [main = ''] = title.split(/:\s/, 1);
  return Math.max(dice(pairs, pairsOf(title)), MAIN_TITLE_WEIGHT * dice(pairs, pairsOf(main)));
}

type Pairs = ReadonlyMap<string, number>;

/** Letter bigrams with their counts. */
function pairsOf(text: string): Pairs {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  const letters = ` ${words.map(({ surface }) => surface).join(' ')} `;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < letters.length; i++) {
    const pair = letters.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function dice(a: Pairs, b: Pairs): number {
  let shared = 0;
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0);
  const all = sizeOf(a) + sizeOf(b);
  return all === 0 ? 0 : (2 * shared) / all;
}

function sizeOf(pairs: Pairs): number {
  let size = 0;
  for (const count of pairs.values()) size += count;
  return size;
}
