import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles transformers.js into `dist/encode/session.js`, the only file that uses it. As a dependency, it would install an
 * image library with a download in its install script, and another runtime for browsers; nothing here reads images. npm
 * ignores overrides of a package that is installed as a dependency, so they cannot be left out otherwise.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SESSION = join(ROOT, 'dist/encode/session.js');
const LIBRARY = join(ROOT, 'node_modules/@xenova/transformers');

/** Packages that transformers.js imports and that are not needed to run a model. */
const UNUSED = /^(?:sharp|onnxruntime-web)$/;

const plugin: Plugin = {
  name: 'only-transformers',
  setup({ onResolve, onLoad }) {
    // Our own files are modules of their own, as in the rest of dist.
    onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      importer === SESSION ? { path, external: true } : undefined,
    );
    onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `export default function unused() { throw new Error('${path} is not installed'); }`,
    }));
  },
};

const licence = await readFile(join(LIBRARY, 'LICENSE'), 'utf8');
const { version } = JSON.parse(await readFile(join(LIBRARY, 'package.json'), 'utf8'));
const { outputFiles } = await build({
  entryPoints: [SESSION],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['onnxruntime-node'],
  plugins: [plugin],
  logLevel: 'error',
  // Without it, CommonJS parts of the library cannot require modules of Node.
  banner: {
    js: `/* Contains @xenova/transformers ${version}, licence: transformers.LICENSE. */\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`,
  },
});
await writeFile(SESSION, outputFiles[0]!.text);
await writeFile(join(dirname(SESSION), 'transformers.LICENSE'), licence);
// It maps the file as it was before.
await rm(`${SESSION}.map`, { force: true });
