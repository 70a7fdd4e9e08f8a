import { describe, expect, test } from 'vitest';
import { renderTuning } from '../../src/cli/render-tuning.ts';
import type { TuneReport } from '../../src/quality/tune/report.ts';

const fieldWeights = { title: 4, abstract: 1, keywords: 2, authors: 1, venue: 0.5 };
const defaults = { lexicalShare: 0.6, bm25: { k1: 1.2, b: 0.75, fieldWeights } };
const part = (tuned: number, p: number) => ({
  kinds: [
    { kind: 'title' as const, queries: 40, default: 0.7, tuned: 0.72, counts: false },
    { kind: 'sentence' as const, queries: 35, default: 0.5, tuned, counts: true },
  ],
  queries: 35,
  default: 0.5,
  tuned,
  gain: tuned - 0.5,
  p,
});
const report: TuneReport = {
  index: 'mine',
  snapshot: 's',
  papers: 900,
  searched: 900,
  seed: 1,
  defaults,
  fitted: { lexicalShare: 0.6, bm25: { ...defaults.bm25, fieldWeights: { ...fieldWeights, title: 8 } } },
  fit: part(0.6, 0.001),
  check: part(0.56, 0.02),
  kept: true,
  tookMs: 1,
};

describe('the report of tuning', () => {
  test('shows both halves by kind, and the weights', () => {
    expect(renderTuning(report)).toBe(`150 queries made of 900 papers. MRR@10:

part          kind  queries  default  fitted     gain       p
fitting    (title)       40   0.7000  0.7200  +0.0200
fitting   sentence       35   0.5000  0.6000  +0.1000
fitting       mean       35   0.5000  0.6000  +0.1000  0.0010
checking   (title)       40   0.7000  0.7200  +0.0200
checking  sentence       35   0.5000  0.5600  +0.0600
checking      mean       35   0.5000  0.5600  +0.0600  0.0200

In brackets: kinds that the changed weights would bias; they do not count.

weight         default  fitted
keyword share      0.6     0.6
title                4       8
keywords             2       2
b                 0.75    0.75
k1                 1.2     1.2

The index "mine" now uses the fitted weights (--drop restores the defaults).`);
  });

  test.each<[string, Partial<TuneReport>, RegExp]>([
    ['did not win', { kept: false }, /The default weights are kept: the fitted weights were not better/],
    [
      'was nothing',
      { kept: false, fitted: defaults },
      /The default weights are kept: no other weights were better/,
    ],
    [
      'of a part of the papers',
      { papers: 90_000, searched: 20_000 },
      /90000 papers, searched among 20000 of them/,
    ],
    [
      'of fixed keyword weights',
      { defaults: { lexicalShare: 0.6, bm25: undefined }, fitted: { lexicalShare: 0.7, bm25: undefined } },
      /fitted\nkeyword share +0\.6 +0\.7\n\n/,
    ],
  ])('that %s', (_, changes, text) => {
    expect(renderTuning({ ...report, ...changes })).toMatch(text);
  });
});
