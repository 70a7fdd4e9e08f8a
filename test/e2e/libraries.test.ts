import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

// The built product with the real model: one server, three libraries, one of them damaged.
let folder = '';
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-libraries-'));
  const quokka = { title: 'Quokka marsupials', abstract: 'Small and content animals.', year: 2025 };
  await writeFile(join(folder, 'quokka.jsonl'), JSON.stringify(quokka));
  for (const [name, file] of [
    ['sample', 'data'],
    ['animals', join(folder, 'quokka.jsonl')],
    ['damaged', join(folder, 'quokka.jsonl')],
  ] as const) {
    const made = await runCli(['ingest', file, '--index', join(folder, 'indexes', name)]);
    expect(made.exitCode, made.stderr).toBe(0);
  }
  const damaged = join(folder, 'indexes', 'damaged');
  const [snapshot] = (await readdir(damaged)).filter((name) => /^[0-9a-f]{16}$/.test(name));
  await writeFile(join(damaged, snapshot!, 'manifest.json'), '{}');
  server = await startServer(['--libraries', join(folder, 'indexes'), '--default', 'sample'], {
    env: { PAPER_SEARCH_TOKEN: 'the-server' },
  });
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  await rm(folder, { recursive: true, force: true });
});

const get = async (path: string) => JSON.parse(await (await validatedFetch(server.url + path)).text());

describe('a server with several libraries', () => {
  test('searches each by meaning, with one process for the model', async () => {
    const titles = async (path: string) =>
      (await get(`${path}?q=happy+furry+creatures&mode=semantic`)).hits.map(
        ({ paper }: { paper: { title: string } }) => paper.title,
      );
    expect(await titles('/v1/libraries/animals/search')).toEqual(['Quokka marsupials']);
    expect(await titles('/v1/search')).not.toContain('Quokka marsupials');
    const children = await readFile(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8');
    expect(children.trim().split(' ')).toHaveLength(1);
  });

  test('serves the others beside a damaged one, which says what to do', async () => {
    const { libraries } = await get('/v1/libraries');
    expect(libraries).toMatchObject([
      { name: 'sample', papers: expect.any(Number) },
      { name: 'animals', papers: 1 },
      { name: 'damaged', error: { code: expect.stringMatching(/^INDEX_/) } },
    ]);
    const response = await fetch(`${server.url}/v1/libraries/damaged/search?q=a`);
    expect(response.status).toBe(503);
  });

  test('changes only the library of the path and of the token', async () => {
    const index = join(folder, 'indexes', 'animals');
    const { stdout } = await runCli(['token', 'create', 'anna', '--scope', 'add', '--index', index]);
    const post = async (path: string, token: string) => {
      const body = JSON.stringify({ title: 'Wombats', abstract: 'Sturdy.' });
      const headers = { Authorization: `Bearer ${token}` };
      return (await validatedFetch(server.url + path, { method: 'POST', headers, body })).status;
    };
    expect(await post('/v1/libraries/animals/papers', stdout.trim())).toBe(200);
    expect(await post('/v1/papers', stdout.trim())).toBe(401);
    expect(await post('/v1/libraries/animals/papers', 'the-server')).toBe(200);
    expect((await get('/v1/libraries/animals/stats')).papers).toBe(2);
  });
});

test('a folder without an index is explained, with the commands', async () => {
  const index = join(await temporaryFolder(), 'new');
  const { exitCode, stderr } = await runCli(['serve', '--index', index]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`paper-search ingest my-papers.bib --index ${index}`);
  expect(stderr).toContain('paper-search serve --watch my-papers');
});

test.each([
  [['--index', 'index', '--library', 'a=x'], '--index cannot be used with --library'],
  [['--default', 'a'], '--default needs libraries'],
])('serve %j is refused with a reason', async (args, reason) => {
  expect(await runCli(['serve', ...args])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(reason),
  });
});
