import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { GARDEN_PAPERS } from '../support/page-papers.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

/** The second record of an existing paper: they are merged. */
const SECOND_RECORD = { ...GARDEN_PAPERS[0], id: 'other/0', abstract: '', keywords: ['orchards'] };

/** A paper of so many authors that their names alone would fill a phone. */
const CROWD_PAPER = {
  id: 'crowd',
  title: 'A census of garden birds by volunteers',
  abstract: 'Volunteers count birds in their gardens on one morning in winter.',
  authors: Array.from({ length: 61 }, (_, i) => `Volunteer Number${i}`),
};

/** A paper that cites all of these gardens, and works that are not here. */
const SURVEY_PAPER = {
  id: 'survey',
  title: 'What we know of pollinators in gardens',
  abstract: 'A survey of what was counted.',
  authors: ['Eve Field'],
  year: 2021,
  references: [...GARDEN_PAPERS.map(({ doi }) => `doi:${doi}`), 'doi:10.5555/lost', 'a letter'],
};

const browser = await launchBrowser();

describe.skipIf(!browser)('a paper in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage([...GARDEN_PAPERS, SECOND_RECORD, CROWD_PAPER, SURVEY_PAPER]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  async function open(path: string, options: Parameters<typeof openPage>[1] = {}) {
    const opened = await openPage(browser!, options);
    await opened.page.goto(served.url + path);
    return opened;
  }
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  test.each(['light', 'dark'] as const)('shows every field of it, %s', async (colorScheme) => {
    const { page, problems } = await open('/paper/garden%2F0', { colorScheme });
    await page.getByRole('heading', { level: 1, name: GARDEN_PAPERS[0]!.title }).waitFor();
    expect(await page.locator('.paper-abstract').textContent()).toBe(GARDEN_PAPERS[0]!.abstract);
    await page.getByRole('heading', { name: 'Merged from 2 records' }).waitFor();
    await page.getByText('Also known as').waitFor();
    await page.getByRole('link', { name: /^DOI/ }).waitFor();
    await page.locator('.related .shared').first().waitFor();
    await page.locator('.related').getByText('Cited together by 1 paper · Shares').first().waitFor();
    expect(await page.locator('.cite pre').count()).toBe(0);
    await page.getByRole('button', { name: 'Cite' }).click();
    await page.locator('.cite pre').waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await axeViolations(page)).toEqual([]);
      await keepScreenshot(page, `paper-${width}-${colorScheme}`);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('has its venue and year under the title, and all actions in one row', async () => {
    const { page, problems } = await open('/paper/garden%2F0', { viewport: { width: 1024, height: 768 } });
    await heading(page).waitFor();
    const where = page.locator('h1 + .paper-where');
    expect(await where.getByRole('link').allTextContents()).toEqual(['Journal of Gardens', '2015']);
    await page.locator('.related-title').first().waitFor();
    for (const width of [1024, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const actions = page.getByRole('group', { name: 'Actions' });
      const tops = await actions
        .locator('> *')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).offsetTop));
      expect(tops.length).toBe(5);
      expect(new Set(tops).size).toBe(1);
      // Beside the text on a tablet, below it on a phone.
      const [text, related] = [
        (await page.locator('article').boundingBox())!,
        (await page.locator('.related').boundingBox())!,
      ];
      expect(related.x >= text.x + text.width && related.y === text.y).toBe(width === 1024);
      await actions.getByRole('link', { name: 'Related' }).click();
      expect(await page.locator('.related-title:focus').count()).toBe(1);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('works with the keyboard alone, and knows the results that it was opened from', async () => {
    const { page, problems } = await open('/?q=pollinators&mode=keyword&sort=title');
    const titles = page.locator('.hit-title');
    await titles.nth(1).waitFor();
    const names = await titles.allTextContents();
    const isOpen = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await isOpen(names[1]!);
    const bar = page.getByRole('navigation', { name: 'Results' });
    await bar.getByText('2 of 10').waitFor();
    await page.keyboard.press(']');
    await isOpen(names[2]!);
    await page.keyboard.press('[');
    await isOpen(names[1]!);
    await page.keyboard.press('[');
    await isOpen(names[0]!);
    // There is nothing before the first.
    await page.keyboard.press('[');
    await bar.getByRole('link', { name: 'Next' }).press('Enter');
    await isOpen(names[1]!);
    await page.keyboard.press('c');
    await page.locator('.cite pre').waitFor();
    await page.keyboard.press('c');
    await page.locator('.cite pre').waitFor({ state: 'detached' });
    await page.keyboard.press('x');
    await page.getByRole('link', { name: 'Collection 1 collected' }).waitFor();
    expect(await page.getByLabel('Collect', { exact: true }).isChecked()).toBe(true);
    const related = page.locator('.related .related-title');
    await related.first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('link', { name: 'Collection 2 collected' }).waitFor();
    const second = (await related.nth(1).textContent())!;
    await page.keyboard.press('o');
    await isOpen(second);
    await page.goBack();
    await isOpen(names[1]!);
    await page.keyboard.press('u');
    await page.locator('.hit-title:focus').waitFor();
    expect(await page.locator('.hit-title:focus').textContent()).toBe(names[1]);
    await page.keyboard.press('Enter');
    await isOpen(names[1]!);
    await page.goBack();
    await page.locator('.hit-title:focus').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('is cited as BibTeX, RIS and plain text', async () => {
    const { page, problems } = await open('/paper/garden%2F1');
    await page.getByRole('button', { name: 'Cite' }).click();
    const citation = page.locator('.cite pre');
    await citation.filter({ hasText: /@\w+\{/ }).waitFor();
    await page.getByRole('radio', { name: 'RIS' }).check({ force: true });
    await citation.filter({ hasText: /^TY {2}- / }).waitFor();
    await page.getByRole('radio', { name: 'Plain text' }).check({ force: true });
    await citation.filter({ hasText: GARDEN_PAPERS[1]!.title }).filter({ hasNotText: 'TY  -' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('lists what it cites and what cites it, %s', async (colorScheme) => {
    const { page, problems } = await open('/paper/survey', { colorScheme });
    const references = page.getByRole('region', { name: 'References' });
    await references.getByText('14 references, 12 of them here.').waitFor();
    expect(await references.locator('ol li').count()).toBe(10);
    expect(await page.getByRole('heading', { name: 'Cited by' }).count()).toBe(0);
    await references.getByText('2 works not here').click();
    const lost = references.getByRole('link', { name: 'doi:10.5555/lost' });
    expect(await lost.getAttribute('href')).toBe('https://doi.org/10.5555/lost');
    expect(await axeViolations(page)).toEqual([]);
    await keepScreenshot(page, `paper-references-${colorScheme}`);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await references.getByRole('link', { name: 'All 12 references here' }).click();
    await page.getByText('12 papers').first().waitFor();
    expect(await page.locator('.hit-title').count()).toBe(10);
    await page.goto(`${served.url}/paper/garden%2F4`);
    const citations = page.getByRole('region', { name: 'Cited by' });
    await citations.getByText('Cited by 1 paper here.').waitFor();
    expect(await page.getByRole('heading', { name: 'References' }).count()).toBe(0);
    await citations.getByRole('link', { name: SURVEY_PAPER.title }).press('Enter');
    await page.getByRole('heading', { level: 1, name: SURVEY_PAPER.title }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('has no lists of references and citations when none are known', async () => {
    const { page, problems } = await open('/paper/crowd');
    await page.locator('.related-title').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Abstract',
      'Details',
      'Source',
      'Related papers',
    ]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('links to related papers and to its authors, and back', async () => {
    const { page, problems } = await open('/paper/garden%2F2');
    await heading(page).waitFor();
    const related = page.locator('.related-title').first();
    const title = (await related.textContent())!;
    await related.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: GARDEN_PAPERS[2]!.title }).waitFor();
    await page.getByRole('link', { name: 'Ada Meadow' }).click();
    await page.getByText('6 papers').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('shows the first of many authors, and all on demand', async () => {
    const { page, problems } = await open('/paper/crowd');
    const authors = page.getByRole('list', { name: 'Authors' }).getByRole('link');
    const more = page.getByRole('button', { name: '41 more authors' });
    await more.waitFor();
    expect(await authors.count()).toBe(20);
    await more.click();
    await page.getByRole('button', { name: 'Fewer authors' }).waitFor();
    expect(await authors.count()).toBe(61);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('is collected in every tab and until the next visit', async () => {
    const { page, problems } = await open('/paper/garden%2F3');
    const other = await page.context().newPage();
    await other.goto(`${served.url}/`);
    await page.getByLabel('Collect', { exact: true }).check();
    await other.getByRole('link', { name: 'Collection 1 collected' }).waitFor();
    await page.reload();
    expect(await page.getByLabel('Collect', { exact: true }).isChecked()).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('is reported as not found, accessibly in both themes', async () => {
    const { page } = await open('/paper/nothing%20here');
    await page.getByRole('heading', { name: 'Paper not found' }).waitFor();
    await page.getByText('nothing here').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });

  test('loads few bytes: the first view with its first answer', async () => {
    const { page } = await openPage(browser!);
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0;
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const started = performance.now();
    await page.goto(`${served.url}/?q=pollinators`);
    await page.locator('.hit-title').first().waitFor();
    const drawnMs = Math.round(performance.now() - started);
    await page.waitForLoadState('networkidle');
    console.log(`First view: ${bytes} bytes on the wire, first result drawn after ${drawnMs} ms.`);
    // Code, style, the declaration of fields and ten papers with abstracts. The limit reveals growth of the page.
    expect(bytes).toBeLessThan(76_000);
    await page.context().close();
  });

  test('reports a lost connection, and a search can be tried again', async () => {
    const { page } = await open('/?q=pollinators');
    await page.locator('.hit-title').first().waitFor();
    await page.route('**/v1/search?*', (route) => route.abort('connectionrefused'));
    await page.getByRole('combobox', { name: 'Search the papers' }).fill('bees');
    await page.getByRole('heading', { name: 'No connection to the server' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepScreenshot(page, 'server-gone');
    await page.unroute('**/v1/search?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.hit-title').first().waitFor();
    served.kill();
    await page.getByRole('link', { name: 'Collection' }).click();
    await page.getByRole('heading', { name: 'This part of the page could not be loaded' }).waitFor();
    await page.context().close();
  });
});
