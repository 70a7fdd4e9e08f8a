import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** The modules that a file loads when it is imported; types and dynamic imports are not. */
function loadedBy(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'([^']+)';/gm);
  return Array.from(found).flatMap(([, names = '', specifier]) => {
    const inBraces = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
    const isType =
      names.startsWith('type ') ||
      inBraces?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return isType ? [] : [specifier!];
  });
}

/** The files and packages that are loaded with a file. */
function closureOf(start: string): { files: ReadonlySet<string>; packages: ReadonlySet<string> } {
  const files = new Set([start]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const specifier of loadedBy(file)) {
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  }
  return { files, packages };
}

// Every command waits for what the program itself loads: what only one of them needs is imported when it runs.
test('the command line loads no large module before it knows the command', () => {
  const { files, packages } = closureOf(join(SRC, 'cli/main.ts'));
  expect([...files].map((file) => file.slice(SRC.length + 1))).toContain('cli/commands/search.ts');
  expect(packages).toContain('commander');
  for (const large of [
    'zod',
    'express',
    'pino',
    'minisearch',
    'd3-polygon',
    'htmlparser2',
    'csv-parse',
    '@xenova/transformers',
    '@huggingface/tokenizers',
    '@modelcontextprotocol/sdk',
    'eld',
  ]) {
    expect(
      [...packages].filter((name) => name === large || name.startsWith(`${large}/`)),
      large,
    ).toEqual([]);
  }
  expect([...packages].filter((name) => name.startsWith('natural'))).toEqual([]);
  for (const large of ['search/open-index.ts', 'search/search.ts', 'ingest/ingest.ts', 'serve/http/app.ts']) {
    expect(files, large).not.toContain(join(SRC, large));
  }
});

/** All files of the source outside a folder, as paths below src. */
function sourcesOutside(folder: string): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !path.startsWith(`${folder}/`),
  );
}

// Who does not use a cluster loads nothing of it, and need not install its client.
test('only what runs for a cluster loads src/cluster and the client of OpenSearch', () => {
  const loaders = sourcesOutside('cluster').filter((path) =>
    loadedBy(join(SRC, path)).some(
      (specifier) => specifier.includes('/cluster/') || specifier.startsWith('@opensearch-project/'),
    ),
  );
  // The library exports `openCluster`; no command or server imports the library.
  expect(loaders.sort()).toEqual(['cli/doctor/cluster-state.ts', 'index.ts']);
  const { files, packages } = closureOf(join(SRC, 'cluster/open-cluster.ts'));
  expect([...files].map((file) => file.slice(SRC.length + 1))).toContain('cluster/client/package.ts');
  expect([...packages].filter((name) => name.startsWith('@opensearch-project'))).toEqual([]);
});

test('only a place in a cluster loads the modules for it', () => {
  const dynamic = sourcesOutside('cluster').flatMap((path) =>
    Array.from(
      readFileSync(join(SRC, path), 'utf8').matchAll(/import\('([^']*cluster[^']*)'\)/g),
      ([, to]) => [path, to],
    ),
  );
  expect(dynamic.sort()).toEqual([
    ['cli/change-papers.ts', '../cluster/ingest/ingest-into-cluster.ts'],
    ['cli/change-papers.ts', '../cluster/ingest/remove-from-cluster.ts'],
    ['cli/commands/doctor.ts', '../doctor/cluster-state.ts'],
    ['cli/open-engine.ts', '../cluster/open-cluster.ts'],
  ]);
});
