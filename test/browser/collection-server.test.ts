import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Collections } from '../../src/collections/collections.ts';
import { CollectionStore } from '../../src/collections/store.ts';
import type { Access } from '../../src/serve/access/access.ts';
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

/** Two readers, and one who may only add papers. */
const access: Access = {
  find: (token) =>
    ({
      ada: { name: 'ada', scopes: ['review'] as const },
      ben: { name: 'ben', scopes: ['review'] as const },
      student: { name: 'student', scopes: ['read', 'add'] as const },
    })[token],
  hasTokens: () => true,
  record: () => {},
};

describe.skipIf(!browser)('collections on the server', () => {
  let url = '';
  let store: CollectionStore;
  let ofOther: CollectionStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paper-search-collections-'));
    store = new CollectionStore(folder);
    const { engine } = await snapshotOver(
      CONFERENCE_PAPERS.map((paper) => ({ ...paper, venue: 'BirdConf', year: 2025 })),
    );
    const collections = new Collections(store);
    ofOther = new CollectionStore(join(folder, 'other'));
    const other = { name: 'other', engine, collections: new Collections(ofOther), access };
    const server = await listening(createApp({ engine, collections, access, page: built, others: [other] }));
    url = server.url;
    stop = async () => {
      server.close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    };
  });
  afterAll(async () => {
    await browser?.close();
    await stop?.();
  });

  const entry = (page: Page, title: string) =>
    page.locator('.collection-entry').filter({ has: page.getByRole('heading', { name: title }) });

  /** Enters a token as a reader does. */
  async function enter(page: Page, token: string): Promise<void> {
    await page.getByRole('button', { name: 'Use a token' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Use a token' });
    await dialog.getByLabel('Token', { exact: true }).fill(token);
    await dialog.getByLabel('Remember it in this browser').check();
    await dialog.getByRole('button', { name: 'Use this token' }).click();
  }

  /** A collection of the server with two papers, and its page. */
  async function visit(
    name: string,
    steps: (page: Page, id: string) => Promise<void>,
    options: Parameters<typeof openPage>[1] & { expected?: RegExp } = {},
  ): Promise<void> {
    const { id } = await store.create({ name, by: 'ben' });
    const { expected = /^$/, ...rest } = options;
    const { page, problems } = await openPage(browser!, rest);
    try {
      await page.goto(`${url}/collection`);
      await enter(page, 'ada');
      await page.getByText('Kept on the server.').waitFor();
      const chooser = page.getByRole('combobox', { name: 'Collection', exact: true });
      if (await chooser.count()) await chooser.selectOption(id);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.goto(`${url}/schedule`);
      for (const title of ['Migrating Storks over Seas', 'Bread with a Crust']) {
        await page.getByLabel(`Collect “${title}”`).check();
      }
      await page.getByRole('link', { name: `Collection: ${name} 2 collected` }).click();
      await page.getByRole('heading', { name: '2 papers collected' }).waitFor();
      await steps(page, id);
      expect(problems.filter((each) => !expected.test(each))).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  const noteOf = async (id: string, paper: string) =>
    (await store.get(id)).entries.find((each) => each.paper.id === paper)?.note;
  const writeNote = async (page: Page, title: string, note: string) => {
    await entry(page, title)
      .getByRole('button', { name: /^(?:Add a|Edit the) note/ })
      .press('Enter');
    await page.locator('textarea:focus').fill(note);
    await page.keyboard.press('Control+Enter');
  };

  test('keep what is ticked and written, with the name of the token', async () => {
    await visit('Birds', async (page, id) => {
      await writeNote(page, 'Migrating Storks over Seas', 'On the server.');
      await entry(page, 'Migrating Storks over Seas').getByText('On the server.').waitFor();
      await expect.poll(() => noteOf(id, 'storks-seas')).toBe('On the server.');
      expect((await store.log(id)).at(-1)!.value).toMatchObject({ by: 'ada', type: 'changed' });
      expect((await store.get(id)).entries).toMatchObject([
        { paper: { id: 'storks-seas' }, role: 'for', addedBy: 'ada' },
        { paper: { id: 'bread-crust' }, role: 'for' },
      ]);
      await page.reload();
      await entry(page, 'Migrating Storks over Seas').getByText('On the server.').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => noteOf(id, 'storks-seas')).toBe('');
      await page.getByRole('button', { name: 'Redo' }).click();
      await entry(page, 'Migrating Storks over Seas').getByText('On the server.').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Zotero RDF' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('papers.rdf');
      await page.getByLabel('File to import').setInputFiles({
        name: 'mine.bib',
        mimeType: 'text/plain',
        buffer: Buffer.from(
          '@article{a, title = {A Paper Elsewhere}, author = {Elsewhere, Eve}, annote = {Read it.}}',
        ),
      });
      await page.getByText('Added 1 paper of mine.bib').first().waitFor();
      await entry(page, 'A Paper Elsewhere').getByText('Read it.').waitFor();
    });
  });

  test('show what is not saved yet without a connection, and save it later', async () => {
    await visit(
      'Offline',
      async (page, id) => {
        await page.route('**/v1/collections**', (route) => route.abort('connectionrefused'));
        await writeNote(page, 'Bread with a Crust', 'Written on a train.');
        await page.getByText('1 change not saved yet.').waitFor();
        await entry(page, 'Bread with a Crust').getByText('Written on a train.').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, 'shelf-offline');
        expect(await noteOf(id, 'bread-crust')).toBe('');
        await page.unroute('**/v1/collections**');
        await expect.poll(() => noteOf(id, 'bread-crust'), { timeout: 15_000 }).toBe('Written on a train.');
        await page.getByText('1 change not saved yet.').waitFor({ state: 'detached' });
      },
      { expected: /ERR_CONNECTION_REFUSED/ },
    );
  });

  test('do not overwrite what another reader wrote, and show what was not saved', async () => {
    await visit(
      'Conflicts',
      async (page, id) => {
        // Nothing is loaded any more when Ben writes.
        await expect.poll(async () => (await store.get(id)).entries.length).toBe(2);
        await page.reload();
        await page.getByRole('heading', { name: '2 papers collected' }).waitFor();
        await page.waitForLoadState('networkidle');
        await store.change(id, { type: 'changed', ids: ['bread-crust'], note: 'By Ben.' }, { by: 'ben' });
        await writeNote(page, 'Bread with a Crust', 'By Ada.');
        await page.getByText('Not saved: another reader has changed the same').waitFor();
        await page.locator('blockquote').getByText('By Ada.').waitFor();
        await entry(page, 'Bread with a Crust').getByText('By Ben.').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await noteOf(id, 'bread-crust')).toBe('By Ben.');
        await page.getByRole('button', { name: 'I have read this' }).click();
        await writeNote(page, 'Bread with a Crust', 'By both.');
        await expect.poll(() => noteOf(id, 'bread-crust')).toBe('By both.');
      },
      { expected: /409/ },
    );
  });

  test('get copies of those of the browser, with notes', async () => {
    const { page, problems } = await openPage(browser!);
    await page.goto(`${url}/schedule`);
    await page.getByLabel('Collect “Migrating Storks over Deserts”').check();
    await page.getByRole('link', { name: 'Collection 1 collected' }).click();
    await writeNote(page, 'Migrating Storks over Deserts', 'From the browser.');
    await page.getByText('From the browser.').waitFor();
    await enter(page, 'ada');
    await page.getByRole('button', { name: 'Copy this browser’s collections to the server (1)' }).click();
    await page.getByText('Copied to the server: “Collection”.').first().waitFor();
    expect(await noteOf('collection', 'storks-deserts')).toBe('From the browser.');
    await page.getByRole('button', { name: 'Stop using the token' }).click();
    await page.getByText('Kept in this browser only.').waitFor();
    await page.getByText('From the browser.').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('belong to the library that the page shows, with their links', async () => {
    const { page, problems } = await openPage(browser!);
    await page.goto(`${url}/libraries/other/schedule`);
    await page.getByLabel('Collect “Migrating Storks over Deserts”').check();
    await page.getByRole('link', { name: 'Collection 1 collected' }).click();
    await page.getByRole('heading', { name: '1 paper collected' }).waitFor();
    await enter(page, 'ada');
    await page.getByRole('button', { name: /^Copy this browser’s collections/ }).click();
    await page.getByRole('button', { name: 'Create a link' }).click();
    const address = await page.getByLabel('Address of the link').inputValue();
    expect(address).toMatch(new RegExp(`^${url}/libraries/other/shared/`));
    expect((await ofOther.list()).map(({ name }) => name)).toEqual(['Collection']);
    await page.goto(address);
    await page.getByRole('link', { name: 'Migrating Storks over Deserts' }).click();
    await page.getByRole('heading', { name: 'Migrating Storks over Deserts', level: 1 }).waitFor();
    // The default library has its own list.
    await page.goto(`${url}/collection`);
    await page.getByText('Kept in this browser only.').waitFor();
    await page.getByRole('heading', { name: 'The collection is empty' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('stay in the browser with a token that does not allow collections', async () => {
    const { page } = await openPage(browser!);
    await page.goto(`${url}/collection`);
    await enter(page, 'student');
    await page.getByText('The token cannot be used for collections').waitFor();
    await page.getByText('Kept in this browser only.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'are shared by a link, until it is revoked, %s',
    async (colorScheme) => {
      await visit(
        `Shared ${colorScheme}`,
        async (page) => {
          await writeNote(page, 'Migrating Storks over Seas', 'For everyone.');
          await page.getByLabel('What the link is for').fill('For the reviewers');
          await page.getByRole('button', { name: 'Create a link' }).click();
          const address = await page.getByLabel('Address of For the reviewers').inputValue();
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            expect(await axeViolations(page)).toEqual([]);
            await page.locator('.collection-shares').scrollIntoViewIfNeeded();
            await keepScreenshot(page, `share-${width}-${colorScheme}`);
          }
          const { page: guest, problems } = await openPage(browser!, { colorScheme });
          await guest.goto(address);
          await guest.getByRole('heading', { name: `Shared ${colorScheme}`, level: 1 }).waitFor();
          await guest.getByText('For everyone.').waitFor();
          for (const width of WIDTHS) {
            await guest.setViewportSize({ width, height: 900 });
            expect(await axeViolations(guest)).toEqual([]);
            await keepScreenshot(guest, `shared-${width}-${colorScheme}`);
          }
          const [download] = await Promise.all([
            guest.waitForEvent('download'),
            guest.getByRole('link', { name: 'BibTeX' }).click(),
          ]);
          expect(download.suggestedFilename()).toMatch(/\.bib$/);
          expect(problems).toEqual([]);
          await page.getByRole('button', { name: 'Revoke' }).click();
          await page.getByLabel('Address of For the reviewers').waitFor({ state: 'detached' });
          await guest.reload();
          await guest.getByText('This link does not exist, or it was revoked.').waitFor();
          expect(await axeViolations(guest)).toEqual([]);
          await guest.context().close();
        },
        { colorScheme },
      );
    },
  );
});
