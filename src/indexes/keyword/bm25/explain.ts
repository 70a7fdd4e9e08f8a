import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { TermScore } from '../keyword-index.ts';
import { frequencyIn } from './frequencies.ts';
import { findPosting } from './postings.ts';
import { type Bm25Parameters, fieldShare } from './scoring.ts';
import { contribution, type ScoringData, type ScoringTerm } from './scoring-term.ts';

/**
 * What a term adds to the score of one document, and the share of each field: by its part of x, the weighted frequency
 * (`scoring.ts`), because saturation applies to the sum of the fields.
 * @returns undefined for a document that does not match.
 */
export function contributionTo(
  doc: number,
  term: ScoringTerm,
  data: ScoringData,
  parameters: Bm25Parameters,
): Pick<TermScore, 'score' | 'fields'> | undefined {
  const posting = findPosting(term.docs, term.start, term.end, doc);
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
