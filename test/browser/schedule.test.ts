import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
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
const PHONE = { viewport: { width: 390, height: 844 } };

/** What some of the papers cite. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  'storks-deserts': ['journal', 'doi:10.5555/lost'],
  'storks-seas': ['journal', 'storks-deserts', 'doi:10.5555/lost'],
  panel: ['storks-deserts'],
  'bread-crust': ['panel'],
};

describe.skipIf(!browser)('the schedule and the collection in a browser', () => {
  let url = '';
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const { engine } = await snapshotOver(
      CONFERENCE_PAPERS.map((paper) => ({ ...paper, references: REFERENCES[paper.id] })),
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

  /** Opens a URL of the page, runs some steps, and expects no errors. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, options);
    try {
      await page.goto(url + path);
      await steps(page);
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  }

  const talks = (page: Page) => page.locator('.talk-title');
  const talk = (page: Page, title: string) =>
    page.locator('.talk').filter({ has: page.locator('.talk-title', { hasText: title }) });
  const titleOf = (id: string) => CONFERENCE_PAPERS.find((paper) => paper.id === id)!.title;
  const queryOf = (page: Page) => new URL(page.url()).searchParams;
  const fits = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  /** Fills the collection as an earlier visit would have done. */
  const collect = (page: Page, ids: readonly string[]) =>
    page.evaluate(
      (entries) => localStorage.setItem('paper-search.tray', JSON.stringify(entries)),
      ids.map((id) => ({
        id,
        title: CONFERENCE_PAPERS.find((paper) => paper.id === id)?.title ?? `Lost ${id}`,
      })),
    );

  describe('schedule', () => {
    test.each(['light', 'dark'] as const)('is a table of hours and rooms, %s', async (colorScheme) => {
      await visit(
        '/schedule',
        async (page) => {
          const friday = page.getByRole('region', { name: 'Friday 25 April 2025', exact: true });
          await friday.waitFor();
          expect(await friday.getByRole('columnheader').allTextContents()).toEqual([
            'Time',
            'Hall 2',
            'Hall 10',
          ]);
          expect(await friday.getByRole('rowheader').allTextContents()).toEqual(['09:00', '14:00', '23:00']);
          await talk(page, 'Night Owls').getByText('23:30 – Sat 26 Apr 00:30').waitFor();
          await page.getByText('clock of the conference (UTC−07:00)').waitFor();
          await page.getByRole('heading', { name: 'Time unknown' }).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `schedule-${colorScheme}`);
          await page.getByRole('link', { name: 'Show yours' }).click();
          await page.getByText('Times are on your clock (Asia/Tokyo).').waitFor();
          await talk(page, 'Night Owls').getByText('15:30–16:30').waitFor();
          expect(new URL(page.url()).searchParams.get('clock')).toBe('reader');
          expect(await axeViolations(page)).toEqual([]);
          await page.getByRole('link', { name: 'Show the conference’s' }).click();
          await talk(page, 'Night Owls').getByText('23:30 – Sat 26 Apr 00:30').waitFor();
        },
        // Another time zone than that of the conference: it must not be shown.
        { colorScheme, timezoneId: 'Asia/Tokyo' },
      );
    });

    test.each(['light', 'dark'] as const)('is a list on a phone, %s', async (colorScheme) => {
      await visit(
        '/schedule',
        async (page) => {
          await page.getByRole('heading', { name: 'Birds · Hall 2' }).first().waitFor();
          expect(await page.getByRole('table').count()).toBe(0);
          expect(await fits(page)).toBe(true);
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `schedule-phone-${colorScheme}`);
        },
        { colorScheme, ...PHONE },
      );
    });

    test('shows the talks about a subject, and which of them clash', async () => {
      await visit('/schedule', async (page) => {
        await talks(page).first().waitFor();
        await page.keyboard.press('/');
        await page.keyboard.type('migrating storks');
        await page.keyboard.press('Enter');
        const storks = talk(page, 'Migrating Storks over Deserts');
        await storks.getByText('No. 1').waitFor();
        await storks.getByText('Clash:').waitFor();
        await storks.getByRole('link', { name: 'Migrating Storks over Seas' }).waitFor();
        expect(queryOf(page).get('q')).toBe('migrating storks');
        expect(await talk(page, 'Bread').count()).toBe(0);
        expect(await axeViolations(page)).toEqual([]);
        await keepScreenshot(page, 'schedule-about');
        await page.goBack();
        await talk(page, 'Bread').first().waitFor();
      });
    });

    test('is filtered by day and room, which the URL contains', async () => {
      await visit('/schedule', async (page) => {
        await talks(page).first().waitFor();
        await page.getByRole('radio', { name: 'Sat 26 Apr' }).check({ force: true });
        await page.getByText('3 of 9 papers').first().waitFor();
        await page.getByText('All rooms').click();
        await page.getByRole('checkbox', { name: /^Hall 10/ }).check();
        await page.getByText('1 of 9 papers').first().waitFor();
        expect([queryOf(page).get('day'), queryOf(page).get('hall')]).toEqual(['2025-04-26', 'Hall 10']);
        await page.reload();
        await page.getByText('1 of 9 papers').first().waitFor();
      });
    });

    test('says that no talk is relevant, and what to do', async () => {
      await visit('/schedule?q=title:volcanoes&day=2025-04-26', async (page) => {
        await page.getByRole('heading', { name: 'No relevant talks' }).waitFor();
        await page.getByRole('link', { name: 'Search all days and rooms' }).waitFor();
        expect(await axeViolations(page)).toEqual([]);
      });
    });

    test('is exported to a calendar', async () => {
      await visit('/schedule?day=2025-04-25', async (page) => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Calendar file (.ics)' }).click(),
        ]);
        expect(download.suggestedFilename()).toBe('schedule.ics');
        const calendar = new ICAL.Component(
          ICAL.parse(readFileSync(await download.path(), 'utf8')) as string,
        );
        expect(calendar.getAllSubcomponents('vevent')).toHaveLength(5);
      });
    });

    test('shows hostile texts as text', async () => {
      await visit('/schedule', async (page) => {
        await talk(page, '<script>document.title="stolen"</script>').waitFor();
        expect(await page.title()).toContain('Schedule');
      });
    });

    test('says that there is no schedule if no paper has a session', async () => {
      const { engine } = await snapshotOver(CONFERENCE_PAPERS.filter(({ session }) => !session));
      const other = await listening(createApp({ engine, page: built }));
      const { page, problems } = await openPage(browser!);
      await page.goto(`${other.url}/schedule`);
      await page.getByRole('heading', { name: 'There is no schedule' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
      other.close();
      await engine.close();
    });

    test('says that the server does not answer, and can try again', async () => {
      const { page } = await openPage(browser!);
      await page.route('**/v1/schedule*', (route) => route.abort());
      await page.goto(`${url}/schedule`);
      await page.getByRole('heading', { name: 'No connection to the server' }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.unroute('**/v1/schedule*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await talks(page).first().waitFor();
      await page.context().close();
    });
  });

  describe('collection', () => {
    test('lists the talks that were checked in the schedule', async () => {
      await visit('/schedule', async (page) => {
        await page.getByLabel('Collect “Migrating Storks over Seas”').check();
        await page.getByRole('link', { name: /^Collection/ }).click();
        await page.getByRole('heading', { name: '1 paper collected' }).waitFor();
        await page.getByText('Birds · Hall 10 · Fri 25 Apr 09:10–09:40').waitFor();
      });
    });

    test('is empty at first, and says how to add papers', async () => {
      await visit('/collection', async (page) => {
        await page.getByRole('heading', { name: 'The collection is empty' }).waitFor();
        expect(await axeViolations(page)).toEqual([]);
      });
    });

    test.each(['light', 'dark'] as const)(
      'shows related papers, clashes and papers that are no longer in the index, %s',
      async (colorScheme) => {
        await visit(
          '/collection',
          async (page) => {
            await collect(page, ['storks-deserts', 'storks-seas', 'lost']);
            await page.reload();
            await page.getByText('1 paper of the collection is no longer in the index').waitFor();
            await page.locator('.clash').first().waitFor();
            const related = page.getByRole('region', { name: 'Related papers' });
            await related.getByText('Closest to “Migrating Storks').first().waitFor();
            await related.getByText('Shares').first().waitFor();
            expect(await related.getByText('over Deserts', { exact: true }).count()).toBe(0);
            expect(await axeViolations(page)).toEqual([]);
            await keepScreenshot(page, `collection-${colorScheme}`);
            await page.setViewportSize(PHONE.viewport);
            expect(await fits(page)).toBe(true);
            await keepScreenshot(page, `collection-phone-${colorScheme}`);
            await page.getByRole('button', { name: 'Remove it from the collection' }).click();
            await page.getByRole('heading', { name: '2 papers collected' }).waitFor();
          },
          { colorScheme },
        );
      },
    );

    test.each(['light', 'dark'] as const)('follows citations, %s', async (colorScheme) => {
      await visit(
        '/collection',
        async (page) => {
          await collect(page, ['storks-deserts', 'storks-seas', 'lost']);
          await page.reload();
          const found = page.getByRole('region', { name: 'Follow citations' });
          const directions = found.getByRole('group', { name: 'Find what these cite and what cites them' });
          await directions.getByRole('radio', { name: 'What they cite' }).focus();
          expect(await found.locator('.hit').count()).toBe(0);
          await page.keyboard.press('Space');
          await found.getByText('1 paper found.').waitFor();
          await found.getByText('Cited by 2 of them', { exact: true }).waitFor();
          await found.getByText('1 work not here').click();
          await found.getByText('doi:10.5555/lost · cited by 2 of them').waitFor();
          await directions.getByRole('radio', { name: 'Both' }).check({ force: true });
          await found.getByText('2 papers found.').waitFor();
          await found.getByText('Cites 1 of them', { exact: true }).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `snowball-${colorScheme}`);
          await page.setViewportSize(PHONE.viewport);
          expect(await fits(page)).toBe(true);
          await keepScreenshot(page, `snowball-phone-${colorScheme}`);
          const panel = titleOf('panel');
          await found.getByRole('button', { name: `Add “${panel}”` }).click();
          await page.getByRole('heading', { name: '4 papers collected' }).waitFor();
          await found.getByRole('button', { name: `Remove “${panel}”` }).waitFor();
          await found.getByRole('button', { name: 'Find again' }).click();
          // What cites the added paper is found now.
          await found.getByRole('link', { name: titleOf('bread-crust') }).waitFor();
          expect(await found.getByRole('link', { name: panel }).count()).toBe(0);
        },
        { colorScheme },
      );
    });

    test('says when citations lead to no other paper', async () => {
      await visit('/collection', async (page) => {
        await collect(page, ['bread-rye']);
        await page.reload();
        const found = page.getByRole('region', { name: 'Follow citations' });
        await found.getByRole('radio', { name: 'What cites them' }).check({ force: true });
        await found.getByText('No citations lead to other papers here.').waitFor();
        expect(await axeViolations(page)).toEqual([]);
      });
    });

    test('takes seeds and negative seeds', async () => {
      await visit('/collection', async (page) => {
        await collect(page, ['storks-deserts', 'bread-crust']);
        await page.reload();
        const [request] = await Promise.all([
          page.waitForRequest(
            (each) => each.url().endsWith('/v1/related') && each.postDataJSON().negative.length > 0,
          ),
          page
            .getByRole('group', { name: 'Related papers: “Bread with a Crust”' })
            .getByRole('radio', { name: 'Less like this' })
            .check({ force: true }),
        ]);
        expect(request.postDataJSON()).toMatchObject({
          positive: ['storks-deserts'],
          negative: ['bread-crust'],
        });
        await page
          .getByRole('group', { name: 'Related papers: “Migrating Storks over Deserts”' })
          .getByRole('radio', { name: 'Ignore' })
          .check({ force: true });
        await page.getByText('Choose “More like this” for at least one paper').waitFor();
        await page.reload();
        await page.getByText('Choose “More like this” for at least one paper').waitFor();
      });
    });

    test('is emptied, and restored by undo', async () => {
      await visit('/collection', async (page) => {
        await collect(page, ['storks-deserts', 'bread-crust']);
        await page.reload();
        await page.getByRole('button', { name: 'Remove “Bread with a Crust”' }).click();
        await page.getByRole('heading', { name: '1 paper collected' }).waitFor();
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.getByRole('button', { name: 'Remove all' }).click();
        await page.getByRole('heading', { name: 'The collection is empty' }).waitFor();
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.getByRole('heading', { name: '2 papers collected' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: '2 papers collected' }).waitFor();
      });
    });

    test('is exported to files for other programs', async () => {
      await visit('/collection', async (page) => {
        await collect(page, ['storks-deserts', 'journal', 'lost']);
        await page.reload();
        await page.getByRole('heading', { name: 'Export 2 papers' }).waitFor();
        for (const [label, file, telling] of [
          ['BibTeX', 'papers.bib', /^@\w+\{/m],
          ['RIS', 'papers.ris', /^TY {2}- /m],
          ['CSL-JSON', 'papers.csl.json', /"title":/],
          ['CSV', 'papers.csv', /,/],
          ['Markdown', 'papers.md', /^[-*] /m],
        ] as const) {
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: label }).click(),
          ]);
          expect(download.suggestedFilename()).toBe(file);
          const text = readFileSync(await download.path(), 'utf8');
          expect(text).toMatch(telling);
          expect(text).toContain('Journal');
        }
      });
    });

    test('is exported to a calendar, without the papers that have no time', async () => {
      await visit('/collection', async (page) => {
        await collect(page, ['storks-deserts', 'panel']);
        await page.reload();
        await page.getByText('1 paper with a known time').waitFor();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'Calendar (.ics)' }).click(),
        ]);
        expect(readFileSync(await download.path(), 'utf8')).toContain(
          'SUMMARY:Migrating Storks over Deserts',
        );
        await page.getByText('schedule.ics was saved without some papers: 1 without time.').waitFor();
      });
    });
  });
});
