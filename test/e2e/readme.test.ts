import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Times and scores are the machine's own. */
const steady = (output: string) =>
  output
    .replace(/\d+ ms/g, '# ms')
    .replace(/\d+\.\d+/g, '#')
    .trimEnd();

test('the examples of the README show what the command line prints', async () => {
  const index = join(await temporaryFolder(), 'index');
  await runCli(['ingest', 'data', '--index', index]);
  const examples = Array.from(
    readme.matchAll(/```\n\$ npx paper-search search "([^"]+)" -n (\d)( --explain)?\n(.*?)```/gs),
  );
  expect(examples).toHaveLength(3);
  for (const [, query, limit, explain, output] of examples) {
    const reasons = explain ? ['--explain'] : [];
    const { stdout } = await runCli(['search', query!, '-n', limit!, ...reasons, '--index', index]);
    expect(steady(output!)).toBe(steady(stdout));
  }
});
