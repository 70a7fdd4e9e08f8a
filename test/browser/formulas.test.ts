import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { GARDEN_PAPERS } from '../support/page-papers.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const FORMULA_PAPER = {
  id: 'formula',
  title: 'Learning $\\alpha$-stable laws in $\\mathcal{O}(\\sqrt{n}\\log n)$ time',
  abstract:
    'We learn *heavy-tailed* laws~in $\\mathbb{R}^d$---with regret $\\widetilde{O}(\\frac{d^{3/2}}{\\epsilon^2}\\sqrt{T})$ for $5 an hour. ' +
    'An unknown $\\cite{x}\\foo{y}$, a link $\\href{javascript:alert(1)}{z}$ and **LE**arning of CO$_2$.',
  authors: ['Ada Song'],
  year: 2024,
};

const TERMS = Array.from({ length: 30 }, (_, i) => `x_{${i + 1}}`).join('+');
const LONG_PAPER = {
  id: 'long',
  title: `A bound $f(x)\\leq ${TERMS}$ for beekeepers`,
  abstract:
    `With $\\sqrt{${TERMS}}$ as its root, and $n\\log n$ as its time. ` +
    `An unknown one is $\\foo{${TERMS}}$, and one in **LE**arning.`,
  authors: ['Ada Song'],
  year: 2024,
};

const browser = await launchBrowser();

describe.skipIf(!browser)('formulas in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage([...GARDEN_PAPERS, FORMULA_PAPER, LONG_PAPER]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test.each(['light', 'dark'] as const)(
    'are MathML in results and on the page of a paper, %s',
    async (colorScheme) => {
      const { page, problems } = await openPage(browser!, { colorScheme });
      await page.goto(`${served.url}/?q=alpha-stable`);
      const hit = page.locator('.hit', { has: page.locator('math') }).first();
      await hit.locator('mark math mi', { hasText: 'α' }).first().waitFor();
      expect(
        await hit
          .locator('math')
          .first()
          .evaluate((element) => element.namespaceURI),
      ).toBe('http://www.w3.org/1998/Math/MathML');
      expect(await axeViolations(page)).toEqual([]);
      await page.goto(`${served.url}/paper/formula`);
      await page.locator('.paper-abstract math mfrac').waitFor();
      expect(
        await page.locator('h1 msqrt').evaluate((root) => root.getBoundingClientRect().height),
      ).toBeGreaterThan(10);
      expect(await page.locator('.paper-abstract em').textContent()).toBe('heavy-tailed');
      expect(await page.locator('.paper-abstract strong').textContent()).toBe('LE');
      const shown = await page.locator('.paper-abstract').textContent();
      expect(shown).toContain('laws in ℝd—with regret');
      expect(shown).toContain('for $5 an hour');
      // What is not maths comes out as text, and nothing is a link.
      expect(shown).toContain('a link z and LEarning');
      expect(await page.locator('.paper-abstract a').count()).toBe(0);
      expect(await page.title()).toBe('Learning α-stable laws in O(√n log n) time – paper-search');
      expect(await axeViolations(page)).toEqual([]);
      await keepScreenshot(page, `formulas-${colorScheme}`);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await keepScreenshot(page, `formulas-phone-${colorScheme}`);
      expect(problems).toEqual([]);
      await page.context().close();
    },
  );

  test.each([390, 1024])('break or scroll where they are too long for a screen of %d px', async (width) => {
    const { page, problems } = await openPage(browser!);
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['/?q=beekeepers', '/paper/long']) {
      await page.goto(`${served.url}${path}`);
      await page.locator('math').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    // Each part of the formula in the title is inside the page.
    const parts = page.locator('h1 math');
    expect(await parts.count()).toBeGreaterThan(5);
    for (const part of await parts.all()) {
      const box = (await part.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    const wide = page.locator('.paper-abstract .maths-wide');
    expect((await wide.boundingBox())!.width).toBeLessThanOrEqual(width);
    if (width === 390) {
      expect(await wide.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
      await wide.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => wide.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    }
    expect(await axeViolations(page)).toEqual([]);
    await keepScreenshot(page, `formulas-long-${width}`);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('have a space beside the name of a function', async () => {
    const { page } = await openPage(browser!);
    await page.goto(`${served.url}/paper/long`);
    const short = page.locator('.paper-abstract math', { hasText: 'log' });
    const [n, log, other] = await short.evaluate((formula) =>
      Array.from(formula.querySelectorAll('mi'), (letter) => {
        const { left, right } = letter.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(log!.left - n!.right).toBeGreaterThan(1);
    expect(other!.left - log!.right).toBeGreaterThan(1);
    await page.context().close();
  });

  test('are plain characters in notices and suggestions', async () => {
    const { page } = await openPage(browser!);
    await page.goto(`${served.url}/`);
    await page.getByRole('combobox').fill('learning');
    const option = page.getByRole('option', { name: /Learning α-stable laws/ });
    await option.waitFor();
    await page.goto(`${served.url}/paper/formula`);
    await page.locator('label.tick').first().click();
    await page.goto(`${served.url}/collection`);
    await page.getByRole('button', { name: 'Remove “Learning α-stable' }).click();
    await page.getByText('Removed “Learning α-stable laws in O(√n log n) time”.').first().waitFor();
    await page.context().close();
  });
});
