import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changedFieldArrays,
  fieldArrays,
  packFields,
  unpackFields,
} from '../../../src/indexes/fields/build.ts';
import type { Paper, PaperSequence } from '../../../src/papers/paper.ts';
import { paperOf } from '../../support/papers.ts';

const VARIANTS = ['Müller', 'MÜLLER', 'muller', 'Graph', 'Graphs', 'graph', 'zebra', '', '学习'];

/** Few values in many spellings, so that most values are shared, and often by papers that come or go. */
const SAID = fc.record({
  title: fc.constantFrom('', 'Alpha', '“alpha”', 'Beta'),
  abstract: fc.constantFrom('', 'Text.'),
  authors: fc.array(fc.constantFrom(...VARIANTS), { maxLength: 4 }),
  keywords: fc.array(fc.constantFrom(...VARIANTS), { maxLength: 4 }),
  venue: fc.option(fc.constantFrom(...VARIANTS), { nil: undefined }),
  year: fc.option(fc.integer({ min: 2020, max: 2022 }), { nil: undefined }),
  externalIds: fc.constantFrom({}, { doi: '10.1000/1' }, { doi: '10.1000/2' }),
});
const CITING = fc.record({
  references: fc.subarray(['doi:10.1000/1', 'doi:10.1000/9']),
  citedBy: fc.subarray(['doi:10.1000/2']),
});
/** What a paper says before and after a change, by its id: `same` says that it is kept, undefined that it is not there. */
const FATE = fc.oneof(
  fc.record({ before: SAID, same: fc.constant(true) }),
  fc.record({ before: fc.option(SAID, { nil: undefined }), after: fc.option(SAID, { nil: undefined }) }),
);

const linksOf = (fate: object) => ('links' in fate ? (fate.links as object) : {});

test.each([
  ['without links', FATE],
  ['with links', fc.tuple(FATE, CITING).map(([fate, links]) => ({ ...fate, links }))],
])('columns of changed papers are those that are written from all, %s', async (_, fate) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 14 }), async (fates) => {
      const made = fates.map((each, n) => {
        const paper = (said: object | undefined) =>
          said && paperOf({ id: `p${String(n).padStart(2, '0')}`, title: '', ...said, ...linksOf(each) });
        const before = paper(each.before);
        return { before, after: 'same' in each ? before : paper(each.after) };
      });
      const before = made.flatMap((each) => each.before ?? []);
      const after = made.flatMap((each) => each.after ?? []);
      const positions = Int32Array.from(after, (paper) => before.indexOf(paper));
      const places = Int32Array.from(before, (paper) => after.indexOf(paper));
      const isRead: Paper[] = [];
      const change = {
        size: after.length,
        positions,
        places,
        fresh: after.flatMap((paper, doc) => (positions[doc]! < 0 ? { doc, paper } : [])),
        gone: before.filter((_, doc) => places[doc]! < 0),
        before: (position: number) => before[position]!,
      };
      const watched: PaperSequence = {
        length: after.length,
        at: (doc) => {
          isRead.push(after[doc]!);
          return after[doc];
        },
      };
      const earlier = unpackFields(new Uint8Array(Buffer.concat(packFields(await fieldArrays(before)))));
      const expected = Buffer.concat(packFields(await fieldArrays(after)));
      expect(Buffer.concat(packFields(await changedFieldArrays(watched, earlier, change)))).toEqual(expected);
      if (!fates.some((each) => 'links' in each)) expect(isRead).toEqual([]);
      // A snapshot of an earlier version lacks what changes need.
      const older = Object.fromEntries(Object.entries(earlier).filter(([name]) => !/spell|Named/.test(name)));
      expect(Buffer.concat(packFields(await changedFieldArrays(watched, older, change)))).toEqual(expected);
    }),
    { numRuns: 80 },
  );
});
