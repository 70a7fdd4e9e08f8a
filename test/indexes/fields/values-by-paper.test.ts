import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValuesByPaper } from '../../../src/indexes/fields/values-by-paper.ts';

function derived(first: Uint32Array, docs: Uint32Array): ValuesByPaper {
  const steps = ValuesByPaper.derive({ first, docs });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test('counts the values of papers, the most frequent first, ties by number', () => {
  const papersOfValue = fc.uniqueArray(fc.nat(30)).map((docs) => docs.sort((a, b) => a - b));
  const several = fc.array(papersOfValue, { maxLength: 60 });
  // One value a paper at most, which is stored in another way.
  const one = fc
    .array(fc.option(fc.nat(59)), { maxLength: 31 })
    .map((own) =>
      Array.from({ length: 60 }, (_, value) =>
        Array.from(own.keys()).filter((paper) => own[paper] === value),
      ),
    );
  fc.assert(
    fc.property(fc.oneof(several, one), fc.uniqueArray(fc.nat(40)), fc.nat(8), (lists, papers, limit) => {
      const first = Uint32Array.from([0, ...lists.keys()], (_, n) => lists.slice(0, n).flat().length);
      const byPaper = derived(first, Uint32Array.from(lists.flat()));
      const expected = lists
        .map((docs, doc) => ({ doc, score: docs.filter((each) => papers.includes(each)).length }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.doc - b.doc)
        .slice(0, limit);
      const asked = Uint32Array.from(papers);
      expect(byPaper.mostFrequent(asked, limit)).toEqual(expected);
      // Nothing is left of the counts of an earlier question.
      expect(byPaper.mostFrequent(asked, limit)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
