import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/serve/http/app.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { CONFERENCE_PAPERS } from '../support/conference-papers.ts';
import { listening } from '../support/listening.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());
const WIDTHS = [390, 1024, 1440];

describe.skipIf(!browser)('collections in this browser', () => {
  let url = '';
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const { engine } = await snapshotOver(
      CONFERENCE_PAPERS.map((paper) => ({ ...paper, venue: 'BirdConf', year: 2025 })),
    );
    const server = await listening(createApp({ engine, page: built }));
    url = server.url;
    stop = async () => {
      server.close();
      await engine.close();
    };
  });
  afterAll(async () => {
    await browser?.close();
    await stop?.();
  });

  /** The collection of a visitor of an earlier version. */
  async function visit(
    steps: (page: Page) => Promise<void>,
    options: Parameters<typeof openPage>[1] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, options);
    try {
      await page.goto(`${url}/collection`);
      await page.evaluate(
        (entries) => localStorage.setItem('paper-search.tray', JSON.stringify(entries)),
        ['storks-deserts', 'storks-seas', 'lost'].map((id) => ({
          id,
          title: CONFERENCE_PAPERS.find((paper) => paper.id === id)?.title ?? 'A lost paper',
        })),
      );
      await page.reload();
      await page.getByRole('heading', { name: '3 papers collected' }).waitFor();
      await steps(page);
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  const entry = (page: Page, title: string) =>
    page.locator('.collection-entry').filter({ has: page.getByRole('heading', { name: title }) });
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  /** A note, a tag, a state and a rating of a paper, by keyboard where it is typed. */
  async function annotate(page: Page): Promise<void> {
    const seas = entry(page, 'over Seas');
    await seas.getByRole('button', { name: /^Add a note/ }).press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Compare with deserts.\nSecond line.');
    await page.keyboard.press('Control+Enter');
    await seas.getByText('Compare with deserts.').waitFor();
    await seas.getByLabel(/^Add a tag/).press('m');
    await page.keyboard.type('ethod');
    await page.keyboard.press('Enter');
    await seas.getByLabel(/^State of/).selectOption('reading');
    await seas.getByLabel(/^Rating of/).selectOption('4');
  }

  test.each(['light', 'dark'] as const)(
    'show venue, year, session and what was written, at every width, %s',
    async (colorScheme) => {
      await visit(
        async (page) => {
          const seas = entry(page, 'over Seas');
          await seas.getByText('BirdConf 2025').waitFor();
          await seas.getByText('Birds · Hall 10 · Fri 25 Apr 09:10–09:40').waitFor();
          await entry(page, 'A lost paper').getByText('no longer in the index').waitFor();
          await annotate(page);
          await page.getByRole('link', { name: 'All related papers' }).waitFor();
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            expect(await fits(page)).toBe(true);
            expect(await axeViolations(page)).toEqual([]);
            await keepScreenshot(page, `shelf-${width}-${colorScheme}`);
          }
        },
        { colorScheme },
      );
    },
  );

  test('keep notes, tags, states and ratings, and list by them', async () => {
    await visit(async (page) => {
      await annotate(page);
      await page.reload();
      const seas = entry(page, 'over Seas');
      await seas.getByText('Compare with deserts.').waitFor();
      expect(await seas.getByLabel(/^State of/).inputValue()).toBe('reading');
      expect(await seas.getByLabel(/^Rating of/).inputValue()).toBe('4');
      const filter = page.getByRole('search', { name: 'Papers of the collection' });
      await filter.getByRole('button', { name: 'method 1' }).click();
      await page.getByText('1 paper of 3 shown.').waitFor();
      expect(await page.locator('.collection-entry').count()).toBe(1);
      await filter.getByRole('button', { name: 'method 1' }).click();
      await filter.getByLabel('Words').fill('lost');
      await page.getByText('1 paper of 3 shown.').waitFor();
      await filter.getByLabel('Words').fill('');
      await filter.getByLabel('Sort by').selectOption('rating');
      expect(await page.locator('.collection-entry').first().getAttribute('data-id')).toBe('storks-seas');
      // Rating, state and tag are taken back, one by one, and the tag is put back.
      for (const _ of ['rating', 'state', 'tag']) await page.getByRole('button', { name: 'Undo' }).click();
      await seas.getByText('method').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Redo' }).click();
      await seas.getByRole('button', { name: /^Remove the tag method/ }).click();
      await seas.getByRole('list', { name: /^Tags of/ }).waitFor({ state: 'detached' });
      await seas.getByRole('button', { name: /^Edit the note/ }).click();
      await page.keyboard.type('Lost on purpose');
      await page.keyboard.press('Escape');
      await seas.getByText('Compare with deserts.').waitFor();
    });
  });

  test('have names, and are created, chosen, renamed, deleted and restored', async () => {
    await visit(async (page) => {
      await page.getByRole('button', { name: 'New collection' }).click();
      await page.getByLabel('Name of the new collection').fill('Bread of all kinds');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Bread of all kinds', level: 1 }).waitFor();
      await page.getByRole('heading', { name: 'The collection is empty' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.goto(`${url}/schedule`);
      await page.getByLabel('Collect “Bread with a Crust”').check();
      await page.getByRole('link', { name: 'Collection: Bread of all kinds 1 collected' }).click();
      await page.getByRole('heading', { name: '1 paper collected' }).waitFor();
      const chooser = page.getByRole('combobox', { name: 'Collection', exact: true });
      await chooser.selectOption({ label: 'Collection (3)' });
      await page.getByRole('heading', { name: '3 papers collected' }).waitFor();
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('New name').fill('Bread of all kinds');
      await page.keyboard.press('Enter');
      await page
        .getByText('There is a collection “Bread of all kinds” already. Choose another name.')
        .waitFor();
      await page.getByLabel('New name').fill('Storks');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Storks', level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('“Storks” was deleted.').waitFor();
      await page.getByRole('heading', { name: 'Bread of all kinds', level: 1 }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Restore it' }).click();
      await page.getByRole('heading', { name: 'Storks', level: 1 }).waitFor();
      await page.getByRole('heading', { name: '3 papers collected' }).waitFor();
    });
  });

  test('are exported with notes, and imported again by another browser', async () => {
    let file = '';
    await visit(async (page) => {
      await annotate(page);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Everything, with notes' }).click(),
      ]);
      file = await download.path();
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        format: 'paper-search-collection',
        papers: [{}, { note: 'Compare with deserts.\nSecond line.', tags: ['method'], rating: 4 }, {}],
      });
      const content = readFileSync(file);
      await visit(async (other) => {
        await other.getByRole('button', { name: 'Remove “Migrating Storks over Seas”' }).click();
        await other.getByRole('heading', { name: '2 papers collected' }).waitFor();
        const field = other.getByLabel('File to import');
        await field.setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: content });
        await other
          .getByText('Added 1 paper of mine.json; 2 were in the collection already.')
          .first()
          .waitFor();
        await entry(other, 'over Seas').getByText('Compare with deserts.').waitFor();
        await field.setInputFiles({
          name: 'mine.bib',
          mimeType: 'text/plain',
          buffer: Buffer.from('@article{a}'),
        });
        await other.getByText('mine.bib is not an export of a collection').first().waitFor();
      });
    });
  });
});
