import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/review/review.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { PROTOCOL, type ServedReviews, serveReviews } from '../support/served-reviews.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());
const ADA = { name: 'ada' };
const BEN = { name: 'ben' };
/** Decisions in a file, one of them on a paper that is not there. */
const DECISIONS =
  'title,included\n"Bees on the roofs of cities, part 4",1\n"Worms in the soil of fields, part 5",0\nA paper elsewhere,1\n';

describe.skipIf(!browser)('the papers and the records of a review in a browser', () => {
  let served: ServedReviews;
  beforeAll(async () => {
    served = await serveReviews(built!);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<typeof openPage>[1] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, { locale: 'en-GB', ...options });
    try {
      await page.addInitScript(() => localStorage.setItem('paper-search.token', 'ada'));
      await page.goto(served.url + path);
      await steps(page);
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  /** A review with labels: pairs of a paper and a decision by reviewer. */
  async function create(
    name: string,
    labels: { ada?: Record<string, Decision>; ben?: Record<string, Decision> },
    protocol = {},
  ): Promise<string> {
    const { id } = await served.reviews.create({ name, protocol: { ...PROTOCOL, ...protocol } }, ADA);
    for (const [by, each] of Object.entries(labels)) {
      const given = Object.entries(each).map(([paper, decision]) => ({ paper, decision }));
      await served.reviews.labelAll(id, given, { name: by });
    }
    return id;
  }
  const entry = (page: Page, paper: string) =>
    page.locator('.reviewed-paper').filter({ has: page.locator(`a[href="/paper/${paper}"]`) });
  const standingOf = async (id: string, paper: string, stage: 'abstract' | 'fullText' = 'abstract') =>
    (await served.reviews.paper(id, paper, ADA))[stage];
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  test('conflicts of two reviewers are settled; what one of two has decided stays hidden', async () => {
    const id = await create(
      'Two',
      {
        ada: { p01: 'include', p02: 'exclude', p04: 'include', p05: 'exclude' },
        ben: { p01: 'exclude', p02: 'exclude', p04: 'include', p05: 'maybe', p07: 'include' },
      },
      { reviewersPerPaper: 2 },
    );
    await visit(`/reviews/${id}/papers`, async (page) => {
      await page.getByRole('heading', { name: 'conflicts and maybes (2)' }).waitFor();
      await page.getByRole('link', { name: 'Papers 2 conflicts' }).waitFor();
      await entry(page, 'p01').getByText('ben: exclude').waitFor();
      await page.getByText(/the same decision on 50 % of 4 papers; Cohen’s kappa/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await entry(page, 'p01').getByLabel('Note').fill('Ben overlooked the bees.');
      await entry(page, 'p01').getByRole('button', { name: 'Include' }).click();
      await page.getByRole('heading', { name: 'conflicts and maybes (1)' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('reviewed-papers');
      expect(await standingOf(id, 'p01')).toBe('include');
      await entry(page, 'p05').getByLabel('Reason to exclude').selectOption('wrong animal');
      await entry(page, 'p05').getByRole('button', { name: 'Exclude' }).press('Enter');
      await page.getByText('There is nothing to settle.').waitFor();
      const { settled } = await served.reviews.paper(id, 'p05', ADA);
      expect(settled).toMatchObject([{ decision: 'exclude', reasons: ['wrong animal'], by: 'ada' }]);

      // Ben has judged p07, and Ada must not see how.
      await page.getByLabel('Standing').selectOption('all');
      await page.getByLabel('Words in title or abstract').fill('bees part 7');
      await entry(page, 'p07').waitFor();
      await expect.poll(() => page.locator('.reviewed-paper').count()).toBe(1);
      expect(await entry(page, 'p07').getByText('ben').count()).toBe(0);
      await page.reload();
      await entry(page, 'p07').waitFor();
      await entry(page, 'p07').getByRole('button', { name: 'Show the abstract' }).click();
      await entry(page, 'p07').getByText('We counted bees').waitFor();
    });
  });

  test('maybes of one reviewer are listed and settled', async () => {
    const id = await create('One', { ada: { p01: 'maybe' } });
    await visit(`/reviews/${id}/papers`, async (page) => {
      await entry(page, 'p01').getByRole('button', { name: 'Include' }).click();
      await page.getByText('There is nothing to settle.').waitFor();
      expect(await standingOf(id, 'p01')).toBe('include');
    });
  });

  test('a decision is changed in the list', async () => {
    const id = await create('Changed', { ada: { p01: 'exclude' } });
    await visit(`/reviews/${id}/papers?standing=exclude`, async (page) => {
      await entry(page, 'p01').getByText('Change the decision').click();
      expect(await axeViolations(page)).toEqual([]);
      await entry(page, 'p01').getByRole('button', { name: 'Include' }).click();
      await page.getByText('There are no such papers.').waitFor();
      expect(await standingOf(id, 'p01')).toBe('include');
    });
  });

  test('full texts are retrieved or not, and excluded with a reason', async () => {
    const id = await create('Full texts', {
      ada: { p01: 'include', p04: 'include', p07: 'include', p02: 'exclude' },
    });
    await visit(`/reviews/${id}/papers`, async (page) => {
      await page.getByLabel('Stage').selectOption('full-text');
      await page.getByRole('heading', { name: 'Full text: all (3)' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await entry(page, 'p01').getByLabel('could not be retrieved').check();
      await entry(page, 'p01').getByText('full text not retrieved').waitFor();
      await entry(page, 'p04').getByLabel('available').check();
      await entry(page, 'p04').getByText('full text available').waitFor();
      await entry(page, 'p04').getByRole('button', { name: 'Exclude' }).click();
      await entry(page, 'p04').getByText('Choose the reason of the exclusion').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await entry(page, 'p04').getByLabel('Reason to exclude').selectOption('no animal');
      await entry(page, 'p04').getByRole('button', { name: 'Exclude' }).click();
      await entry(page, 'p04').getByText('Excluded', { exact: true }).waitFor();
      await entry(page, 'p07').getByRole('button', { name: 'Include' }).click();
      await entry(page, 'p07').getByText('Included', { exact: true }).waitFor();
      expect(await standingOf(id, 'p04', 'fullText')).toBe('exclude');
      expect(await standingOf(id, 'p07', 'fullText')).toBe('include');
      const { retrieved } = await served.reviews.paper(id, 'p01', ADA);
      expect(retrieved).toBe(false);
    });
  });

  test('the records show how the papers were chosen, and take a source and another protocol', async () => {
    const id = await create('Records', { ada: { p01: 'include', p02: 'exclude' } });
    await visit(`/reviews/${id}/records`, async (page) => {
      await page.getByText('30 added').waitFor();
      const source = page.getByRole('form', { name: 'Add a searched source' });
      await source.getByLabel('Source').fill('PubMed');
      await source.getByLabel('Query as it was sent').fill('bees AND roofs');
      await source.getByLabel('Records found').fill('131');
      await source.getByRole('button', { name: 'Add' }).click();
      await page.getByText('PubMed (database), 131 records').waitFor();
      await page.getByLabel('Exclude if').fill('wrong animal\nno animal\nno trial: not controlled');
      await page.getByRole('button', { name: 'Save the protocol' }).click();
      await page.getByText('Saved the protocol.').first().waitFor();
      const { protocol } = await served.reviews.read(id);
      expect(protocol.exclude.at(-1)).toEqual({ name: 'no trial', description: 'not controlled' });
      expect(protocol.sources).toMatchObject([{ name: 'PubMed', query: 'bees AND roofs', records: 131 }]);
      await page.locator('.prisma-diagram svg').waitFor();
      expect(
        await page
          .getByRole('img', { name: 'PRISMA 2020 flow diagram of the review “Records”' })
          .textContent(),
      ).toContain('30');
      for (const [button, file] of [
        ['PRISMA diagram (.svg)', `${id}-prisma.svg`],
        ['Search log, PRISMA-S (.md)', `${id}-prisma-s.md`],
        ['RIS', `${id}.ris`],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: button, exact: true }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(file);
      }
      const file = { name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(DECISIONS) };
      await page.getByLabel('File with decisions').setInputFiles(file);
      await page.getByText('Imported 2 decisions of mine.csv. 1 record').first().waitFor();
      await expect.poll(() => standingOf(id, 'p04')).toBe('include');
    });
  });

  test('papers that came into the index are taken into the review on demand', async () => {
    const id = await create('Grown', {});
    await served.grow(3);
    await visit(`/reviews/${id}/records`, async (page) => {
      await page.getByText('The index has changed').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Update the pool' }).click();
      await page.getByText('3 papers came in, 0 left the index').first().waitFor();
      expect(await page.getByText('The index has changed').count()).toBe(0);
      expect((await served.reviews.read(id)).papers).toBe(33);
    });
  });

  test.each([
    [360, 'dark'],
    [1440, 'light'],
  ] as const)('papers and records fit and have no barriers at %i pixels, %s', async (width, colorScheme) => {
    const id = await create(
      `Sizes ${width}`,
      { ada: { p01: 'include', p04: 'include' }, ben: { p01: 'exclude', p04: 'include' } },
      { reviewersPerPaper: 2 },
    );
    const options = { viewport: { width, height: 844 }, colorScheme };
    for (const [path, name] of [
      ['/papers', 'conflicts'],
      ['/papers?stage=full-text', 'full-text'],
      ['/records', 'records'],
    ] as const) {
      await visit(
        `/reviews/${id}${path}`,
        async (page) => {
          await page.waitForLoadState('networkidle');
          expect(await axeViolations(page)).toEqual([]);
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `review-${name}-${width}-${colorScheme}`);
        },
        options,
      );
    }
    expect(await served.reviews.next(id, BEN)).toHaveLength(1);
  });
});
