/**
 * Makes a picture of the map of an index, as the page shows it: `npm run build` first, then
 * `npx tsx scripts/map-picture.ts <index> <file.png> [query of the page, such as "q=robots" or "theme=dark"]`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createProcessEncoder } from '../dist/encode/process-encoder.js';
import { openIndex } from '../dist/search/open-index.js';
import { createApp } from '../dist/server/app.js';
import { launchBrowser } from '../test/support/browser.ts';
import { listening } from '../test/support/listening.ts';

const SIZE = { width: 900, height: 700 };

const [index, file, query = ''] = process.argv.slice(2);
if (!index || !file) {
  console.error('Give an index and the file to write: npx tsx scripts/map-picture.ts index map.png');
  process.exit(2);
}
const wanted = new URLSearchParams(query);
const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
const colour = wanted.get('colour') ?? 'cluster';
wanted.delete('theme');
wanted.delete('colour');

const searcher = await openIndex(index, { encoder: createProcessEncoder() });
const server = await listening(createApp({ searcher }));
const browser = await launchBrowser();
if (!browser) process.exit(1);
try {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: theme, reducedMotion: 'reduce' });
  page.on('console', (message) => console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(`${server.url}/map?${wanted}`);
  await page.waitForSelector('.map-window[data-renderer]');
  await page.check(`input[name=colour][value=${colour}]`, { force: true });
  if (wanted.has('q')) await page.waitForSelector('.map-note');
  // The first frame after the last change is drawn with the next one.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await mkdir(dirname(file), { recursive: true });
  await page.locator('.map-window').screenshot({ path: file });
} finally {
  await browser.close();
  server.close();
  await searcher.close();
}
