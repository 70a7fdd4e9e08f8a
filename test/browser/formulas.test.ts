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

const browser = await launchBrowser();

describe.skipIf(!browser)('formulas in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage([...GARDEN_PAPERS, FORMULA_PAPER]);
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
});
