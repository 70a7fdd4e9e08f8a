import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs a module in a process of its own. @returns what it prints, as JSON. */
function printedBy(source: string): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', source],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('loads the package when a cluster is asked for, and not before', () => {
  const printed = printedBy(`
    import { Module } from 'node:module';
    const isLoaded = () => Object.keys(Module._cache).some((file) => file.includes('@opensearch-project'));
    await import('./src/index.ts');
    await import('./src/cli/program.ts');
    await import('./src/serve/http/app.ts');
    const { connect } = await import('./src/cluster/client/connect.ts');
    const before = isLoaded();
    const error = await connect({ nodes: ['http://127.0.0.1:9'], retries: 0 }).catch(({ code }) => code);
    console.log(JSON.stringify({ before, after: isLoaded(), error }));
  `);
  expect(printed).toEqual({ before: false, after: true, error: 'CLUSTER_UNAVAILABLE' });
});

test('says how to install the package where it is absent', () => {
  const printed = printedBy(`
    import { register } from 'node:module';
    const hook = \`export async function resolve(specifier, context, next) {
      if (specifier !== '@opensearch-project/opensearch') return next(specifier, context);
      const error = new Error("Cannot find package '@opensearch-project/opensearch' imported from package.ts");
      throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
    }\`;
    register('data:text/javascript,' + encodeURIComponent(hook));
    const { connect } = await import('./src/cluster/client/connect.ts');
    const { code, message } = await connect({ nodes: ['http://127.0.0.1:9'] }).catch((error) => error);
    console.log(JSON.stringify({ code, message }));
  `);
  expect(printed).toEqual({
    code: 'BAD_REQUEST',
    message:
      'A cluster needs the package @opensearch-project/opensearch, which is not installed. Install it: npm install @opensearch-project/opensearch',
  });
});
