import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BenchKind } from './record.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SEARCH = ['src/search/open-index.ts', 'src/encode/local-encoder.ts'];
/** Files that import all code whose speed a kind of run measures. */
const ENTRIES: Readonly<Record<BenchKind, readonly string[]>> = {
  keyword: ['scripts/bench/engines/paper-search-keyword.ts'],
  dense: ['scripts/bench/engines/paper-search-dense.ts'],
  hybrid: SEARCH,
  http: [...SEARCH, 'src/serve/http/routes/search.ts', 'src/encode/process-encoder.ts'],
  open: ['src/search/open-index.ts', 'src/encode/child.ts'],
};

/** The digest of the code that each kind of run measures: 16 hex digits. */
export type CodeDigests = Readonly<Record<BenchKind, string>>;

/**
 * The digests of the code as it is now. The code is bundled and minified first, so that comments, the format and the names
 * of local variables do not count; packages and the version number do not count either.
 */
export async function codeDigests(): Promise<CodeDigests> {
  const kinds = Object.entries(ENTRIES) as [BenchKind, readonly string[]][];
  return Object.fromEntries(
    await Promise.all(kinds.map(async ([kind, entries]) => [kind, await digestOf(entries)])),
  );
}

/** The digest of the code that one kind of run measures. */
export function codeDigest(kind: BenchKind): Promise<string> {
  return digestOf(ENTRIES[kind]);
}

async function digestOf(entries: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...entries],
    outdir: 'unwritten',
    bundle: true,
    minify: true,
    legalComments: 'none',
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    external: ['*/version.ts'],
    logLevel: 'error',
  });
  const hash = createHash('sha256');
  for (const { contents } of outputFiles.sort((a, b) => (a.path < b.path ? -1 : 1))) hash.update(contents);
  return hash.digest('hex').slice(0, 16);
}
