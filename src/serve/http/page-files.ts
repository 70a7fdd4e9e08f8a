import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the built page in each encoding that is served. */
interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

/** The built web page in memory (a few hundred kilobytes). */
export interface PageFiles {
  readonly html: Buffer;
  /** By file name, which contains a digest of the content. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Folder of the built page, relative to `dist/serve/http/`. */
const BUILT = fileURLToPath(new URL('../../web', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Reads the page that `scripts/build-web.ts` built.
 * @param folder default: where the build puts it.
 * @returns undefined when the page was not built, for example when the server runs from its sources.
 */
export function readPageFiles(folder = BUILT): PageFiles | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const assets = join(folder, 'assets');
  const read = (name: string) => readFileSync(join(assets, name));
  return {
    html: readFileSync(join(folder, 'index.html')),
    assets: new Map(
      readdirSync(assets).flatMap((name): [string, Asset][] => {
        const type = TYPES[extname(name)];
        if (type === undefined) return [];
        return [[name, { type, plain: read(name), gzip: read(`${name}.gz`), br: read(`${name}.br`) }]];
      }),
    ),
  };
}
