import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { TermScore } from '../lexical-index.ts';
import { contribution, type ScoringData, type ScoringTerm } from './disjunction.ts';
import { frequencyIn } from './frequencies.ts';
import { type Bm25Parameters, fieldShare } from './scoring.ts';

/**
 * What a term adds to the score of one document, and how its fields share in it: by their parts of x, the weighted
 * frequency (`scoring.ts`), since what saturation takes away cannot be told apart.
 * @returns undefined for a document that does not match.
 */
export function contributionTo(
  doc: number,
  term: ScoringTerm,
  data: ScoringData,
  parameters: Bm25Parameters,
): Pick<TermScore, 'score' | 'fields'> | undefined {
  const posting = findPosting(doc, term);
  if (posting === -1) return undefined;
  const score = contribution(data, term, posting);
  if (score === 0) return undefined;
  const packed = term.frequencies[posting]!;
  const counted = TEXT_FIELDS.flatMap((field, place) => {
    const frequency = frequencyIn(packed, place);
    const part = frequency * fieldShare(field, data.norms[doc]!, parameters);
    return part > 0 ? [{ field, frequency, part }] : [];
  });
  const x = counted.reduce((sum, { part }) => sum + part, 0);
  const fields = counted.map(({ field, frequency, part }) => ({
    field,
    frequency,
    score: (score * part) / x,
  }));
  return { score, fields };
}

/** The posting of a document by binary search; -1 for none. */
function findPosting(doc: number, { docs, start, end }: ScoringTerm): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low < end && docs[low] === doc ? low : -1;
}
