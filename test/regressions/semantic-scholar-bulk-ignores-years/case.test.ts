import { expect, test } from 'vitest';
import { bulkSearch } from '../../../src/serve/compat/semantic-scholar/bulk.ts';
import { fieldsNamed } from '../../../src/serve/compat/semantic-scholar/field-selection.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  ...[2019, 2001, 2020, 2018].map((year) => paperOf({ id: `y${year}`, title: `Worms of ${year}`, year })),
  paperOf({ id: 'day', title: 'Worms of a day', year: 2019, date: '2019-05-06' }),
  paperOf({ id: 'none', title: 'Worms of no year' }),
]);

test.each([
  ['desc', [2020, 2019, 2019, 2018, 2001, null]],
  ['asc', [2001, 2018, 2019, 2019, 2020, null]],
])('publicationDate:%s sorts by year where the day is not known', async (direction, years) => {
  const selection = fieldsNamed('year', 'publicationDate');
  const { data } = await bulkSearch(
    { query: 'worms', sort: `publicationDate:${direction}`, selection },
    snapshot,
  );
  expect(data.map(({ year }) => year)).toEqual(years);
});
