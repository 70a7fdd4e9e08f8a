import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type BuildOptions, build, type OutputFile, type Plugin } from 'esbuild';

/** Bundles `src/web/` into `dist/web/`: `index.html`, and hashed files in `assets/`, each also compressed. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = join(ROOT, 'src/web');
const OUTPUT = join(ROOT, 'dist/web');

/**
 * `import text from './x.css?text'`: a style sheet as text in the script that imports it. Views that are loaded later bring theirs,
 * so that the first view does not load them.
 */
const styleAsText: Plugin = {
  name: 'style-as-text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css\?text$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?text$/, '')),
      namespace: 'style-as-text',
    }));
    onLoad({ filter: /./, namespace: 'style-as-text' }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: outputFiles[0]!.text, loader: 'text', watchFiles: [path] };
    });
  },
};

const common: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  target: 'es2022',
  outdir: join(OUTPUT, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  logLevel: 'warning',
  legalComments: 'none',
};

const [app, theme] = await Promise.all([
  build({
    ...common,
    entryPoints: [join(SOURCE, 'main.tsx'), join(SOURCE, 'icon.svg')],
    loader: { '.svg': 'copy' },
    plugins: [styleAsText],
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  }),
  // It runs before the first paint, so it is not a module.
  build({ ...common, entryPoints: [join(SOURCE, 'theme-first.ts')], format: 'iife' }),
]);

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(join(OUTPUT, 'assets'), { recursive: true });
const files = [...app.outputFiles!, ...theme.outputFiles!];
await Promise.all(files.map(writeCompressed));

const urlOf = (name: RegExp): string => {
  const file = files.find(({ path }) => name.test(basename(path)));
  if (!file) throw new Error(`The bundle has no file like ${name}.`);
  return `/assets/${basename(file.path)}`;
};
/** The imports of the first script, so that the browser can load them before it has read the script. */
const [, entry] = Object.entries(app.metafile!.outputs).find(([path]) =>
  /^main-.*\.js$/.test(basename(path)),
)!;
const preloads = entry.imports
  .filter(({ kind }) => kind === 'import-statement')
  .map(({ path }) => `<link rel="modulepreload" href="/assets/${basename(path)}">`);
const page = (await readFile(join(SOURCE, 'page.html'), 'utf8'))
  .replace('{{icon}}', urlOf(/^icon-.*\.svg$/))
  .replace('{{style}}', urlOf(/^main-.*\.css$/))
  .replace('{{theme}}', urlOf(/^theme-first-.*\.js$/))
  .replace('{{script}}', urlOf(/^main-.*\.js$/))
  .replace('{{preload}}', preloads.join('\n    '));
await writeFile(join(OUTPUT, 'index.html'), page);

async function writeCompressed({ path, contents }: OutputFile): Promise<void> {
  const [gzipped, brotli] = await Promise.all([
    promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION }),
    promisify(brotliCompress)(contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  ]);
  await Promise.all([
    writeFile(path, contents),
    writeFile(`${path}.gz`, gzipped),
    writeFile(`${path}.br`, brotli),
  ]);
}
