import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import lockfile from 'proper-lockfile';

/** Without a graphics card, WebGL is rendered in software. The sandbox needs rights that a container does not have. */
const ARGUMENTS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** Screenshots of the tests. Not part of the repository. */
const SCREENSHOTS = fileURLToPath(new URL('../../coverage/screenshots/', import.meta.url));

/** A page, and its problems since it was opened: errors, requests that the policy blocked, dialogs. */
export interface WatchedPage {
  readonly page: Page;
  readonly problems: string[];
}

/**
 * Starts a Chromium: that of `PAPER_SEARCH_CHROMIUM`, otherwise the one that npm installed, which runs on Linux x64.
 * @returns undefined, with a message, if there is none.
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = process.env.PAPER_SEARCH_CHROMIUM ?? (await unpackedChromium());
  if (executablePath === undefined) {
    console.warn('No browser: set PAPER_SEARCH_CHROMIUM to the path of a Chromium to run the browser tests.');
    return undefined;
  }
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true, env: withUnpackedLibraries() });
}

/** The folder to which the package unpacks the libraries that a minimal Linux lacks, and fonts. */
const LIBRARIES = join(tmpdir(), 'al2023', 'lib');
const FONTS = join(tmpdir(), 'fonts');

/** The environment of the browser only: the servers under test do not get it. */
function withUnpackedLibraries(): Record<string, string> {
  const { LD_LIBRARY_PATH, ...environment } = process.env as Record<string, string>;
  return {
    ...environment,
    LD_LIBRARY_PATH: LD_LIBRARY_PATH ? `${LD_LIBRARY_PATH}:${LIBRARIES}` : LIBRARIES,
    ...(!existsSync('/etc/fonts') && { FONTCONFIG_PATH: FONTS }),
  };
}

async function unpackedChromium(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const packed = await withLibraries(async () => (await import('@sparticuz/chromium')).default);
  // Several test files unpack it to the same path; a file that another one has half written cannot be run.
  const release = await lockfile.lock(tmpdir(), {
    lockfilePath: join(tmpdir(), 'paper-search-chromium.lock'),
    retries: { retries: 60, minTimeout: 500, maxTimeout: 500 },
  });
  try {
    return await withLibraries(() => packed.executablePath());
  } finally {
    await release();
  }
}

/** The package unpacks its libraries only if it detects that system; detection changes our environment. */
async function withLibraries<T>(task: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  try {
    return await task();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Opens an empty page in a separate profile. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // Everything is on this machine: a longer wait means that it will not come.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, problems };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations that axe finds on a page, by WCAG 2.2 A and AA and its best practices: one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe = Reflect.get(globalThis, 'axe') as {
      run(): Promise<{
        violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
      }>;
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} (${failureSummary})`),
    );
  });
}

/** Saves a screenshot of a page under a name in `coverage/screenshots/`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
