import { describe, expect, test } from 'vitest';
import { cosineScale, THRESHOLDS } from '../../../src/search/confidence.ts';
import { confidenceAt, relevanceLevels, relevanceOf } from '../../../src/search/related/relevance.ts';

const BUNDLED = { relatedKeywordShare: 0.5, cosineScale: { factor: 1, offset: 0 } };
const paper = { doc: 3 };
const text = { doc: undefined };

describe('relevanceLevels', () => {
  test('of a paper in hybrid mode are between those by keyword and by meaning', () => {
    const [keyword, hybrid, semantic] = (['keyword', 'hybrid', 'semantic'] as const).map((mode) =>
      relevanceLevels([paper], mode, BUNDLED),
    );
    for (const level of ['weak', 'strong'] as const)
      expect(hybrid![level]).toBeCloseTo((keyword![level] + semantic![level]) / 2, 12);
    expect(hybrid!.strong).toBeGreaterThan(hybrid!.weak);
  });

  test('of a text are the thresholds of a search', () => {
    expect(relevanceLevels([text], 'semantic', BUNDLED)).toEqual(THRESHOLDS.semantic);
    expect(relevanceLevels([text], 'keyword', BUNDLED)).toEqual(THRESHOLDS.keyword);
  });

  test('of several seeds are their mean', () => {
    const mean = relevanceLevels([paper, text, text], 'hybrid', BUNDLED).weak;
    const [one, other] = [paper, text].map((seed) => relevanceLevels([seed], 'hybrid', BUNDLED).weak);
    expect(mean).toBeCloseTo((one! + 2 * other!) / 3, 12);
  });

  test('are on the scale of the model', () => {
    const scale = cosineScale({
      keywordShare: 0.5,
      relatedKeywordShare: 0.25,
      feedback: 0,
      confidence: { weak: 0.7, strong: 0.8 },
    });
    const model = { relatedKeywordShare: 0.25, cosineScale: scale };
    // The thresholds of the model for a search are those of a text.
    const { weak, strong } = relevanceLevels([text], 'semantic', model);
    expect([weak, strong]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.8, 12)]);
    const { keyword } = THRESHOLDS;
    expect(relevanceLevels([text], 'hybrid', model).weak).toBeCloseTo(0.75 * 0.7 + 0.25 * keyword.weak, 12);
  });
});

const LEVELS = { weak: 0.3, strong: 0.4 };

test.each([
  [0.5, 'strong'],
  [0.4, 'strong'],
  [0.39, 'weak'],
  [0.3, 'weak'],
  [0.29, 'none'],
  [Number.NEGATIVE_INFINITY, 'none'],
])('%d is %s', (score, level) => {
  expect(confidenceAt(score, LEVELS)).toEqual({ level, score });
});

describe('relevanceOf', () => {
  test('is decided by the score without negative seeds', () => {
    const confidence = relevanceOf({ scores: Float64Array.of(0.5, 0.1), subtracted: undefined }, LEVELS);
    expect([confidence(0), confidence(1)]).toEqual([confidenceAt(0.5, LEVELS), confidenceAt(0.1, LEVELS)]);
  });

  test('raises the score by what negative seeds subtract on average', () => {
    const similarity = {
      scores: Float64Array.of(0.35, 0.25, 0.1, 0),
      subtracted: Float64Array.of(0.1, 0.2, 0, 0.1),
    };
    const confidence = relevanceOf(similarity, LEVELS);
    expect([0, 1, 2, 3].map((doc) => confidence(doc).score)).toEqual([
      expect.closeTo(0.45, 12),
      expect.closeTo(0.35, 12),
      expect.closeTo(0.2, 12),
      expect.closeTo(0.1, 12),
    ]);
    expect([0, 1, 2, 3].map((doc) => confidence(doc).level)).toEqual(['strong', 'weak', 'none', 'none']);
  });
});
