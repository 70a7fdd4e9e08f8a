import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** The rooms of src/ by floor, the lowest first. A file may import from its own room and from rooms on lower floors. */
const FLOORS: readonly (readonly string[])[] = [
  ['util', 'errors.ts', 'limits.ts', 'version.ts', 'text'],
  ['papers', 'encode'],
  ['query'],
  ['indexes'],
  ['search'],
  ['ingest', 'collections'],
  ['cluster'],
  ['quality', 'watch', 'review'],
  ['serve'],
  ['web', 'cli'],
  ['index.ts'],
];

/** The page runs in a browser, so it may use only the rooms whose pure functions and types need no Node. */
const USED_BY_THE_PAGE = ['text', 'papers', 'query', 'search', 'collections', 'review', 'util', 'limits.ts'];

/** The only places that may use a module, so that replacing it changes one file. */
const CONFINED: Record<string, RegExp> = {
  '@xenova/transformers': /^encode\/session\.ts$/,
  '@huggingface/tokenizers': /^encode\/tokenizer\.ts$/,
  'onnx-proto': /^encode\/model\/onnx-graph\.ts$/,
  minisearch: /^indexes\/keyword\/minisearch\.ts$/,
  'csv-parse': /^papers\/read\/delimited\//,
  'csv-stringify': /^(papers\/write|review\/records)\//,
  'node-sqlite3-wasm': /^review\/records\/asreview\/database\.ts$/,
  nodemailer: /^watch\/formats\/email\.ts$/,
  'fast-xml-builder': /^papers\/write\/xml\.ts$/,
  entities: /^(papers\/read\/|serve\/http\/openapi\/|serve\/compat\/feeds\/feed-page\.|watch\/formats\/)/,
  htmlparser2: /^papers\/read\//,
  unicode2latex: /^papers\/read\/latex-commands\.ts$/,
  natural: /^text\//,
  express: /^serve\/http\//,
  'd3-polygon': /^indexes\/map\//,
  'express-rate-limit': /^serve\/http\/rate-limit\.ts$/,
  cors: /^serve\/http\/cross-origin\.ts$/,
  'prom-client': /^serve\/http\/metrics\.ts$/,
  pino: /^cli\/(log|start-server)\.ts$/,
  preact: /^web\//,
  katex: /^web\/maths\/tree\.ts$/,
  commander: /^cli\//,
  '@modelcontextprotocol/sdk': /^serve\/mcp\//,
  'node:fs': /^(indexes\/store|papers\/read|encode\/model|quality\/evaluate)\/|^serve\/http\/page-files\.ts$/,
  '@opensearch-project/opensearch': /^cluster\/client\/package\.ts$/,
  'node:fs/promises':
    /^(cluster\/client|indexes\/store|papers\/read|encode|quality\/evaluate|ingest\/fetch|collections|watch|review|serve\/live|cli\/config)\/|^cli\/(?:run-collection|review\/files)\.ts$|^util\/make-folder\.ts$/,
};

interface Import {
  readonly from: string;
  readonly specifier: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.d)\.tsx?$/.test(file),
);
const imports: Import[] = files.flatMap((from) =>
  Array.from(
    readFileSync(join(SRC, from), 'utf8').matchAll(
      /^(?:import|export)[^;]*? from '([^']+)'|\bimport\('([^']+)'\)/gms,
    ),
    ([, specifier, lazy]) => ({
      from,
      specifier: (specifier ?? lazy)!,
    }),
  ),
);
/** The READMEs of rooms, and of folders in them. */
const readmes = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => basename(file) === 'README.md',
);
/** Imports between files of src/, from file to file. */
const arrows = imports
  .filter(({ specifier }) => specifier.startsWith('.'))
  .map(({ from, specifier }) => ({ from, to: join(dirname(from), specifier) }));
/** `papers/read/jsonl.ts` belongs to `papers`, `errors.ts` to itself. */
const roomOf = (file: string) => file.split('/')[0]!;
const floorOf = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));

test('lists every folder and file of src/ on a floor', () => {
  expect(readdirSync(SRC).sort()).toEqual(FLOORS.flat().sort());
});

test('rooms import only from rooms on lower floors, or from util, text and errors on the ground floor', () => {
  const wrong = arrows.filter(
    ({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(to) > 0 && floorOf(to) >= floorOf(from),
  );
  expect(wrong).toEqual([]);
});

test('util imports from no other room', () => {
  expect(arrows.filter(({ from, to }) => roomOf(from) === 'util' && roomOf(to) !== 'util')).toEqual([]);
});

test('the page uses only rooms that need no Node', () => {
  const wrong = arrows.filter(
    ({ from, to }) =>
      roomOf(from) === 'web' && roomOf(to) !== 'web' && !USED_BY_THE_PAGE.includes(roomOf(to)),
  );
  expect(wrong).toEqual([]);
});

test('interfaces identify papers by ids, not by masks of positions', () => {
  const to = 'util/mask.ts';
  const users = arrows.filter((arrow) => arrow.to === to).map(({ from }) => roomOf(from));
  expect(users).toContain('search');
  expect(users.filter((room) => ['serve', 'web', 'cli', 'quality'].includes(room))).toEqual([]);
});

test('has no import cycles between files', () => {
  expect(cycles(arrows)).toEqual([]);
});

test('finds import cycles', () => {
  const arrow = (from: string, to: string) => ({ from, to });
  expect(cycles([arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'b'), arrow('c', 'd')])).toEqual([['b', 'c']]);
});

test.each(Object.entries(CONFINED))('%s is used only where it belongs', (module, place) => {
  const users = imports.filter(
    ({ specifier }) =>
      specifier === module || (!module.startsWith('node:') && specifier.startsWith(`${module}/`)),
  );
  expect(users.filter(({ from }) => !place.test(from))).toEqual([]);
  expect(users.length).toBeGreaterThan(0);
});

test('has no file of more than 400 lines', () => {
  const long = files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 400);
  expect(long).toEqual([]);
});

describe.each(readmes)('src/%s', (readme) => {
  const text = readFileSync(join(SRC, readme), 'utf8');

  test('has at most 40 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  test('names only paths that exist', () => {
    const folder = join(SRC, dirname(readme));
    const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `/${file}`);
    const named = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, path]) => path!);
    const missing = [
      ...named(/`((?:src|test|scripts|index)\/[\w./-]*)`/g).filter((path) => !existsSync(join(ROOT, path))),
      ...named(/`((?!(?:src|test|scripts|index)\/)[\w./-]+\.(?:tsx?|wat))`/g).filter(
        (path) => !below.some((file) => file.endsWith(`/${path}`)),
      ),
      ...named(/\]\(([\w./-]+)\)/g).filter((path) => !existsSync(join(folder, path))),
    ];
    expect(missing).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

  test('names every room', () => {
    for (const room of FLOORS.flat()) expect(text).toContain(`src/${room}`);
  });

  test('names only paths that exist', () => {
    const named = Array.from(
      text.matchAll(/`((?:src|test|scripts|data|index)\/[\w./-]*)`/g),
      ([, path]) => path!,
    );
    const existing = new Set(
      ['src', 'test', 'scripts', 'data', 'index'].flatMap((top) => [
        `${top}/`,
        ...readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).flatMap((file) => [
          `${top}/${file}`,
          `${top}/${file}/`,
        ]),
      ]),
    );
    expect(named.filter((path) => !existing.has(path))).toEqual([]);
  });
});

/**
 * Groups of files that import each other, directly or through others; the strongly connected components of more than
 * one file, by Tarjan (SIAM J. Comput. 1972).
 */
function cycles(graph: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of graph) targets.set(from, [...(targets.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    for (const to of targets.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(to)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const { from } of graph) if (!order.has(from)) visit(from);
  return found;
}
