import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { GARDEN_PAPERS } from '../support/page-papers.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const browser = await launchBrowser();
const URL_OF_LIST = '/?like=garden%2F0&like=garden%2F1';

describe.skipIf(!browser)('more like these in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(GARDEN_PAPERS);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  const hits = (page: Page) => page.locator('.hit-title');
  const facet = (page: Page, name: RegExp) => page.getByRole('checkbox', { name });
  const chosen = (page: Page) => page.getByRole('list', { name: 'Filters and seeds' });
  const queryOf = (page: Page) => new URL(page.url()).searchParams;

  test('filters by facets, sorts, and removes seeds and filters', async () => {
    const { page, problems } = await openPage(browser!);
    await page.goto(served.url + URL_OF_LIST);
    await hits(page).first().waitFor();
    // Ten of the twelve papers on gardens are not seeds, all of them relevant; those on language models are not counted.
    expect(await facet(page, /^2025/).count()).toBe(0);
    await facet(page, /^Bee Letters/).check();
    await expect.poll(() => queryOf(page).getAll('venue')).toEqual(['Bee Letters']);
    await expect.poll(() => page.locator('.hit').filter({ hasText: 'Journal of Gardens' }).count()).toBe(0);
    // The other venue can be added, with its papers.
    await facet(page, /^Journal of Gardens ?3/).check();
    await expect.poll(() => page.locator('.hit').filter({ hasText: 'Journal of Gardens' }).count()).toBe(3);

    await page.getByLabel('Sort by').selectOption('date');
    await expect.poll(() => queryOf(page).get('sort')).toBe('date');
    const years = async () =>
      (await page.locator('.hit .facts, .hit').allTextContents()).map(
        (text) => /20(15|16|17|18|19)/.exec(text)?.[0],
      );
    await expect.poll(async () => (await years())[0]).toBe('2019');

    await chosen(page)
      .getByRole('button', { name: /Bee Letters/ })
      .click();
    await expect.poll(() => queryOf(page).getAll('venue')).toEqual(['Journal of Gardens']);
    await chosen(page)
      .getByRole('button', { name: /part 0/ })
      .click();
    await expect.poll(() => queryOf(page).getAll('like')).toEqual(['garden/1']);
    await hits(page).filter({ hasText: 'part 0' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1024, 'light'],
    [1440, 'dark'],
  ] as const)('has no barriers at %i pixels, %s', async (width, colorScheme) => {
    const { page, problems } = await openPage(browser!, { viewport: { width, height: 900 }, colorScheme });
    await page.goto(served.url + URL_OF_LIST);
    await hits(page).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await keepScreenshot(page, `related-list-${width}-${colorScheme}`);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
