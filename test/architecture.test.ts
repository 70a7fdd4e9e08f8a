import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** What the files of a folder of src/ may import besides their own; `types.ts` and `errors.ts` stand for themselves. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'types.ts': [],
  'errors.ts': [],
  'version.ts': [],
  'random.ts': [],
  'make-folder.ts': [],
  corpus: ['types.ts', 'errors.ts'],
  analysis: ['types.ts'],
  binary: ['errors.ts'],
  attributes: ['analysis', 'binary', 'errors.ts', 'ranking', 'types.ts'],
  query: ['errors.ts', 'types.ts'],
  feeds: ['attributes', 'suggest', 'types.ts'],
  'arxiv-api': ['errors.ts', 'feeds', 'query', 'search', 'types.ts'],
  export: ['analysis', 'attributes', 'corpus', 'errors.ts', 'types.ts'],
  encode: ['analysis', 'types.ts', 'errors.ts', 'make-folder.ts'],
  ranking: ['types.ts'],
  lexical: ['analysis', 'binary', 'errors.ts', 'query', 'ranking', 'types.ts'],
  dense: ['ranking', 'types.ts'],
  projection: ['analysis', 'binary', 'dense', 'errors.ts', 'random.ts', 'ranking', 'types.ts'],
  fusion: ['types.ts'],
  matching: ['analysis', 'attributes', 'errors.ts', 'lexical', 'projection', 'query', 'types.ts'],
  store: ['binary', 'types.ts', 'errors.ts', 'make-folder.ts'],
  fetch: ['errors.ts', 'make-folder.ts', 'store', 'version.ts'],
  suggest: ['analysis', 'errors.ts', 'ranking', 'types.ts'],
  programme: ['attributes', 'errors.ts', 'types.ts'],
  search: [
    'analysis',
    'attributes',
    'dense',
    'encode',
    'errors.ts',
    'fusion',
    'lexical',
    'matching',
    'projection',
    'programme',
    'query',
    'ranking',
    'store',
    'suggest',
    'types.ts',
  ],
  'semantic-scholar': [
    'analysis',
    'attributes',
    'binary',
    'errors.ts',
    'export',
    'matching',
    'query',
    'search',
    'types.ts',
    'version.ts',
  ],
  ingest: [
    'attributes',
    'corpus',
    'dense',
    'encode',
    'errors.ts',
    'lexical',
    'projection',
    'store',
    'types.ts',
    'version.ts',
  ],
  tune: [
    'analysis',
    'dense',
    'encode',
    'errors.ts',
    'eval',
    'fusion',
    'ingest',
    'lexical',
    'query',
    'random.ts',
    'store',
    'types.ts',
  ],
  eval: ['analysis', 'errors.ts', 'fusion', 'random.ts', 'search', 'types.ts'],
  live: ['corpus', 'encode', 'errors.ts', 'ingest', 'search', 'store', 'types.ts'],
  mcp: ['analysis', 'attributes', 'errors.ts', 'export', 'query', 'search', 'types.ts', 'version.ts'],
  server: [
    'arxiv-api',
    'attributes',
    'errors.ts',
    'export',
    'feeds',
    'fusion',
    'live',
    'matching',
    'projection',
    'mcp',
    'programme',
    'query',
    'search',
    'semantic-scholar',
    'types.ts',
    'version.ts',
  ],
  // In the browser: pure functions and types only, nothing that needs Node.
  web: ['analysis', 'attributes', 'programme', 'query', 'search', 'suggest', 'types.ts'],
  cli: [
    'analysis',
    'attributes',
    'corpus',
    'encode',
    'errors.ts',
    'eval',
    'export',
    'fetch',
    'fusion',
    'ingest',
    'lexical',
    'live',
    'matching',
    'mcp',
    'query',
    'search',
    'server',
    'store',
    'tune',
    'types.ts',
    'version.ts',
  ],
};

/** The only places that may use a module, so that replacing it costs one file. */
const CONFINED: Record<string, RegExp> = {
  '@xenova/transformers': /^encode\/session\.ts$/,
  '@huggingface/tokenizers': /^encode\/tokenizer\.ts$/,
  'onnx-proto': /^encode\/model\/onnx-graph\.ts$/,
  minisearch: /^(lexical\/minisearch|suggest\/inner-words)\.ts$/,
  'csv-parse': /^corpus\/delimited\//,
  'csv-stringify': /^export\//,
  'fast-xml-builder': /^feeds\/xml\.ts$/,
  entities: /^(corpus|server\/openapi)\//,
  htmlparser2: /^corpus\//,
  'latex-utensils': /^corpus\/bibtex\//,
  natural: /^analysis\//,
  express: /^server\//,
  'd3-polygon': /^projection\//,
  'express-rate-limit': /^server\/rate-limit\.ts$/,
  cors: /^server\/cross-origin\.ts$/,
  'prom-client': /^server\/metrics\.ts$/,
  pino: /^cli\/(log|start-server)\.ts$/,
  preact: /^web\//,
  commander: /^cli\//,
  '@modelcontextprotocol/sdk': /^mcp\//,
  'node:fs': /^(store|corpus|encode\/model|eval)\/|^server\/page-files\.ts$/,
  'node:fs/promises': /^(store|corpus|encode|eval|fetch|live|cli\/config)\/|^make-folder\.ts$/,
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
/** `corpus/jsonl.ts` belongs to `corpus`, `types.ts` to itself. */
const unitOf = (file: string) => file.split('/')[0]!;

test('every folder of src/ has its place in the table', () => {
  expect(readdirSync(SRC).sort()).toEqual([...Object.keys(MAY_IMPORT), 'index.ts'].sort());
});

test('imports go one way', () => {
  const wrong = imports
    .filter(({ from, specifier }) => specifier.startsWith('.') && from !== 'index.ts')
    .map(({ from, specifier }) => ({ from, to: relative(SRC, join(SRC, from, '..', specifier)) }))
    .filter(({ from, to }) => unitOf(from) !== unitOf(to) && !MAY_IMPORT[unitOf(from)]?.includes(unitOf(to)));
  expect(wrong).toEqual([]);
});

test.each(Object.entries(CONFINED))('%s is used only where it belongs', (module, place) => {
  const users = imports.filter(
    ({ specifier }) =>
      specifier === module || (!module.startsWith('node:') && specifier.startsWith(`${module}/`)),
  );
  expect(users.filter(({ from }) => !place.test(from))).toEqual([]);
  expect(users.length).toBeGreaterThan(0);
});

test('no file has grown past 400 lines', () => {
  const long = files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 400);
  expect(long).toEqual([]);
});

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

  test('names every folder of src/', () => {
    for (const folder of Object.keys(MAY_IMPORT)) expect(text).toContain(`src/${folder}`);
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
