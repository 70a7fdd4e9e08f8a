import { PaperSearchError } from '../../../errors.ts';
import type { Paper } from '../../../papers/paper.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { tokenize } from '../../../text/tokenizer.ts';
import type { FieldSelection } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { presentPapers } from './present-papers.ts';
import { rank } from './relevance.ts';

/** Papers whose titles are compared with the one that was asked for. */
const CANDIDATES = 30;
/** Likeness from which a title is the one that was meant. */
const MIN_SIMILARITY = 0.6;
/** What the part of a title before its colon counts beside the whole title. */
const MAIN_TITLE_WEIGHT = 0.95;

export interface MatchRequest extends FilterParameters {
  readonly query: string;
  readonly selection: FieldSelection;
}

/**
 * The paper whose title is most like a text, with `matchScore`: 100 times the likeness, which is 1 for equal titles.
 * @throws PaperSearchError NOT_FOUND when no title is like it; BAD_REQUEST for a filter that is not allowed.
 */
export async function matchTitle(
  request: MatchRequest,
  snapshot: Snapshot,
): Promise<{ data: [Record<string, unknown>] }> {
  const among = selectionOf(request);
  const answer = await rank(request.query, snapshot, among, { offset: 0, limit: CANDIDATES });
  let best: { likeness: number; paper: Paper | undefined } = { likeness: 0, paper: undefined };
  for (const { paper } of answer.hits) {
    const likeness = titleLikeness(request.query, paper.title);
    if (likeness > best.likeness) best = { likeness, paper };
  }
  if (!best.paper || best.likeness < MIN_SIMILARITY) {
    throw new PaperSearchError('NOT_FOUND', 'Title match not found');
  }
  const [presented] = await presentPapers(snapshot, [best.paper], request.selection);
  return { data: [{ ...presented!, matchScore: Math.round(best.likeness * 10_000) / 100 }] };
}

/**
 * How like a text is to a title, 0 to 1: Dice's coefficient of their pairs of letters (Dice, Ecology 1945), case,
 * accents and punctuation aside; of the whole title, or a little less of what stands before its colon.
 */
export function titleLikeness(text: string, title: string): number {
  const pairs = pairsOf(text);
  const [main = ''] = title.split(/:\s/, 1);
  return Math.max(dice(pairs, pairsOf(title)), MAIN_TITLE_WEIGHT * dice(pairs, pairsOf(main)));
}

type Pairs = ReadonlyMap<string, number>;

/** Pairs of neighbouring letters, with how often each stands there. */
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
