import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Engine } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import type { Access } from '../../src/serve/access/access.ts';
import { createApp } from '../../src/serve/http/app.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { Watches } from '../../src/watch/watches.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { listening } from '../support/listening.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());

/** Tokens by their name. */
const SCOPES = { ada: ['review'], reader: ['read'] } as const;
const access: Access = {
  find: (token) =>
    token in SCOPES ? { name: token, scopes: SCOPES[token as keyof typeof SCOPES] } : undefined,
  hasTokens: () => true,
};

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
    ({ url, close } = await listening(
      createApp({ engine, access, watches: new Watches(index()), page: built }),
    ));
  });
  afterAll(async () => {
    await browser?.close();
    close();
    await current?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a URL, runs some steps, and expects no errors besides those of refused tokens and names. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, { locale: 'en-GB', ...options });
    try {
      await page.goto(url + path);
      await steps(page);
      expect(problems.filter((problem) => !/ 40[013] /.test(problem))).toEqual([]);
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

  describe('watches', () => {
    const item = (page: Page, name: string) =>
      page.locator('.watch').filter({ has: page.getByRole('heading', { name, exact: true }) });
    /** Opens a path with a token. */
    async function visitWith(
      token: string,
      path: string,
      steps: (page: Page) => Promise<void>,
      options = {},
    ) {
      await visit(
        '/watches',
        async (page) => {
          await page.getByRole('heading', { name: 'Watches', level: 1 }).waitFor();
          await page.evaluate((given) => localStorage.setItem('paper-search.token', given), token);
          await page.goto(url + path);
          await steps(page);
        },
        options,
      );
    }

    test('a search becomes a watch, which reports later arrivals once, and is removed', async () => {
      await visitWith('ada', '/?q=bees&mode=keyword', async (page) => {
        await page.getByRole('link', { name: 'Watch this search' }).click();
        await page.getByRole('heading', { name: 'Watch this search' }).waitFor();
        expect(new URL(page.url()).searchParams.get('q')).toBe('bees');
        await page.getByText('“bees”').waitFor();
        const name = page.getByLabel('Name');
        expect(await name.inputValue()).toBe('bees');
        await name.fill('No Such Name');
        await page.getByRole('button', { name: 'Add the watch' }).click();
        await page.getByText('"No Such Name" cannot be the name of a watch').waitFor();
        await name.fill('bees');
        await page.keyboard.press('Enter');
        const bees = item(page, 'bees');
        await bees.getByText('0 papers new now').waitFor();
        expect(new URL(page.url()).search).toBe('');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('watch-bees');
        expect(await bees.locator('.watch-feed').textContent()).toBe(`Feed: ${url}/v1/watches/bees.atom`);

        await arrive(4);
        await page.reload();
        await bees.getByText('2 papers new now').waitFor();
        await bees.getByRole('button', { name: 'Show them' }).click();
        expect(await bees.locator('.watch-papers a').count()).toBe(2);
        await bees.getByRole('button', { name: /^Run/ }).click();
        await bees.getByText('Reported 2 papers').waitFor();
        await bees.getByText('0 papers new now').waitFor();
        await bees.getByText('2 papers reported').waitFor();
        expect(await bees.getByText('Not run yet').count()).toBe(0);

        await bees.getByLabel('Report').selectOption('strong');
        await bees.getByText('bees, strong matches only').waitFor();
        await page.reload();
        expect(await bees.getByLabel('Report').inputValue()).toBe('strong');

        await bees.getByRole('button', { name: 'Remove…' }).focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keep');
        await page.keyboard.press('Enter');
        await bees.getByRole('button', { name: 'Remove…' }).click();
        await bees.getByRole('button', { name: 'Remove', exact: true }).click();
        await page.getByText('There are no watches yet').waitFor();
      });
    });

    test('a list of related papers becomes a watch, with its filters', async () => {
      await visitWith('ada', '/?like=p0&venue=Journal+of+Gardens', async (page) => {
        await page.getByRole('link', { name: 'Watch this search' }).click();
        await page.getByText('like 1 paper, venue Journal of Gardens').waitFor();
        await page.getByLabel('New are').selectOption('all');
        await page.getByLabel('Name').fill('like-bees');
        await page.getByRole('button', { name: 'Add the watch' }).click();
        const watch = item(page, 'like-bees');
        await watch.getByText(/[1-9]\d* papers? new now/).waitFor();
        await watch.getByText('like p0, venue Journal of Gardens').waitFor();
      });
    });

    test('without a token, feeds are explained, and a token can be entered', async () => {
      await visit('/watches?q=bees', async (page) => {
        const feed = page.getByRole('link', { name: 'the feed of your search' });
        expect(await feed.getAttribute('href')).toBe('/v1/search.atom?q=bees');
        expect(await axeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Enter a token' }).click();
        const dialog = page.getByRole('dialog', { name: 'Watches need a token' });
        await dialog.locator('input').fill('ada');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Watch this search' }).waitFor();
      });
    });

    test('a token without the scope is refused with the reason', async () => {
      await visitWith('reader', '/watches', async (page) => {
        await page.getByText('The token "reader" does not have the scope "review", only: read.').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Use another token' }).click();
        await page.getByRole('dialog').locator('input').fill('ada');
        await page.keyboard.press('Enter');
        await item(page, 'like-bees').waitFor();
      });
    });

    test.each(SIZES)('fit and have no barriers at %i pixels, %s', async (width, colorScheme) => {
      const options = { viewport: { width, height: 844 }, colorScheme };
      await visitWith(
        'ada',
        '/watches?q=the+soil+of+fields&venue=Journal+of+Gardens',
        async (page) => {
          const watch = item(page, 'like-bees');
          await watch.getByRole('button', { name: 'Show them' }).click();
          await watch.getByRole('button', { name: 'Remove…' }).click();
          expect(await axeViolations(page)).toEqual([]);
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `watches-${width}-${colorScheme}`);
        },
        options,
      );
      await visit(
        '/watches?q=bees',
        async (page) => {
          await page.getByRole('button', { name: 'Enter a token' }).waitFor();
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `watches-without-${width}-${colorScheme}`);
        },
        options,
      );
    });
  });
});
