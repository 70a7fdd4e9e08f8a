import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../src/serve/access/access.ts';
import { createApp } from '../../src/serve/http/app.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { CONFERENCE_PAPERS } from '../support/conference-papers.ts';
import { listening } from '../support/listening.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());
const ANIMALS = [
  paperOf({ id: 'quokka', title: 'Quokkas of the islands', abstract: 'Small and content animals.' }),
  paperOf({ id: 'wombat', title: 'Wombats of the plains', abstract: 'Sturdy and content animals.' }),
];

describe.skipIf(!browser)('several libraries in a browser', () => {
  let url = '';
  let privateUrl = '';
  const stops: (() => unknown)[] = [];
  beforeAll(async () => {
    const talks = await snapshotOver(CONFERENCE_PAPERS);
    const animals = await snapshotOver(ANIMALS);
    const access: Access = {
      isPrivate: true,
      find: (token) => (token === 'right' ? { name: 'anna', scopes: ['read'] } : undefined),
      hasTokens: () => true,
    };
    const served = await listening(
      createApp({
        name: 'talks',
        engine: talks.engine,
        others: [{ name: 'animals', engine: animals.engine }],
        page: built,
      }),
    );
    const closed = await listening(createApp({ engine: animals.engine, access, page: built }));
    [url, privateUrl] = [served.url, closed.url];
    stops.push(
      served.close,
      closed.close,
      () => talks.engine.close(),
      () => animals.engine.close(),
    );
  });
  afterAll(async () => {
    await browser?.close();
    for (const stop of stops) await stop();
  });

  /**
   * Opens a URL, runs some steps, and expects no errors besides those of requests without a token, or with one that does not
   * allow collections: the page asks for them and uses those of the browser then.
   */
  async function visit(
    at: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, options);
    try {
      await page.goto(at);
      await steps(page);
      expect(problems.filter((problem) => !/40[13]/.test(problem))).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  const pathOf = (page: Page) => page.url().slice(url.length);
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  test('the switch leads to another library, by keyboard too', async () => {
    await visit(`${url}/`, async (page) => {
      const summary = page.locator('.library-switch summary');
      await summary.waitFor();
      expect(await summary.textContent()).toBe('Library: talks');
      await summary.focus();
      await page.keyboard.press('Enter');
      const links = page.locator('.library-switch a');
      expect(await links.allTextContents()).toEqual([
        `talks ${CONFERENCE_PAPERS.length} papers`,
        'animals 2 papers',
      ]);
      await page.keyboard.press('Escape');
      expect(await links.first().isVisible()).toBe(false);
      expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await links.nth(1).click();
      await page.waitForURL(`${url}/libraries/animals/`);
      await summary.waitFor();
      expect(await summary.textContent()).toBe('Library: animals');
    });
  });

  test('searches, links and the collection stay within the library', async () => {
    await visit(`${url}/libraries/animals/?q=quokkas&mode=keyword`, async (page) => {
      const title = page.locator('.hit-title').first();
      await title.waitFor();
      expect(await title.textContent()).toBe('Quokkas of the islands');
      await title.click();
      await page.waitForURL(`${url}/libraries/animals/paper/quokka`);
      await page.getByRole('heading', { name: 'Quokkas of the islands' }).waitFor();
      await page.goBack();
      await title.waitFor();
      await page.locator('.hit input[type=checkbox]').first().check();
      await page.locator('.site-header nav a', { hasText: 'Collection' }).click();
      await page.waitForURL(`${url}/libraries/animals/collection`);
      await page.getByRole('heading', { name: 'Quokkas of the islands' }).waitFor();
      expect(await page.locator('.site-header nav a[aria-current=page]').textContent()).toContain(
        'Collection',
      );
      // No link leads out of the library, except the switch.
      const hrefs = await page
        .locator('a[href^="/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(hrefs.length).toBeGreaterThan(3);
      expect(hrefs.filter((href) => !href?.startsWith('/libraries/animals/'))).toEqual([]);
      // The collection of the other library is another one.
      await page.goto(`${url}/`);
      await page.locator('.library-switch summary').waitFor();
      expect(await page.locator('.site-header .badge').count()).toBe(0);
      await page.goto(`${url}/libraries/animals/`);
      await page.locator('.site-header .badge').waitFor();
    });
  });

  test('the URL of the default library is the short one', async () => {
    await visit(`${url}/libraries/talks/schedule?day=2025-04-25`, async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(pathOf(page)).toBe('/schedule?day=2025-04-25');
    });
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1024, 'light'],
    [1440, 'dark'],
  ] as const)('the open switch fits and is accessible at %d px, %s', async (width, colorScheme) => {
    await visit(
      `${url}/libraries/animals/?q=content&mode=keyword`,
      async (page) => {
        await page.locator('.hit-title').first().waitFor();
        await page.locator('.library-switch summary').click();
        const list = await page.locator('.library-switch ul').boundingBox();
        expect(list!.x).toBeGreaterThanOrEqual(0);
        expect(list!.x + list!.width).toBeLessThanOrEqual(width);
        expect(await fits(page)).toBe(true);
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, `libraries-${width}-${colorScheme}`);
      },
      { viewport: { width, height: 844 }, colorScheme },
    );
  });

  test.each(['light', 'dark'] as const)('a private library asks for a token, %s', async (colorScheme) => {
    await visit(
      `${privateUrl}/?q=quokkas&mode=keyword`,
      async (page) => {
        const dialog = page.getByRole('dialog', { name: 'This library needs a token' });
        await dialog.waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, `token-${colorScheme}`);
        await dialog.locator('input').fill('wrong');
        await page.keyboard.press('Enter');
        await dialog.getByText('is not valid any more').waitFor();
        await dialog.locator('input').fill(' right ');
        await page.keyboard.press('Enter');
        await page.locator('.hit-title').first().waitFor();
        expect(await dialog.count()).toBe(0);
        // It is kept for the next visit.
        await page.reload();
        await page.locator('.hit-title').first().waitFor();
      },
      { viewport: { width: 390, height: 844 }, colorScheme },
    );
  });
});
