import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/serve/http/app.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { listening } from '../support/listening.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const PAPERS = Array.from({ length: 5 }, (_, n) =>
  paperOf({
    id: `doi:10.1000/bees-${n}`,
    title: `Beekeeping in cities, and a title that is so long that it needs several lines on a phone, part ${n}`,
    abstract: 'Bees live on roofs, between two roads, and beside a river. '.repeat(9),
    authors: ['Ada Song', 'Bo Kim', 'Cy Ito', 'Di Fox', 'Ed Gray'],
    venue: 'Journal of Urban Insects',
    date: `2024-0${n + 1}-01`,
    urls: { landing: `https://example.org/${n}`, pdf: `https://example.org/${n}.pdf` },
  }),
);

const browser = await launchBrowser();

describe.skipIf(!browser)('a feed in a browser', () => {
  let url = '';
  let close = () => {};
  beforeAll(async () => {
    const { engine } = await snapshotOver(PAPERS);
    ({ url, close } = await listening(createApp({ engine, page: undefined })));
  });
  afterAll(async () => {
    await browser?.close();
    close();
  });

  test.each(
    [390, 1024, 1440].flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => [width, scheme] as const),
    ),
  )('is a page with its address and entries, %i pixels wide, %s', async (width, colorScheme) => {
    const { page, problems } = await openPage(browser!, { colorScheme, viewport: { width, height: 800 } });
    try {
      await page.goto(`${url}/v1/search.atom?q=beekeeping&limit=2`);
      await page.getByRole('heading', { name: 'paper-search: beekeeping', level: 1 }).waitFor();
      expect(await page.locator('.address').textContent()).toBe(`${url}/v1/search.atom?q=beekeeping&limit=2`);
      expect(await page.locator('.entries > li').count()).toBe(2);
      // The style sheet is allowed by the policy, and nothing is wider than the window.
      expect(await page.locator('.entries').evaluate((list) => getComputedStyle(list).listStyleType)).toBe(
        'none',
      );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await axeViolations(page)).toEqual([]);
      await keepScreenshot(page, `feed-${width}-${colorScheme}`);
      await page.getByRole('link', { name: 'Older' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('3–4 of 5 papers').waitFor();
      await page.getByRole('link', { name: 'Newer' }).waitFor();
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
});
