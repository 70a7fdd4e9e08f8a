import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { PROTOCOL, type ServedReviews, serveReviews } from '../support/served-reviews.ts';

const built = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));
if (!built) console.warn('No page: run "npm run build" to run the browser tests.');
const browser = built && (await launchBrowser());
const ADA = { name: 'ada' };

describe.skipIf(!browser)('reviews in a browser', () => {
  let served: ServedReviews;
  beforeAll(async () => {
    served = await serveReviews(built!);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  /** Opens a path with a token, and expects no errors besides expected ones. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    {
      token = 'ada',
      expected = /^$/,
      ...options
    }: Parameters<typeof openPage>[1] & { token?: string | undefined; expected?: RegExp } = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, { locale: 'en-GB', ...options });
    try {
      await page.addInitScript((given) => localStorage.setItem('paper-search.token', given), token);
      await page.goto(served.url + path);
      await steps(page);
      expect(problems.filter((each) => !expected.test(each))).toEqual([]);
    } finally {
      await page.context().close();
    }
  }
  const create = async (name: string, protocol = {}) =>
    (await served.reviews.create({ name, protocol: { ...PROTOCOL, ...protocol } }, ADA)).id;
  /** What a reviewer has decided, in order. */
  const decided = async (id: string) => {
    const { log } = await served.reviews.whole(id, { unblind: true });
    return log.flatMap(({ type, value }) => {
      const { paper, decision } = value as { paper: string; decision: string };
      return type === 'labelled' ? [`${paper} ${decision}`] : [];
    });
  };
  const title = (page: Page) => page.locator('.screening-title');
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.className);
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  const next = async (page: Page, act: () => Promise<void>) => {
    const before = await title(page).textContent();
    await act();
    await expect.poll(() => title(page).textContent()).not.toBe(before);
  };

  test('keys decide, and each shows the next paper with its title in focus', async () => {
    const id = await create('Keys');
    await visit(`/reviews/${id}`, async (page) => {
      await title(page).waitFor();
      await page.getByText(PROTOCOL.question).waitFor();
      await page.locator('.screening-abstract mark').first().waitFor();
      const first = await title(page).textContent();
      await next(page, () => page.keyboard.press('i'));
      expect(await focused(page)).toBe('screening-title');
      await page.getByText('Included.').first().waitFor({ state: 'attached' });
      await next(page, () => page.keyboard.press('m'));

      // A reason by its number, and a note.
      await page.keyboard.press('2');
      await page.getByText('Reasons: no animal').waitFor();
      await page.keyboard.press('n');
      await page.keyboard.type('It includes nothing: i, e, m.');
      await page.keyboard.press('Control+Enter');
      await next(page, () => page.keyboard.press('e'));
      await expect.poll(async () => (await decided(id)).length).toBe(3);
      const { papers } = await served.reviews.papers(id, ADA, { standing: 'exclude' });
      expect(papers[0]!.labels).toMatchObject([
        {
          decision: 'exclude',
          reasons: ['no animal'],
          note: 'It includes nothing: i, e, m.',
          by: 'ada',
          rank: expect.any(Number),
        },
      ]);
      expect(papers[0]!.labels[0]!.model).toBeDefined();
      await page.getByText('2 of 30 papers decided, 1 included').waitFor();
      await page.getByRole('heading', { name: 'What the last label moved' }).waitFor();

      // The last label is taken back, with its reason and its note; then the two before it.
      await next(page, () => page.keyboard.press('u'));
      await page.getByText('Reasons: no animal').waitFor();
      expect(await page.locator('.screening-note textarea').inputValue()).toBe(
        'It includes nothing: i, e, m.',
      );
      await next(page, () => page.keyboard.press('u'));
      await next(page, () => page.keyboard.press('u'));
      expect(await title(page).textContent()).toBe(first);
      await expect.poll(async () => (await served.reviews.progress(id, ADA)).own.read).toBe(0);

      await page.keyboard.press('r');
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('first-reason');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('While screening').waitFor();
    });
  });

  test('a key that is held down decides once', async () => {
    const id = await create('Held');
    await visit(`/reviews/${id}`, async (page) => {
      await title(page).waitFor();
      await page.keyboard.down('e');
      await page.keyboard.down('e');
      await page.keyboard.down('e');
      await page.keyboard.up('e');
      await expect.poll(async () => (await decided(id)).length).toBe(1);
      await page.waitForLoadState('networkidle');
      expect(await decided(id)).toHaveLength(1);
    });
  });

  test('the reasons of a rank and what a label moved are shown once labels of both kinds are there', async () => {
    const id = await create('Reasons');
    for (const [paper, decision] of [
      ['p01', 'include'],
      ['p02', 'exclude'],
    ] as const) {
      await served.reviews.label(id, { paper, decision }, ADA);
    }
    await visit(`/reviews/${id}`, async (page) => {
      await title(page).waitFor();
      await page.getByRole('heading', { name: 'Nearest labelled papers' }).waitFor();
      await page.getByRole('heading', { name: 'For including' }).waitFor();
      expect(await page.locator('.recall-curve path').count()).toBe(4);
      // The panel is closed and opened by its key.
      const why = page
        .locator('details')
        .filter({ has: page.getByRole('heading', { name: 'Why this paper' }) });
      expect(await why.getAttribute('open')).not.toBeNull();
      await page.keyboard.press('w');
      await expect.poll(() => why.getAttribute('open')).toBeNull();
      await page.keyboard.press('w');
      await next(page, () => page.keyboard.press('e'));
      await expect.poll(async () => (await decided(id)).length).toBe(3);
      const { log } = await served.reviews.whole(id, { unblind: true });
      const moved = await served.reviews.moved(id, log.at(-1)!.number, ADA);
      await page.getByText('Not known yet.').waitFor({ state: 'detached' });
      expect(await page.locator('.moved li').count()).toBe(Math.min(6, moved.length));
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('own words are added with a colour, and removed', async () => {
    const id = await create('Words');
    await visit(`/reviews/${id}`, async (page) => {
      await title(page).waitFor();
      await page.getByRole('heading', { name: 'Own words' }).click();
      await page.getByLabel('Word to mark').fill('part*');
      await page.getByLabel('It speaks').selectOption('against');
      await page.getByLabel('Colour').fill('#123456');
      await page.getByRole('button', { name: 'Mark it' }).click();
      const mark = page.locator('.screening-title mark.mark-against').filter({ hasText: 'part' });
      await mark.waitFor();
      expect(await mark.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe('rgb(18, 52, 86)');
      expect(await mark.evaluate((each) => getComputedStyle(each).color)).toBe('rgb(255, 255, 255)');
      const { highlights } = (await served.reviews.read(id)).protocol;
      expect(highlights.at(-1)).toEqual({ text: 'part*', for: false, color: '#123456' });
      await page.getByRole('button', { name: 'Remove the word “part*”' }).click();
      await mark.waitFor({ state: 'detached' });
    });
  });

  test('without a connection, screening continues; everything is sent later, also after the tab was closed', async () => {
    const id = await create('Offline');
    await visit(
      `/reviews/${id}`,
      async (page) => {
        await title(page).waitFor();
        await page.waitForLoadState('networkidle');
        await page.route('**/v1/reviews/**', (route) => route.abort('connectionrefused'));
        await next(page, () => page.keyboard.press('i'));
        await next(page, () => page.keyboard.press('e'));
        await page.getByText('2 decisions not saved yet.').waitFor();
        await page.keyboard.press('n');
        await page.keyboard.type('Written on a train.');
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, 'review-offline');
        expect(await decided(id)).toEqual([]);
        const draft = await title(page).textContent();

        // Closed, and opened again when the server is there.
        const context = page.context();
        await page.close();
        const again = await context.newPage();
        await again.goto(`${served.url}/reviews/${id}`);
        await expect.poll(async () => (await decided(id)).length).toBe(2);
        await title(again).waitFor();
        await again.getByText('not saved yet').waitFor({ state: 'detached' });
        if ((await title(again).textContent()) === draft) {
          expect(await again.locator('.screening-note textarea').inputValue()).toBe('Written on a train.');
        }

        // The connection is lost and comes back while the page is open.
        await again.route('**/v1/reviews/**', (route) => route.abort('connectionrefused'));
        await next(again, () => again.keyboard.press('e'));
        await again.getByText('1 decision not saved yet.').waitFor();
        await again.unroute('**/v1/reviews/**');
        await again.evaluate(() => dispatchEvent(new Event('online')));
        await again.getByText('not saved yet').waitFor({ state: 'detached' });
        expect(await decided(id)).toHaveLength(3);
      },
      { expected: /ERR_CONNECTION_REFUSED/ },
    );
  });

  test('a decision that another reviewer was quicker with is shown, and overwrites nothing', async () => {
    const id = await create('Quicker');
    await visit(
      `/reviews/${id}`,
      async (page) => {
        await title(page).waitFor();
        await page.waitForLoadState('networkidle');
        const [first] = await served.reviews.next(id, ADA);
        await served.reviews.label(id, { paper: first!.paper.id, decision: 'exclude' }, { name: 'ben' });
        await next(page, () => page.keyboard.press('i'));
        const refused = page.getByRole('alert').filter({ hasText: 'Not saved, your “include”' });
        await refused.getByText('has been decided by ben').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await decided(id)).toEqual([`${first!.paper.id} exclude`]);
        await refused.getByRole('button', { name: 'I have read this' }).click();
        await refused.waitFor({ state: 'detached' });
      },
      { expected: /409/ },
    );
  });

  test('says when nothing is left', async () => {
    const id = await create('Short');
    const papers = Array.from({ length: 29 }, (_, n) => `p${String(n + 1).padStart(2, '0')}`);
    await served.reviews.labelAll(
      id,
      papers.map((paper, n) => ({ paper, decision: n % 3 === 0 ? 'include' : 'exclude' })),
      ADA,
    );
    await visit(`/reviews/${id}`, async (page) => {
      await title(page).waitFor();
      await page.keyboard.press('i');
      await page.getByRole('heading', { name: 'Nothing is left to read' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('a search becomes a review', async () => {
    await visit('/?q=honey&mode=keyword', async (page) => {
      await page.getByRole('link', { name: 'Review these results' }).click();
      await page.getByRole('heading', { name: 'New review' }).waitFor();
      await page.getByText('Papers: those of the search “honey”').waitFor();
      await page.getByLabel('Name', { exact: true }).fill('Honey');
      await page.getByLabel('Question').fill('Who makes honey?');
      await page.getByLabel('Include if').fill('bees');
      await page.getByLabel('Exclude if').fill('wrong animal: no bees\nno animal');
      await page.getByLabel('Reviewers per paper').selectOption('2');
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Start the review' }).click();
      await title(page).waitFor();
      const review = await served.reviews.read(new URL(page.url()).pathname.split('/').at(-1)!);
      expect(review).toMatchObject({
        name: 'Honey',
        papers: 10,
        protocol: {
          reviewersPerPaper: 2,
          targetRecall: 0.95,
          exclude: [
            { name: 'wrong animal', description: 'no bees' },
            { name: 'no animal', description: '' },
          ],
        },
      });
      await page.goto(`${served.url}/reviews`);
      await page.getByRole('link', { name: 'Honey' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  test('without the right token, one is asked for', async () => {
    await visit(
      '/reviews',
      async (page) => {
        await page.getByText('does not have the scope "review"').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: 'Use another token' }).click();
        await page.getByRole('dialog', { name: 'Reviews need a token' }).waitFor();
      },
      { token: 'student', expected: /403/ },
    );
    await visit('/reviews/none', (page) => page.getByRole('heading', { name: 'Page not found' }).waitFor(), {
      expected: /404/,
    });
  });

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1024, 'dark'],
    [1440, 'light'],
  ] as const)('screening fits and has no barriers at %i pixels, %s', async (width, colorScheme) => {
    const id = await create(`Sizes ${width} ${colorScheme}`);
    for (const [paper, decision] of [
      ['p01', 'include'],
      ['p02', 'exclude'],
      ['p03', 'exclude'],
    ] as const) {
      await served.reviews.label(id, { paper, decision }, ADA);
    }
    await visit(
      `/reviews/${id}`,
      async (page) => {
        await title(page).waitFor();
        await next(page, () => page.getByRole('button', { name: 'Include' }).click());
        await page.waitForLoadState('networkidle');
        expect(await axeViolations(page)).toEqual([]);
        expect(await fits(page)).toBe(true);
        await keepScreenshot(page, `screening-${width}-${colorScheme}`);
        if (width > 400) return;
        // Buttons for a thumb, within the window.
        for (const name of ['Include', 'Maybe', 'Exclude']) {
          const box = (await page.getByRole('button', { name }).boundingBox())!;
          expect(box.height).toBeGreaterThanOrEqual(44);
          expect(box.y + box.height).toBeLessThanOrEqual(740);
        }
        await page.getByRole('button', { name: 'Reason' }).click();
        await page.getByLabel('wrong animal').check();
        await next(page, () => page.getByRole('button', { name: 'Exclude' }).click());
        await page.getByRole('heading', { name: 'Progress' }).click();
        await page.getByText('Recall reached').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await fits(page)).toBe(true);
      },
      { viewport: { width, height: 740 }, colorScheme },
    );
  });
});
