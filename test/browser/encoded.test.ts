import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, launchBrowser, openPage } from '../support/browser.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const browser = await launchBrowser();

describe.skipIf(!browser)('while an ingest encodes, in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('a line says how many papers have a vector, is kept up to date, and offers to search again', async () => {
    const { page, problems } = await openPage(browser!);
    let encoded: object | undefined = { papers: 3, of: 6 };
    for (const path of ['search', 'stats']) {
      await page.route(new RegExp(`/v1/${path}(\\?|$)`), async (route) => {
        const response = await route.fetch();
        const answer: object = await response.json();
        await route.fulfill({ response, json: { ...answer, ...(encoded && { encoded }) } });
      });
    }
    try {
      await page.clock.install();
      await page.goto(`${served.url}/?q=learning`);
      await page
        .getByText('3 of 6 papers have a vector so far; the others are ranked by words alone.')
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      encoded = { papers: 5, of: 6 };
      await page.clock.runFor(11_000);
      await page.getByText('5 of 6 papers have a vector so far').waitFor();
      encoded = undefined;
      await page.clock.runFor(11_000);
      await page.getByRole('button', { name: 'Search again' }).waitFor();
      await page.getByRole('button', { name: 'Search again' }).click();
      await page.locator('.hit').first().waitFor();
      expect(await page.getByText('have a vector').count()).toBe(0);
      expect(problems).toEqual([]);
    } finally {
      await page.close();
    }
  });
});
