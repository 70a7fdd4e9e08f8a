import fc from 'fast-check';
import { CHOSEN_BY, DECISIONS, STAGES, STANDINGS } from '../../src/review/review.ts';
import { type PaperPlan, wholeReview } from './whole-review.ts';

const FILES = ['pubmed.nbib', 'embase.ris', 'citations.ris', 'other.csv'];
const WORD = fc.constantFrom(
  ...['wrong population', 'no control', 'dose, or duration', 'a | b; c', '"quoted" \\ text', 'ünï – 试验'],
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const decided = {
  stage: fc.constantFrom(...STAGES),
  reasons: fc.uniqueArray(WORD, { maxLength: 2 }),
  note: fc.oneof(fc.constant(''), WORD),
  by: fc.constantFrom('Ama', 'Kofi', 'Éva "E" <e@example.org>'),
};

/** A paper in any standing, with labels that need not agree with it. */
const plan: fc.Arbitrary<PaperPlan> = fc.record({
  abstract: fc.constantFrom(...STANDINGS),
  fullText: optional(fc.constantFrom(...STANDINGS)),
  retrieved: optional(fc.boolean()),
  removed: fc.boolean(),
  records: fc.integer({ min: 1, max: 4 }),
  rank: optional(fc.integer({ min: 1, max: 50 })),
  paper: fc.record({
    source: fc.record({
      file: fc.constantFrom(...FILES),
      format: fc.constant('ris'),
      record: fc.integer({ min: 1, max: 99 }),
    }),
  }),
  labels: fc.array(
    fc.record({
      ...decided,
      decision: fc.constantFrom(...DECISIONS),
      agent: fc.boolean(),
      chosenBy: fc.constantFrom(...CHOSEN_BY),
    }),
    { maxLength: 3 },
  ),
  settled: fc.array(
    fc.record({ ...decided, decision: fc.constantFrom('include' as const, 'exclude' as const) }),
    {
      maxLength: 1,
    },
  ),
});

const source = fc.record({
  name: fc.constantFrom('PubMed', 'Embase', 'Citations', 'Elsewhere'),
  kind: fc.constantFrom('database' as const, 'register' as const, 'other' as const),
  records: optional(fc.integer({ min: 0, max: 30 })),
});

/** Reviews in any state that is possible, and in some that are not. */
export const randomWholeReview = fc
  .record({ papers: fc.array(plan, { maxLength: 20 }), sources: fc.array(source, { maxLength: 3 }) })
  .map(({ papers, sources }) => {
    const review = wholeReview({ papers });
    const counts = new Map<string, number>();
    for (const { paper, records, removed } of review.all) {
      if (removed) continue;
      const { file } = paper.source;
      // One record at least is of the paper's own file; the others may be of any.
      counts.set(file, (counts.get(file) ?? 0) + 1);
      counts.set(
        FILES[records % FILES.length]!,
        (counts.get(FILES[records % FILES.length]!) ?? 0) + records - 1,
      );
    }
    const records = Array.from(counts, ([file, count]) => ({ source: file, records: count }));
    return {
      ...review,
      protocol: { ...review.protocol, sources },
      pool: review.pool.map((change) => ({ ...change, records })),
    };
  });
