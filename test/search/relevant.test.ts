import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUNDLED_RANKING } from '../../src/encode/model-info.ts';
import { countAmong, scoresOf, withShare } from '../../src/indexes/keyword/all-scores.ts';
import { cosineScale, isRelevant, LITERAL_COVERAGE } from '../../src/search/confidence.ts';
import type { Corpus } from '../../src/search/corpus.ts';
import type { EncodedQuery } from '../../src/search/encode.ts';
import { Match } from '../../src/search/match/match.ts';
import { relevanceScores, relevantPapers } from '../../src/search/relevant.ts';

const MAX_SCORE = 7;
/** At the edges of relevance, and away from them. */
const coverage = fc.oneof(
  fc.constantFrom(0, 0.19, 0.19 - 1e-12, LITERAL_COVERAGE, LITERAL_COVERAGE - 1e-12, 0.5, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const cosine = fc.oneof(
  fc.constantFrom(-1, 0, 0.3725, 0.42, 0.42 - 1e-7, 1),
  fc.double({ min: -0.2, max: 1, noNaN: true }),
);
const papers = fc.array(
  fc.record({
    coverage,
    cosine,
    // How far the estimate of its keyword score is from it.
    shift: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    allowed: fc.nat(1),
    isMissing: fc.nat(4).map((n) => n === 0),
    isNamed: fc.nat(9).map((n) => n === 0),
  }),
  { maxLength: 40 },
);

test('the relevant papers are those whose score is high enough, and those of named people', () => {
  fc.assert(
    fc.property(
      papers,
      fc.constantFrom('hybrid', 'semantic', 'keyword'),
      fc.record({ isFiltered: fc.boolean(), isPartly: fc.boolean(), isNaming: fc.boolean() }),
      fc.constantFrom(0, -0.1),
      (all, mode, { isFiltered, isPartly, isNaming }, shift) => {
        const scores = () => ({
          scores: Float64Array.from(all, (paper) => paper.coverage * MAX_SCORE),
          maxScore: MAX_SCORE,
        });
        const { weak, strong } = BUNDLED_RANKING.confidence;
        const missing = Uint8Array.from(all, ({ isMissing }) => Number(isPartly && isMissing));
        const named = Uint8Array.from(all, ({ isNamed }) => Number(isNamed));
        const match = isFiltered ? new Match(Uint8Array.from(all, ({ allowed }) => allowed)) : undefined;
        const lexical = {
          score: scores,
          estimate: () => ({
            shares: Float32Array.from(all, ({ coverage, shift }) =>
              coverage === 0 ? 0 : Math.max(1e-6, coverage + shift),
            ),
            error: 0.011,
            maxScore: MAX_SCORE,
            best: [],
            scoresOf: (docs: Uint32Array) => scoresOf(scores(), docs).scores,
          }),
          withShare: (_: unknown, share: number) => withShare(scores(), share),
          scoresOf: (_: unknown, docs: Uint32Array) => scoresOf(scores(), docs),
          countAmong: (_: unknown, mask: Uint8Array) => countAmong(scores(), mask),
        };
        const dense = {
          size: all.length,
          missing: isPartly ? missing : undefined,
          score: (_: unknown, allowed?: Uint8Array) => ({
            scores: Float32Array.from(all, (paper, doc) =>
              allowed?.[doc] === 0 ? Number.NEGATIVE_INFINITY : missing[doc] === 1 ? 0 : paper.cosine,
            ),
          }),
        };
        const scale = cosineScale({
          ...BUNDLED_RANKING,
          confidence: { weak: weak + shift, strong: strong + 2 * shift },
        });
        const corpus = {
          indexes: { lexical, dense, cosineScale: scale },
          fields: { size: all.length },
          named: () => (isNaming && mode !== 'semantic' ? { papers: named, inSentence: false } : undefined),
        } as unknown as Corpus;
        const query = {
          ...{ mode, match, text: 'words', terms: [], requiresText: false },
          vector: mode === 'keyword' ? undefined : Float32Array.of(1),
        } as unknown as EncodedQuery;
        const isFound = (doc: number) => match?.mask[doc] !== 0;
        const scoreOf = relevanceScores(query, corpus);
        const isNamed = (doc: number) => corpus.named!('words')?.papers[doc] === 1;
        const expected = [...all.keys()].filter(
          (doc) => isFound(doc) && (isNamed(doc) || isRelevant(mode, scoreOf(doc))),
        );
        const { mask, count } = relevantPapers(query, corpus);
        expect([...all.keys()].filter((doc) => mask[doc] === 1)).toEqual(expected);
        expect(count).toBe(expected.length);
      },
    ),
    { numRuns: 1000 },
  );
});
