import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderSearch } from '../../../src/cli/render-search.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const { engine, snapshot } = await snapshotOver([
  paperOf({ id: 'oral', title: 'Bees that dance', acceptance: 'oral', venue: 'ICLR', year: 2018 }),
  paperOf({ id: 'reject', title: 'Bees that lie', acceptance: 'reject', venue: 'ICLR', year: 2018 }),
  paperOf({ id: 'other', title: 'Bees at night' }),
]);
let url = '';
let close = () => {};
beforeAll(async () => {
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(() => close());

test('hides a rejected paper over HTTP until it is asked for', async () => {
  const hidden = await (await validatedFetch(`${url}/v1/search?q=bees&mode=keyword`)).json();
  expect(hidden).toMatchObject({ total: 2, rejectedHidden: 1 });
  const shown = await (await validatedFetch(`${url}/v1/search?q=bees&mode=keyword&rejected=show`)).json();
  expect(shown).toMatchObject({ total: 3 });
  expect(shown).not.toHaveProperty('rejectedHidden');
});

test('counts the rejected papers that an export does not contain', async () => {
  const response = await validatedFetch(`${url}/v1/search?q=bees&mode=keyword&format=bibtex`);
  expect(response.headers.get('Papers-Left-Out')).toBe('rejected=1');
  expect(await response.text()).not.toContain('lie');
});

test('exports a rejected paper by its id', async () => {
  const response = await validatedFetch(`${url}/v1/papers/reject.bib`);
  expect(await response.text()).toContain('Submitted to ICLR 2018');
});

test('says in a feed what it leaves out', async () => {
  const feed = await (await validatedFetch(`${url}/v1/search.atom?q=bees&mode=keyword`)).text();
  expect(feed).toContain('1 rejected or withdrawn submission is hidden. Add rejected=show to show it.');
});

test('hides a rejected paper among related papers over HTTP', async () => {
  const related = async (body: object) => {
    const response = await validatedFetch(`${url}/v1/related`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ positive: ['oral'], mode: 'semantic', ...body }),
    });
    return response.json();
  };
  expect(await related({})).toMatchObject({ total: 1, rejectedHidden: 1 });
  expect(await related({ rejected: 'show' })).toMatchObject({ total: 2 });
});

test('says on the command line what is hidden', async () => {
  const answer = await snapshot.search({ query: 'bees', mode: 'keyword', rejected: 'hide' });
  expect(renderSearch(answer)).toContain('1 rejected or withdrawn submission is hidden. Add --rejected show');
});
