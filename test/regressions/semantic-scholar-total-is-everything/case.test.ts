import { expect, test } from 'vitest';
import { fieldsNamed } from '../../../src/serve/compat/semantic-scholar/field-selection.ts';
import { relevanceSearch } from '../../../src/serve/compat/semantic-scholar/relevance.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const WORMS = 14;
const { snapshot } = await snapshotOver([
  ...Array.from({ length: WORMS }, (_, n) =>
    paperOf({ id: `w${n}`, title: `Worms in soil number ${n}`, year: 2000 + n }),
  ),
  ...Array.from({ length: 60 }, (_, n) => paperOf({ id: `o${n}`, title: `Orbits of planet number ${n}` })),
]);
const selection = fieldsNamed('title');

/** All papers that a client reads, page by page, as long as an answer says that there are more. */
async function iterated(query: string, limit: number, year?: string) {
  const titles: unknown[] = [];
  let offset: number | undefined = 0;
  let total = -1;
  while (offset !== undefined) {
    const page = await relevanceSearch({ query, offset, limit, selection, year }, snapshot);
    titles.push(...page.data.map(({ title }) => title));
    ({ total, next: offset } = page);
  }
  return { titles, total };
}

test.each([5, 7, 100])('iteration by %i papers ends at what matches', async (limit) => {
  const { titles, total } = await iterated('worms', limit);
  expect(total).toBe(WORMS);
  expect(titles).toHaveLength(WORMS);
  expect(titles.every((title) => String(title).includes('Worms'))).toBe(true);
});

test('total counts within the filters, and is 0 for words that no paper has', async () => {
  expect((await iterated('worms', 100, '2003-2005')).total).toBe(3);
  expect((await iterated('zzzzzz', 100)).total).toBe(0);
});
