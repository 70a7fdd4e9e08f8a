import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValuesByPaper } from '../../../src/indexes/fields/values-by-paper.ts';

test('counts the values of papers, the most frequent first, ties by number', () => {
  const papersOfValue = fc.uniqueArray(fc.nat(30)).map((docs) => docs.sort((a, b) => a - b));
  fc.assert(
    fc.property(
      fc.array(papersOfValue, { maxLength: 20 }),
      fc.uniqueArray(fc.nat(40)),
      fc.nat(8),
      (lists, papers, limit) => {
        const first = Uint32Array.from([0, ...lists.keys()], (_, n) => lists.slice(0, n).flat().length);
        const byPaper = new ValuesByPaper(first, Uint32Array.from(lists.flat()));
        const expected = lists
          .map((docs, doc) => ({ doc, score: docs.filter((each) => papers.includes(each)).length }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || a.doc - b.doc)
          .slice(0, limit);
        const asked = Uint32Array.from(papers);
        expect(byPaper.mostFrequent(asked, limit)).toEqual(expected);
        // Nothing is left of the counts of an earlier question.
        expect(byPaper.mostFrequent(asked, limit)).toEqual(expected);
      },
    ),
  );
});
