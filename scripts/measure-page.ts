/**
 * Measures the web page of a running server in a real Chromium with an empty cache:
 *   npx tsx scripts/measure-page.ts http://127.0.0.1:3000 "a question" …
 */
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { percentile } from './bench/statistics.ts';

const [url, ...questions] = process.argv.slice(2);
if (!url || questions.length === 0) {
  throw new Error('Run with: npx tsx scripts/measure-page.ts URL "a question" …');
}
const browser = await launchBrowser();
if (!browser) process.exit(1);

/** Times in milliseconds, sizes in bytes. */
interface Visit {
  readonly bytes: number;
  readonly firstResult: number;
  readonly typedResult: number;
}

const visits: Visit[] = [];
for (const question of questions) visits.push(await visit(question));
await browser.close();
for (const name of ['bytes', 'firstResult', 'typedResult'] as const) {
  const values = visits.map((each) => each[name]).sort((a, b) => a - b);
  console.log(`${name}: median ${percentile(values, 50)}, maximum ${values.at(-1)}`);
}

/** A new user opens a shared link of a search, then types the query. */
async function visit(question: string): Promise<Visit> {
  const context = await browser!.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  let bytes = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const firstResult = await timed(page, async () => {
    await page.goto(`${url}/?${new URLSearchParams({ q: question })}`);
  });
  await page.waitForLoadState('networkidle');
  const first = bytes;
  await page.goto(url!);
  await page.locator('.corpus').waitFor();
  // From the last key, including the pause before a search.
  const typedResult = await timed(page, () => page.getByRole('combobox').first().fill(question));
  await context.close();
  return { bytes: first, firstResult, typedResult };
}

async function timed(page: Page, act: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await act();
  await page.locator('.hit-title').first().waitFor();
  return Math.round(performance.now() - started);
}
