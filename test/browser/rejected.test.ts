import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { type ServedPage, servePage } from '../support/served-page.ts';

const browser = await launchBrowser();

describe.skipIf(!browser)('rejected submissions in a browser', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage([
      { id: 'kept', title: 'Beekeeping in cities', abstract: 'Bees on roofs.', venue: 'ICLR', year: 2018 },
      {
        id: 'refused',
        title: 'Beekeeping on trains',
        abstract: 'Bees that travel.',
        venue: 'ICLR',
        year: 2018,
        acceptance: 'reject',
      },
      {
        id: 'retracted',
        title: 'Beekeeping under water',
        abstract: 'Bees that swim.',
        status: { kind: 'retracted' },
      },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test.each(['light', 'dark'] as const)(
    'are hidden with their number, and shown with a mark on request, %s',
    async (colorScheme) => {
      const { page, problems } = await openPage(browser!, { colorScheme });
      try {
        await page.goto(`${served.url}/?q=beekeeping&mode=keyword`);
        await page.getByText('Rejected and withdrawn submissions are hidden (1).').waitFor();
        const titles = page.locator('.hit-title');
        await titles.filter({ hasText: 'in cities' }).waitFor();
        expect(await titles.filter({ hasText: 'on trains' }).count()).toBe(0);
        await page
          .locator('.hit', { hasText: 'under water' })
          .getByText(/retracted/i)
          .first()
          .waitFor();
        await page.getByRole('link', { name: 'Show them' }).click();
        await titles.filter({ hasText: 'on trains' }).waitFor();
        expect(new URL(page.url()).searchParams.get('rejected')).toBe('show');
        await page
          .locator('.hit', { hasText: 'on trains' })
          .getByText(/rejected/i)
          .first()
          .waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, `rejected-${colorScheme}`);
        await page.getByRole('link', { name: 'Hide them' }).click();
        await page.getByText('are hidden (1)').waitFor();
        expect(problems).toEqual([]);
      } finally {
        await page.context().close();
      }
    },
  );
});
