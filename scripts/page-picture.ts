/**
 * Takes a screenshot of the page over an index: `npm run build` first, then
 * `npx tsx scripts/page-picture.ts <index> <file.png> [path of the page, such as "/map?q=robots"] [light or dark]`.
 * For the map, only the map is in the picture. Reviews of the index are shown as to a reviewer with a token.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createProcessEncoder } from '../dist/encode/process-encoder.js';
import { Reviews } from '../dist/review/reviews.js';
import { openIndex } from '../dist/search/open-index.js';
import { createApp } from '../dist/serve/http/app.js';
import { launchBrowser } from '../test/support/browser.ts';
import { listening } from '../test/support/listening.ts';

const SIZES = {
  map: { width: 900, height: 700 },
  page: { width: 1140, height: 740 },
  reviews: { width: 1140, height: 1040 },
};

const [index, file, path = '/', theme = 'light'] = process.argv.slice(2);
if (!index || !file) {
  console.error('Give an index and the file to write: npx tsx scripts/page-picture.ts index map.png /map');
  process.exit(2);
}
const isMap = path.startsWith('/map');
const isOfReviews = path.startsWith('/reviews');

const engine = await openIndex(index, { encoder: createProcessEncoder() });
const token = 'picture';
const server = await listening(
  createApp({
    engine,
    reviews: new Reviews(index, engine),
    access: { find: () => ({ name: 'ada', scopes: ['review'] }), hasTokens: () => true },
  }),
);
const browser = await launchBrowser();
if (!browser) process.exit(1);
try {
  const page = await browser.newPage({
    viewport: isMap ? SIZES.map : isOfReviews ? SIZES.reviews : SIZES.page,
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  if (isOfReviews) {
    await page.addInitScript({ content: `localStorage.setItem('paper-search.token', '${token}')` });
  }
  await page.goto(server.url + path);
  if (isMap) await page.waitForSelector('.map-window[data-renderer]');
  await page.waitForLoadState('networkidle');
  // The first frame after the last change is painted with the next one.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await mkdir(dirname(file), { recursive: true });
  await (isMap ? page.locator('.map-window') : page).screenshot({ path: file });
} finally {
  await browser.close();
  server.close();
  await engine.close();
}
