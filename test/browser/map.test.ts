import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Engine } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { createApp } from '../../src/serve/http/app.ts';
import { readPageFiles } from '../../src/serve/http/page-files.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { axeViolations, keepScreenshot, launchBrowser, openPage } from '../support/browser.ts';
import { FakeEngine, FakeSnapshot } from '../support/fake-engine.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { listening } from '../support/listening.ts';

const TOPICS = [
  ['translation', 'sentence', 'bilingual', 'decoder', 'corpus'],
  ['robot', 'grasping', 'gripper', 'contact', 'tactile'],
  ['graph', 'kernel', 'spectral', 'vertex', 'partition'],
  ['galaxy', 'redshift', 'telescope', 'cluster', 'survey'],
];

const random = mulberry32(5);
const papers = Array.from({ length: 160 }, (_, n) => {
  const words = Array.from({ length: 6 }, () => TOPICS[n % 4]![Math.floor(random() * 5)]!);
  return {
    id: `p${n}`,
    title:
      n === 7 ? '<img src=x onerror=alert(1)> galaxy' : `${TOPICS[n % 4]![0]} ${words.slice(0, 3).join(' ')}`,
    abstract: `We study ${words.join(' ')}.`,
    venue: n % 2 ? 'Journal of Tests' : 'Test Letters',
    year: 2010 + (n % 12),
  };
});

/** A map of many points and no papers. */
class ManyPoints extends FakeSnapshot {
  override async map() {
    const count = 100_000;
    const next = mulberry32(9);
    const coordinates = () =>
      Uint16Array.from({ length: count }, () => 65_535 * ((next() + next() + next()) / 3));
    const one = await super.map();
    return {
      ...one,
      xs: coordinates(),
      ys: coordinates(),
      years: new Uint16Array(count),
      clusterOf: new Uint8Array(count),
      venueOf: new Uint8Array(count),
    };
  }
}

const browser = await launchBrowser();
const pageFiles = readPageFiles(fileURLToPath(new URL('../../dist/web', import.meta.url)));

describe.skipIf(!browser || !pageFiles)('the map in a browser (after npm run build)', () => {
  let folder = '';
  let engine: Engine;
  let server: Awaited<ReturnType<typeof listening>>;
  const serve = (each: Engine) => listening(createApp({ engine: each, page: pageFiles }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paper-search-map-'));
    const [file, index] = [join(folder, 'a.jsonl'), join(folder, 'index')];
    await writeFile(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
    const encoder = new HashingEncoder();
    await ingest([file], { index, encoder });
    engine = await openIndex(index, { encoder });
    server = await serve(engine);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the map, runs some steps, and expects no errors. */
  async function visit(
    path: string,
    steps: (page: Page) => Promise<void>,
    {
      url = server.url,
      before = async (_page: Page) => {},
      ...options
    }: BrowserContextOptions & {
      url?: string;
      before?: (page: Page) => Promise<void>;
    } = {},
  ): Promise<void> {
    const { page, problems } = await openPage(browser!, options);
    try {
      await before(page);
      await page.goto(url + path);
      await page.locator('.map-window[data-renderer]').waitFor();
      await settled(page);
      await steps(page);
      expect(problems).toEqual([]);
    } finally {
      await page.context().close();
    }
  }

  const settled = (page: Page) => page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
  const surface = (page: Page) => page.getByRole('application', { name: 'Map of the papers' });
  const zoomOf = async (page: Page) => Number(await page.locator('.map-window').getAttribute('data-zoom'));
  const picture = (page: Page) => surface(page).screenshot();

  /** Moves the mouse over the map until it is over a point. */
  async function findPoint(page: Page): Promise<readonly [x: number, y: number]> {
    await surface(page).scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await surface(page).boundingBox())!;
    for (let i = 0; i < 400; i++) {
      const at = [
        x + (width * (0.2 + 0.6 * ((i * 7) % 20))) / 20,
        y + (height * (1 + Math.floor(i / 20))) / 22,
      ] as const;
      await page.mouse.move(...at);
      if ((await page.locator('.map-ring').count()) > 0) return at;
    }
    throw new Error('No point was found.');
  }

  /** Draws around a part of the map, from its left edge, and ends on a point, which is not opened. */
  async function lasso(page: Page, share: number): Promise<void> {
    const point = await findPoint(page);
    await surface(page).scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await surface(page).boundingBox())!;
    const [right, bottom] = [x + width * share, y + height - 4];
    await page.mouse.move(x + 4, y + 4);
    await page.mouse.down();
    await page.mouse.move(right, y + 4, { steps: 4 });
    await page.mouse.move(right, bottom, { steps: 4 });
    await page.mouse.move(x + 4, bottom, { steps: 4 });
    await page.mouse.move(...point, { steps: 4 });
    await page.mouse.up();
  }

  test('draws points and names, in colours of three kinds, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await visit(
        '/map',
        async (page) => {
          expect(await page.locator('.map-window').getAttribute('data-renderer')).toBe('webgl');
          expect(await page.locator('.map-label').count()).toBeGreaterThan(1);
          const pictures = [await picture(page)];
          for (const colour of ['venue', 'year']) {
            await page.locator(`input[name=colour][value=${colour}]`).check({ force: true });
            await page.locator('.map-legend').waitFor();
            await settled(page);
            pictures.push(await picture(page));
          }
          expect(new Set(pictures.map((each) => each.toString('base64'))).size).toBe(3);
          await page.reload();
          await page.locator('.map-legend').waitFor();
          expect(await page.locator('input[name=colour][value=year]').isChecked()).toBe(true);
          expect(await axeViolations(page)).toEqual([]);
          await keepScreenshot(page, `map-${colorScheme}`);
        },
        { colorScheme },
      );
    }
  });

  test('zooms and moves by wheel, buttons and keys', async () => {
    await visit('/map', async (page) => {
      const first = await picture(page);
      await surface(page).hover({ position: { x: 500, y: 300 } });
      await page.mouse.wheel(0, -300);
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.2);
      await page.getByRole('button', { name: 'Show the whole map' }).click();
      await expect.poll(() => zoomOf(page)).toBe(1);
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.5);
      await surface(page).focus();
      await page.keyboard.press('0');
      await expect.poll(() => zoomOf(page)).toBe(1);
      await page.keyboard.press('+');
      await expect.poll(() => zoomOf(page)).toBe(1.5);
      await page.keyboard.press('ArrowRight');
      await settled(page);
      expect((await picture(page)).equals(first)).toBe(false);
    });
  });

  test('highlights the hits of a query, and links to their list', async () => {
    await visit('/map', async (page) => {
      const plain = await picture(page);
      await page.getByRole('combobox', { name: 'Highlight papers on the map' }).fill('robot grasping');
      await page.getByRole('link', { name: /See the \d+ papers as a list/ }).waitFor();
      await settled(page);
      expect((await picture(page)).equals(plain)).toBe(false);
      // Suggestions cover the page below the field.
      await page.keyboard.press('Escape');
      await keepScreenshot(page, 'map-hits');
      await page.getByRole('link', { name: /See the \d+ papers as a list/ }).click();
      await page.locator('.hit-title').filter({ hasText: 'robot' }).first().waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    });
  });

  test.each([
    ['with the button', true],
    ['with Shift held down', false],
  ])('searches within a lasso drawn %s', async (_, button) => {
    await visit('/map', async (page) => {
      if (button) await page.getByRole('button', { name: 'Lasso' }).click();
      else await page.keyboard.down('Shift');
      await lasso(page, 0.55);
      await page.keyboard.up('Shift');
      const link = page.getByRole('link', { name: /See the \d+ papers as a list/ });
      await link.waitFor();
      await settled(page);
      expect(new URL(page.url()).pathname).toBe('/map');
      const within = new URL(page.url()).searchParams.get('within')!;
      const count = Number(/\d+/.exec((await link.textContent())!)![0]);
      expect(count).toBeGreaterThan(5);
      expect(count).toBeLessThan(150);
      expect(await page.locator('.map-outline').count()).toBe(1);
      await keepScreenshot(page, 'map-lasso');
      await link.click();
      await page.getByText(`of ${count} papers`).first().waitFor();
      expect(new URL(page.url()).searchParams.get('within')).toBe(within);
      await page.getByRole('button', { name: /Remove/ }).click();
      await expect.poll(() => new URL(page.url()).search).toBe('');
    });
  });

  test('shows the paper of a point, and opens it', async () => {
    await visit('/map', async (page) => {
      const card = page.locator('.map-card-title');
      const target = await findPoint(page);
      await card.waitFor();
      const title = await card.textContent();
      // The card is next to the point.
      const box = (await page.locator('.map-card').boundingBox())!;
      expect(Math.min(...[box.x, box.x + box.width].map((edge) => Math.abs(edge - target[0])))).toBeLessThan(
        40,
      );
      expect(Math.min(...[box.y, box.y + box.height].map((edge) => Math.abs(edge - target[1])))).toBeLessThan(
        40,
      );
      await page.mouse.click(...target);
      await page.waitForURL(/\/paper\//);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(papers.map((paper) => paper.title)).toContain(title);
    });
  });

  test('lists its parts as links, which can be shown', async () => {
    await visit('/map', async (page) => {
      const parts = page.getByRole('region', { name: 'Clusters' });
      const count = Number(/\d+/.exec((await parts.locator('.map-count').first().textContent())!)![0]);
      await parts.getByRole('button').first().click();
      await expect.poll(() => zoomOf(page)).toBeGreaterThan(1);
      await parts.getByRole('link').first().click();
      await page.getByText(`of ${count} papers`).first().waitFor();
    });
  });

  test('works without WebGL', async () => {
    const before = async (page: Page) => {
      await page.addInitScript(() => {
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = function (
          this: HTMLCanvasElement,
          kind: string,
          options?: unknown,
        ) {
          return kind === 'webgl2' ? null : Reflect.apply(getContext, this, [kind, options]);
        } as typeof getContext;
      });
    };
    await visit(
      '/map?q=robot',
      async (page) => {
        expect(await page.locator('.map-window').getAttribute('data-renderer')).toBe('canvas');
        await page.getByRole('link', { name: /as a list/ }).waitFor();
        await keepScreenshot(page, 'map-canvas');
      },
      { before },
    );
  });

  test('fits a phone', async () => {
    await visit(
      '/map',
      async (page) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await keepScreenshot(page, 'map-phone');
      },
      { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    );
  });

  test('says how to make a map if the index has no map', async () => {
    const { page } = await openPage(browser!);
    await page.route('**/v1/map', (route) =>
      route.fulfill({
        status: 404,
        json: { error: { code: 'NOT_FOUND', message: 'Run "paper-search ingest".' } },
      }),
    );
    await page.goto(`${server.url}/map`);
    await page.getByRole('heading', { name: 'No map yet' }).waitFor();
    await page.getByText('Run "paper-search ingest".').waitFor();
    await page.context().close();
  });

  test('moves 100,000 points', async () => {
    const many = await serve(new FakeEngine(new ManyPoints()));
    await visit(
      '/map',
      async (page) => {
        const frames = await page.evaluate(async () => {
          const target = document.querySelector('.map-surface')!;
          const { left, top } = target.getBoundingClientRect();
          const times: number[] = [];
          let last = performance.now();
          for (let i = 0; i < 60; i++) {
            const deltaY = i < 30 ? -20 : 20;
            const at = { clientX: left + 300 + 3 * i, clientY: top + 200 };
            target.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true, ...at }));
            await new Promise((done) => requestAnimationFrame(done));
            const now = performance.now();
            times.push(now - last);
            last = now;
          }
          return times.sort((a, b) => a - b);
        });
        const [median, slow] = [frames[30]!, frames[57]!].map((ms) => ms.toFixed(1));
        console.log(`100,000 points, WebGL in software: ${median} ms a frame (median), ${slow} ms (95 %)`);
        expect(await zoomOf(page)).toBeCloseTo(1, 0);
      },
      { url: many.url },
    );
    many.close();
  });
});
