import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { GARDEN_PAPERS } from '../support/page-papers.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const browser = await launchBrowser();
const WIDTHS = [390, 1024, 1440] as const;

describe.skipIf(!browser)('the list of results in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(GARDEN_PAPERS);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  /** Opens a URL of the page, runs some steps, and expects no errors. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, options);
    try {
      await page.goto(served.url + path);
      await steps(page);
      // The browser logs an answer that a test makes fail.
      expect(problems.filter((text) => !text.includes('status of 502'))).toEqual([]);
    } finally {
      await page.context().close();
    }
  }

  const field = (page: Page) => page.getByRole('combobox', { name: 'Search the papers' });
  const titles = (page: Page) => page.locator('.hit-title');
  const collectAll = (page: Page) => page.getByRole('checkbox', { name: 'Collect all on this page' });
  const collected = (page: Page) =>
    page.evaluate(() => JSON.parse(localStorage.getItem('paper-search.collection-shown')!).papers.length);

  test('pages through the relevant papers first and says where relevance ends', async () => {
    await visit('/?q=pollinators', async (page) => {
      await page.getByText('1–10 of 12 relevant papers').first().waitFor();
      await page.getByText('Page 1 of 2 with relevant papers').waitFor();
      expect(await page.locator('.relevance-end').count()).toBe(0);
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByText('11–12 of 12 relevant papers').first().waitFor();
      await page.getByText('Relevance ends here: the 6 papers below are only the nearest.').waitFor();
      // The line is between the two relevant papers and the others, and numbers go on.
      const lists = page.locator('.hits > ol');
      expect(await lists.nth(0).locator('.hit').count()).toBe(2);
      expect(await lists.nth(1).locator('.hit').count()).toBe(6);
      expect(await lists.nth(1).getAttribute('start')).toBe('13');
      for (const title of await lists.nth(1).locator('.hit-title').allTextContents())
        expect(title).not.toContain('Pollinators');
      await page.keyboard.press('Tab');
      await titles(page).nth(1).focus();
      await page.keyboard.press('j');
      expect(
        await titles(page)
          .nth(2)
          .evaluate((element) => element === document.activeElement),
      ).toBe(true);
    });
  });

  test('collects a page or all relevant papers, and takes both back', async () => {
    await visit('/?q=pollinators', async (page) => {
      await titles(page).first().waitFor();
      await page
        .getByRole('checkbox', { name: /^Collect “/ })
        .first()
        .check();
      expect(await collectAll(page).evaluate((box) => (box as HTMLInputElement).indeterminate)).toBe(true);
      await collectAll(page).check();
      await page.getByText('Collected 9 more papers.').first().waitFor();
      expect(await collected(page)).toBe(10);
      await page.getByRole('button', { name: 'Collect all 12 relevant papers' }).click();
      await page.getByText('Collected 2 more papers.').first().waitFor();
      expect(await collected(page)).toBe(12);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await collected(page)).toBe(10);
      await collectAll(page).uncheck();
      await page.getByText('Removed 10 papers from the collection.').first().waitFor();
      expect(await collected(page)).toBe(0);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await collected(page)).toBe(10);
      expect(await collectAll(page).isChecked()).toBe(true);
    });
  });

  test('saves all relevant papers as a file', async () => {
    await visit('/?q=pollinators&sort=title', async (page) => {
      await titles(page).first().waitFor();
      await page.locator('.export-list summary').click();
      await page.getByText('All 12 relevant papers as a file:').waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'BibTeX' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('papers.bib');
      const text = await readFile((await file.path())!, 'utf8');
      expect(text.match(/^@/gm)).toHaveLength(12);
      expect(await page.locator('.export-list').getAttribute('open')).toBeNull();
    });
  });

  test('shows a whole abstract with its matches, by a key too', async () => {
    await visit('/?q=pollinators', async (page) => {
      await titles(page).first().focus();
      await page.keyboard.press('a');
      const hit = page.locator('.hit').first();
      await hit.getByText('Gardeners can help', { exact: false }).waitFor();
      await hit.getByText('Visits are counted on warm days.', { exact: false }).waitFor();
      expect(await hit.locator('.snippet mark', { hasText: 'pollinators' }).count()).toBe(1);
      expect(await hit.getByRole('button', { name: 'Abstract' }).getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('a');
      expect(await hit.getByRole('button', { name: 'Abstract' }).getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('?');
      await page.getByText('show the whole abstract').waitFor();
    });
  });

  test('explains operators beside the field, and puts examples into it', async () => {
    await visit('/', async (page) => {
      await field(page).fill('bees');
      await page.keyboard.press('Enter');
      await titles(page).first().waitFor();
      const before = await page.locator('.hit').first().boundingBox();
      await field(page).focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('What is written with an operator is required.', { exact: false }).waitFor();
      expect(await page.locator('.hit').first().boundingBox()).toEqual(before);
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await page.locator('.search-tips').getAttribute('open')).toBeNull();
      expect(await page.locator('.search-tips summary:focus').count()).toBe(1);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'title:word' }).click();
      expect(await field(page).inputValue()).toBe('bees title:word');
      // The example is not searched for; what is typed replaces its word.
      await page.keyboard.type('squash');
      expect(await field(page).inputValue()).toBe('bees title:squash');
      await page.getByText('3 papers').first().waitFor();
    });
  });

  test.each(WIDTHS)('suggestions do not cover the first hit, %i px', async (width) => {
    await visit(
      '/?q=pollinators',
      async (page) => {
        await titles(page).first().waitFor();
        await field(page).fill('');
        await field(page).pressSequentially('pollin', { delay: 20 });
        await page.locator('.suggestions [role=option]').first().waitFor();
        await titles(page).first().waitFor();
        const list = (await page.locator('.suggestions').boundingBox())!;
        const hit = (await page.locator('.hit').first().boundingBox())!;
        expect(hit.y).toBeGreaterThanOrEqual(list.y + list.height);
        if (width === 390)
          expect(await page.locator('.suggestions [role=option]').count()).toBeLessThanOrEqual(4);
        await keepScreenshot(page, `suggestions-${width}`);
        // The list closes under the pointer; the click still opens what was clicked.
        const title = await titles(page).nth(0).textContent();
        const place = (await titles(page).nth(0).boundingBox())!;
        await page.mouse.move(place.x + 20, place.y + 8);
        await page.mouse.down();
        await page.mouse.up();
        await page.getByRole('heading', { name: title!, level: 1 }).waitFor();
      },
      { viewport: { width, height: 900 } },
    );
  });

  test.each(['light', 'dark'] as const)('has no accessibility violations, %s', async (colorScheme) => {
    for (const width of WIDTHS) {
      await visit(
        '/?q=pollinators&page=2',
        async (page) => {
          await page.locator('.relevance-end').waitFor();
          await page.locator('.export-list summary').click();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `list-export-${width}-${colorScheme}`);
          const panel = (await page.locator('.export-list .disclosure-panel').boundingBox())!;
          expect(panel.x).toBeGreaterThanOrEqual(0);
          expect(panel.x + panel.width).toBeLessThanOrEqual(width);
          await page.keyboard.press('Escape');
          await collectAll(page).check();
          await page.getByRole('button', { name: 'Abstract' }).first().click();
          expect(await axeViolations(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await keepScreenshot(page, `list-${width}-${colorScheme}`);
          await page.locator('.search-tips summary').click();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `list-tips-${width}-${colorScheme}`);
        },
        { colorScheme, viewport: { width, height: 900 } },
      );
    }
  });

  test('offers to fetch a paper by a pasted identifier, where the server does that', async () => {
    await visit('/?q=10.5555/none.1', async (page) => {
      await page.getByText('No paper has the DOI').waitFor();
      await page.waitForLoadState('networkidle');
      // This server may not fetch.
      expect(await page.getByRole('button', { name: 'Fetch the paper' }).count()).toBe(0);
      // A server that may: its answers are those of test/serve/http/fetch.test.ts.
      const sent: (string | undefined)[] = [];
      await page.route(
        (url) => url.pathname === '/v1/fetch',
        async (route) => {
          const request = route.request();
          if (request.method() === 'GET')
            return route.fulfill({ json: { identifier: '', allowed: true, services: ['Crossref'] } });
          sent.push(request.headers().authorization);
          return sent.length === 1
            ? route.fulfill({
                status: 502,
                json: { error: { code: 'FETCH_FAILED', message: 'No network.' } },
              })
            : route.fulfill({ json: { id: 'garden/1' } });
        },
      );
      await page.reload();
      await page.getByText('It can be fetched from Crossref and added.').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepScreenshot(page, 'fetch-offer');
      await page.getByLabel('Access token').fill('secret');
      await page.getByRole('button', { name: 'Fetch the paper' }).click();
      await page.getByRole('alert').filter({ hasText: 'Not fetched: No network.' }).waitFor();
      await page.getByRole('button', { name: 'Fetch the paper' }).click();
      await page.getByRole('heading', { name: GARDEN_PAPERS[1]!.title, level: 1 }).waitFor();
      expect(sent).toEqual(['Bearer secret', 'Bearer secret']);
      expect(await page.evaluate(() => sessionStorage.getItem('paper-search.token'))).toBe('secret');
    });
  });

  test.each(['light', 'dark'] as const)(
    'titles of visited papers are readable and differ, %s',
    async (colorScheme) => {
      await visit(
        '/?q=pollinators',
        async (page) => {
          await titles(page).first().waitFor();
          // Browsers hide which links were visited, so the colours are read where they are declared.
          const [ground, ink, visited] = await page.evaluate(() => {
            const probe = document.body.appendChild(document.createElement('i'));
            return ['--ground', '--ink', '--visited'].map((name) => {
              probe.style.color = `var(${name})`;
              return getComputedStyle(probe).color;
            });
          });
          expect(contrast(visited!, ground!)).toBeGreaterThanOrEqual(4.5);
          expect(visited).not.toBe(ink);
          const rules = await page.evaluate(() =>
            [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)),
          );
          expect(rules.some((rule) => /\.hit-title:visited \{ color: var\(--visited\)/.test(rule))).toBe(
            true,
          );
        },
        { colorScheme },
      );
    },
  );
});

/** The contrast of two colours as `rgb(…)`, 1 to 21 (WCAG 2.2, contrast ratio). */
function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((colour) => {
    const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  });
  return (Math.max(a!, b!) + 0.05) / (Math.min(a!, b!) + 0.05);
}
