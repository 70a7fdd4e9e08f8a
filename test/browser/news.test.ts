import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Engine } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { createApp } from '../../src/serve/http/app.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { listening } from '../support/listening.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());

const paper = (n: number) => ({
  id: `p${n}`,
  title: `${n % 2 === 0 ? 'Bees on the roofs of cities' : 'Worms in the soil of fields'}, part ${n}`,
  abstract: `What we saw of ${n % 2 === 0 ? 'bees' : 'worms'} in year ${n}.`,
  authors: ['Ada Meadow', 'Bo Hedge'],
  venue: 'Journal of Gardens',
  year: 2000 + n,
});

describe.skipIf(!browser)('new papers and watches in a browser', () => {
  let folder = '';
  let url = '';
  let close = () => {};
  /** The index as it is after the last ingest. */
  let current: Engine;
  let papers = 0;
  const engine: Engine = {
    acquire: () => current.acquire(),
    warmUp: () => current.warmUp(),
    close: () => current.close(),
  };
  const index = () => join(folder, 'index');

  /** Adds papers, all at one time. */
  async function arrive(count: number): Promise<void> {
    const file = join(folder, `${papers}.jsonl`);
    const records = Array.from({ length: count }, () => `${JSON.stringify(paper(papers++))}\n`);
    await writeFile(file, records.join(''));
    await ingest([file], { index: index(), encoder: new HashingEncoder() });
    const before = current;
    current = await openIndex(index(), { encoder: new HashingEncoder() });
    await before?.close();
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paper-search-news-'));
    await arrive(6);
    ({ url, close } = await listening(createApp({ engine, page: built })));
  });
  afterAll(async () => {
    await browser?.close();
    close();
    await current?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a URL, runs some steps, and expects no errors besides those of refused tokens. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, { locale: 'en-GB', ...options });
    try {
      await page.goto(url + path);
      await steps(page);
      expect(problems.filter((problem) => !/40[13]/.test(problem))).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  const news = (page: Page) => page.locator('.news');
  const marked = (page: Page) => page.locator('.hit').filter({ has: page.locator('.mark-new') });
  const seen = (page: Page) => page.evaluate(() => localStorage.getItem('paper-search.seen'));
  const SIZES = [
    [390, 'light'],
    [390, 'dark'],
    [1024, 'light'],
    [1440, 'dark'],
  ] as const;

  describe('new since the last visit', () => {
    test('nothing is new on the first visit; later arrivals are, until they are marked as seen', async () => {
      await visit('/', async (page) => {
        await expect.poll(() => seen(page)).toMatch(/^\d{4}-.*Z$/);
        expect(await news(page).count()).toBe(0);
        const first = await seen(page);
        await page.reload();
        await page.getByText('Nothing new since').waitFor();

        await arrive(3);
        const asked: string[] = [];
        page.on('request', (request) => {
          if (request.url().includes('added')) asked.push(request.url());
        });
        await page.reload();
        await page.getByText('3 papers new since').waitFor();
        // Looking at the start page, and searching, do not move the mark.
        expect(await seen(page)).toBe(first);
        expect(asked).toHaveLength(1);

        await page.getByRole('link', { name: '3 papers new' }).click();
        await marked(page).first().waitFor();
        expect(new URL(page.url()).searchParams.get('sort')).toBe('added');
        expect(new URL(page.url()).searchParams.get('added')).toBe(`>${first}`);
        expect(await page.locator('.hit').count()).toBe(3);
        expect(await marked(page).count()).toBe(3);
        expect(await page.locator('.mark-new').first().getAttribute('title')).toMatch(/^Came in on \d+ \w+/);
        expect(await seen(page)).toBe(first);

        // By keyboard: seen, undone, seen.
        await page.getByRole('button', { name: 'Mark as seen' }).focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => marked(page).count()).toBe(0);
        expect((await seen(page))! > first!).toBe(true);
        await page.keyboard.press('Enter');
        await expect.poll(() => marked(page).count()).toBe(3);
        expect(await seen(page)).toBe(first);
        await page.keyboard.press('Enter');
        await expect.poll(() => marked(page).count()).toBe(0);
        await page.goto(url);
        await page.getByText('Nothing new since').waitFor();
      });
    });

    test('a search marks what is new, and what came in after the count stays new', async () => {
      await visit('/', async (page) => {
        await expect.poll(() => seen(page)).toMatch(/Z$/);
        await arrive(2);
        await page.reload();
        await page.getByText('2 papers new since').waitFor();
        await arrive(2);
        await page.getByRole('button', { name: 'Mark as seen' }).click();
        await page.getByRole('button', { name: /^Undo/ }).waitFor();
        await page.goto(`${url}/?q=bees&mode=keyword`);
        await marked(page).first().waitFor();
        expect(await marked(page).count()).toBe(1);
        await page.goto(url);
        await page.getByText('2 papers new since').waitFor();
      });
    });

    test('the list of someone else can be read, and does not move the mark', async () => {
      await visit('/?sort=added&added=%3E2020-01-01T00%3A00%3A00.000Z', async (page) => {
        await page.locator('.hit').first().waitFor();
        await page.getByText('Added: after 1 Jan 2020').waitFor();
        await page.waitForLoadState('networkidle');
        expect(await news(page).count()).toBe(0);
      });
    });

    test.each(SIZES)('fits and has no barriers at %i pixels, %s', async (width, colorScheme) => {
      await visit(
        '/',
        async (page) => {
          await expect.poll(() => seen(page)).toMatch(/Z$/);
          await page.evaluate(() => localStorage.setItem('paper-search.seen', '2020-01-01T00:00:00.000Z'));
          await page.reload();
          await page.getByText('papers new since').waitFor();
          expect(await axeViolations(page)).toEqual([]);
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `news-start-${width}-${colorScheme}`);
          await page.getByRole('link', { name: 'papers new' }).click();
          await marked(page).first().waitFor();
          await news(page).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `news-list-${width}-${colorScheme}`);
        },
        { viewport: { width, height: 844 }, colorScheme },
      );
    });
  });
});
