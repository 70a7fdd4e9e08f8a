import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { GARDEN_PAPERS, HOSTILE_PAPER } from '../support/page-papers.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const browser = await launchBrowser();

describe.skipIf(!browser)('search in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage([...GARDEN_PAPERS, HOSTILE_PAPER]);
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
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  }

  const field = (page: Page) => page.getByRole('combobox', { name: 'Search the papers' });
  const titles = (page: Page) => page.locator('.hit-title');
  const focusedTitle = (page: Page) => page.locator('.hit-title:focus');
  const queryOf = (page: Page) => new URL(page.url()).searchParams;

  test('starts with a summary of the corpus, and the cursor in the field', async () => {
    await visit('/', async (page) => {
      await page.getByText('19 papers, 2015 to 2025').waitFor();
      await page.getByRole('link', { name: 'Bee Letters' }).waitFor();
      expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  test('answers while the user types, and Back returns to the previous query', async () => {
    await visit('/', async (page) => {
      await page.getByText('19 papers, 2015').waitFor();
      await page.keyboard.type('self-improvement of language models', { delay: 15 });
      // On a busy machine the search runs before the last letter, too.
      await expect.poll(() => queryOf(page).get('q')).toBe('self-improvement of language models');
      await titles(page).filter({ hasText: 'Sharpening Mechanism' }).waitFor();
      expect(await page.locator('.hit mark').count()).toBeGreaterThan(0);
      await page.keyboard.press('Enter');
      await field(page).fill('bees in a garden');
      await expect.poll(() => queryOf(page).get('q')).toBe('bees in a garden');
      await page.goBack();
      await titles(page).filter({ hasText: 'Sharpening Mechanism' }).waitFor();
      await expect.poll(() => field(page).inputValue()).toBe('self-improvement of language models');
      await page.goBack();
      await page.getByText('19 papers, 2015').waitFor();
      await expect.poll(() => field(page).inputValue()).toBe('');
    });
  });

  test('suggests authors, titles and keywords', async () => {
    await visit('/', async (page) => {
      await field(page).pressSequentially('ada', { delay: 20 });
      const option = page.getByRole('option', { name: /Ada Meadow/ });
      await option.waitFor();
      expect(await field(page).getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('ArrowDown');
      expect(await field(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await field(page).getAttribute('aria-expanded')).toBe('false');
      await field(page).pressSequentially(' m', { delay: 20 });
      await page.getByRole('option', { name: /Ada Meadow/ }).click();
      await page.getByText('6 papers').first().waitFor();
      expect(queryOf(page).getAll('author')).toEqual(['Ada Meadow']);
    });
  });

  test('filters by facets, and removes filters', async () => {
    await visit('/?q=pollinators', async (page) => {
      await titles(page).first().waitFor();
      await page.getByRole('checkbox', { name: /Journal of Gardens/ }).check();
      await page.getByText('4 papers').first().waitFor();
      expect(queryOf(page).getAll('venue')).toEqual(['Journal of Gardens']);
      // Another venue can be added, with the papers that it would add.
      await page.getByRole('checkbox', { name: /Bee Letters 8/ }).check();
      await page.getByText('1–10 of 12 papers').first().waitFor();
      expect(queryOf(page).getAll('venue')).toEqual(['Journal of Gardens', 'Bee Letters']);
      await page.getByRole('button', { name: 'Remove Venue Bee Letters' }).click();
      await page.getByText('4 papers').first().waitFor();
      await page.getByLabel('From year').fill('2018');
      await page.getByRole('button', { name: 'Set' }).click();
      await page.getByText('2 papers').first().waitFor();
      expect(queryOf(page).get('year')).toBe('2018..');
      await page.getByRole('button', { name: 'Remove Venue Journal of Gardens' }).click();
      await expect.poll(() => queryOf(page).getAll('venue')).toEqual([]);
      await page.getByLabel('Sort by').selectOption('title');
      await expect.poll(() => queryOf(page).get('sort')).toBe('title');
      await page.getByLabel('Words', { exact: true }).check({ force: true });
      await expect.poll(() => queryOf(page).get('mode')).toBe('keyword');
    });
  });

  test('links to a feed of the same search', async () => {
    await visit('/?q=pollinators&venue=Bee+Letters&sort=title', async (page) => {
      const feed = await page.getByRole('link', { name: 'Subscribe (feed)' }).getAttribute('href');
      const response = await fetch(served.url + feed);
      expect(response.headers.get('Content-Type')).toContain('application/atom+xml');
      expect((await response.text()).match(/<entry>/g)).toHaveLength(8);
    });
  });

  test('turns pages, and opens a page from a shared link', async () => {
    await visit('/?q=pollinators&mode=keyword&page=2', async (page) => {
      await page.getByText('Page 2 of 2').waitFor();
      expect(await titles(page).count()).toBe(2);
      await page.getByRole('link', { name: 'Previous' }).click();
      await page.getByText('1–10 of 12 papers').first().waitFor();
      expect(await titles(page).count()).toBe(10);
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByText('Page 2 of 2').waitFor();
      expect(await page.evaluate(() => scrollY)).toBe(0);
    });
  });

  test('works with the keyboard alone', async () => {
    await visit('/?q=pollinators', async (page) => {
      await titles(page).first().waitFor();
      await page.keyboard.press('ArrowDown');
      const first = await titles(page).first().textContent();
      expect(await focusedTitle(page).textContent()).toBe(first);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      const second = await titles(page).nth(1).textContent();
      expect(await focusedTitle(page).textContent()).toBe(second);
      await page.keyboard.press('x');
      await page.getByRole('link', { name: 'Collection 1 collected' }).waitFor();
      await page.keyboard.press('e');
      await page.getByText('its parts').waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').isVisible()).toBe(false);
      await titles(page).nth(1).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: second! }).waitFor();
      await page.goBack();
      await focusedTitle(page).waitFor();
      expect(await focusedTitle(page).textContent()).toBe(second);
      await page.keyboard.press('/');
      expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  test('explains a hit by bars that add up to its score', async () => {
    await visit('/?q=self-improvement', async (page) => {
      await page.getByRole('button', { name: 'Why it matched' }).first().click();
      const score = Number(
        /Score (\d\.\d+)/.exec((await page.locator('.why caption').first().textContent())!)![1],
      );
      const parts = await page.locator('.why table').first().locator('td.number').allTextContents();
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.map(Number).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 2);
    });
  });

  test('finds papers like one paper, and unlike another', async () => {
    await visit('/?q=pollinators', async (page) => {
      // An open explanation is not requested for the next answer, which has no query.
      await page.getByRole('button', { name: 'Why it matched' }).first().click();
      await page.getByText('its parts').waitFor();
      await page.getByRole('link', { name: 'More like this' }).first().click();
      const chosen = page.getByRole('list', { name: 'Filters and seeds' });
      await chosen.getByText('Pollinators of garden').waitFor();
      await page
        .getByText(/^Shares /)
        .first()
        .waitFor();
      const unwanted = await titles(page).first().textContent();
      await page.evaluate(() => scrollTo(0, 400));
      await page.getByRole('link', { name: 'Less like this' }).first().click();
      await chosen.getByText('Less like').waitFor();
      await expect.poll(() => titles(page).allTextContents()).not.toContain(unwanted);
      expect(await page.evaluate(() => scrollY)).toBe(0);
    });
  });

  test.each([
    ['/?q=medieval+cathedral+acoustics', 'Nothing relevant.'],
    ['/?q=%22no+such+phrase%22', 'Nothing found'],
    ['/?q=polinators+of+gardens&mode=keyword', 'pollinators'],
  ])('says plainly what %s finds', async (path, said) => {
    await visit(path, async (page) => {
      await page.locator('.notice, .state').filter({ hasText: said }).first().waitFor();
    });
  });

  test('does not run code in papers', async () => {
    await visit('/?q=injection+attacks+on+markup', async (page) => {
      const title = titles(page).first();
      await expect.poll(() => title.textContent()).toBe(HOSTILE_PAPER.title);
      expect(await page.locator('main :is(script, img, b, i, [onerror], [onload])').count()).toBe(0);
      const links = await page
        .locator('main a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      expect(links.filter((href) => !/^(\/|https?:)/.test(href))).toEqual([]);
      await page.keyboard.press('x');
      await title.click();
      await page.getByRole('heading', { level: 1, name: HOSTILE_PAPER.title }).waitFor();
      await page.getByRole('heading', { name: 'Related papers' }).waitFor();
      expect(await page.locator('main :is(script, img, b, i, [onerror], [onload])').count()).toBe(0);
    });
  });

  test('would not run it even if it were not escaped', async () => {
    const { page, problems } = await openPage(browser!);
    await page.goto(`${served.url}/`);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.body.id = "taken over"';
      const image = document.createElement('img');
      image.setAttribute('onerror', 'document.body.id = "taken over"');
      image.src = 'https://example.invalid/x.png';
      document.body.append(script, image);
    });
    // One for each: the script, the external image, its handler.
    await expect
      .poll(() => problems.filter((text) => text.includes('Content Security Policy')).length)
      .toBe(3);
    expect(await page.evaluate(() => document.body.id)).toBe('');
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'has no accessibility violations that axe finds, %s',
    async (colorScheme) => {
      await visit(
        '/',
        async (page) => {
          await page.getByText('19 papers, 2015').waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `start-${colorScheme}`);
          await field(page).fill('gardens');
          await field(page).press('Enter');
          await titles(page).first().waitFor();
          await page.getByRole('button', { name: 'Why it matched' }).first().click();
          await page.getByText('its parts').waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `search-${colorScheme}`);
          await page.setViewportSize({ width: 390, height: 844 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `search-phone-${colorScheme}`);
        },
        { colorScheme },
      );
    },
  );

  test.each(['light', 'dark'] as const)(
    'shows the first hit on the first screen of a phone, %s',
    async (colorScheme) => {
      await visit(
        '/?q=self-improvement+of+language+models',
        async (page) => {
          await titles(page).first().waitFor();
          const top = async (selector: string) => (await page.locator(selector).first().boundingBox())!.y;
          // The header, the field and one row of controls are above the hits.
          expect(await top('.hit')).toBeLessThan(844 * 0.35);
          // A line of the abstract is visible, too.
          expect((await top('.snippet')) + 24).toBeLessThan(844);
          const controls = await page
            .locator('.controls')
            .locator('button, select')
            .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
          expect(controls.length).toBe(3);
          expect(new Set(controls).size).toBe(1);
          await keepScreenshot(page, `phone-first-hit-${colorScheme}`);

          const filters = page.getByRole('button', { name: 'Filters' });
          const venue = page.getByRole('checkbox', { name: /^ICLR/ });
          expect(await venue.isVisible()).toBe(false);
          await filters.click();
          expect(await filters.getAttribute('aria-expanded')).toBe('true');
          await venue.check();
          await page.getByRole('button', { name: 'Filters (1)' }).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await page.getByLabel('Search by').selectOption('keyword');
          await expect.poll(() => queryOf(page).get('mode')).toBe('keyword');
          expect(queryOf(page).getAll('venue')).toEqual(['ICLR']);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        },
        { colorScheme, viewport: { width: 390, height: 844 } },
      );
    },
  );

  test.each([
    ['light', 'no-preference'],
    ['dark', 'reduce'],
  ] as const)(
    'shows what is loading if it takes a while, %s, motion: %s',
    async (colorScheme, reducedMotion) => {
      await visit(
        '/',
        async (page) => {
          await page.getByText('19 papers, 2015').waitFor();
          let answer = () => {};
          const answered = new Promise<void>((resolve) => {
            answer = resolve;
          });
          await page.route('**/v1/search?*', async (route) => {
            await answered;
            await route.continue();
          });
          // What it looks like when it appears, before the delay.
          await page.evaluate(() => {
            new MutationObserver(() => {
              const skeleton = document.querySelector('.skeleton');
              if (skeleton && !document.body.dataset.first) {
                document.body.dataset.first = getComputedStyle(skeleton).visibility;
              }
            }).observe(document.body, { childList: true, subtree: true });
          });
          await field(page).fill('pollinators');
          await field(page).press('Enter');
          const line = page.locator('.skeleton-line').first();
          await line.waitFor({ state: 'visible' });
          expect(await page.evaluate(() => document.body.dataset.first)).toBe('hidden');
          const look = await line.evaluate((element) => {
            const { backgroundColor, animationName } = getComputedStyle(element);
            const ground = getComputedStyle(document.body).backgroundColor;
            const light = (colour: string) => {
              const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
                const c = Number(part) / 255;
                return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
              });
              return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05;
            };
            const [a, b] = [light(backgroundColor), light(ground)];
            return { contrast: Math.max(a, b) / Math.min(a, b), animationName };
          });
          expect(look.contrast).toBeGreaterThan(1.6);
          // Results of a previous search are faded, but not the skeleton.
          expect(await page.locator('.outdated').count()).toBe(0);
          expect(look.animationName).toBe(reducedMotion === 'reduce' ? 'none' : 'breathe');
          await keepScreenshot(page, `loading-${colorScheme}`);
          answer();
          await titles(page).first().waitFor();
          expect(await page.locator('.skeleton').count()).toBe(0);
        },
        { colorScheme, reducedMotion },
      );
    },
  );

  test('does not open the keyboard of a phone over the answer to a shared link', async () => {
    const focused = (page: Page) => field(page).evaluate((element) => element === document.activeElement);
    await visit('/', async (page) => expect(await focused(page)).toBe(true), {
      isMobile: true,
      hasTouch: true,
    });
    await visit(
      '/?q=pollinators',
      async (page) => {
        await titles(page).first().waitFor();
        expect(await focused(page)).toBe(false);
      },
      { isMobile: true, hasTouch: true },
    );
  });

  test('keeps the theme that was chosen', async () => {
    await visit('/', async (page) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      expect(await theme()).toBe('system');
      await page.getByRole('button', { name: /^Theme/ }).click();
      await page.getByRole('button', { name: /^Theme/ }).click();
      expect(await theme()).toBe('dark');
      await page.reload();
      expect(await theme()).toBe('dark');
    });
  });

  test('announces the number of papers to screen readers', async () => {
    await visit('/?q=pollinators&mode=keyword', async (page) => {
      await page.getByRole('status').filter({ hasText: '1–10 of 12 papers' }).waitFor({ state: 'attached' });
    });
  });
});
