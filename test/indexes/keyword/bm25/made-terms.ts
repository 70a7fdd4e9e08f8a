import fc from 'fast-check';
import { packFrequencies } from '../../../../src/indexes/keyword/bm25/frequencies.ts';
import { frequencyTables } from '../../../../src/indexes/keyword/bm25/scoring.ts';
import {
  type ScoringData,
  type ScoringTerm,
  scoreAll,
} from '../../../../src/indexes/keyword/bm25/scoring-term.ts';
import { mulberry32 } from '../../../../src/util/random.ts';

/** A disjunction over made documents. */
export interface Made {
  readonly data: ScoringData;
  readonly terms: readonly ScoringTerm[];
  /** Of all documents, by `scoreAll`. */
  readonly scores: Float64Array;
}

const SHARES = [0.0005, 0.02, 0.3, 0.9, 1];
const WEIGHTS = [1e-6, 0.5, 1, 1.0000001, 17];
/** Few values, so that many documents have equal scores. */
const NORMS = [0.4, 1.2, 5];

/** Disjunctions of up to 12 terms, some of them only in a field of weight 0 in part of their documents. */
export function madeTerms(documents: number): fc.Arbitrary<Made> {
  const term = fc.record({
    share: fc.constantFrom(...SHARES),
    weight: fc.constantFrom(...WEIGHTS),
    seed: fc.integer(),
  });
  return fc.array(term, { maxLength: 12 }).map((shapes) => {
    const random = mulberry32(shapes.length);
    const data = {
      tables: frequencyTables({
        k1: 1.2,
        b: 0.75,
        fieldWeights: { title: 2, abstract: 1, keywords: 0, authors: 1, venue: 0.5 },
      }),
      norms: Float64Array.from({ length: documents }, () => NORMS[Math.floor(random() * NORMS.length)]!),
    };
    const terms = shapes.map((shape) => termOf(shape, documents));
    const scores = new Float64Array(documents);
    scoreAll(data, terms, scores);
    return { data, terms, scores };
  });
}

function termOf(
  { share, weight, seed }: { readonly share: number; readonly weight: number; readonly seed: number },
  documents: number,
): ScoringTerm {
  const random = mulberry32(seed);
  const docs: number[] = [];
  for (let doc = 0; doc < documents; doc++) if (random() < share) docs.push(doc);
  // Title, abstract, keywords, authors, venue; the keywords have weight 0.
  const counts = () => [Math.floor(random() * 2), Math.floor(random() * 3), 1, 0, Math.floor(random() * 2)];
  const frequencies = Uint16Array.from(docs, () => packFrequencies(counts()));
  return { key: {}, weight, docs: Uint32Array.from(docs), frequencies, start: 0, end: docs.length };
}
