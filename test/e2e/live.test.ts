import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

// The built product with the real model: a server whose index is changed in every possible way.
const TOKEN = 'e2e-token';
let folder = '';
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-live-'));
  await cp('data', join(folder, 'papers'), { recursive: true });
  await writeFile(join(folder, 'token'), `${TOKEN}\n`);
  // There is no index yet: the watched folder creates it.
  server = await startServer([
    ...['--index', join(folder, 'index'), '--watch', join(folder, 'papers')],
    ...['--token-file', join(folder, 'token')],
  ]);
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  await rm(folder, { recursive: true, force: true });
});

async function send(path: string, init: RequestInit = {}) {
  const response = await validatedFetch(server.url + path, init);
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
const health = async () => (await send('/health')).body as { snapshot: string; papers: number };
const authorized = { Authorization: `Bearer ${TOKEN}` };
const post = (body: string | Uint8Array, query = '') =>
  send(`/papers${query}`, { method: 'POST', headers: authorized, body });
const titlesOf = async (query: string) =>
  (await send(`/search?mode=keyword&q=${query}`)).body.hits.map(
    ({ paper }: { paper: { title: string } }) => paper.title,
  );
/** Repeats while the watch or another change holds the lock. */
async function postWhenFree(body: string | Uint8Array, query = '') {
  return vi.waitUntil(
    async () => {
      const answer = await post(body, query);
      return answer.status === 503 ? undefined : answer;
    },
    { timeout: 60_000, interval: 100 },
  );
}

describe('a server that is changed', () => {
  test('adds papers, and returns them from the next request on', async () => {
    const paper = { title: 'Quokka marsupials in reinforcement learning', abstract: 'Small and content.' };
    const before = await health();
    const { status, body } = (await postWhenFree(JSON.stringify(paper, null, 2)))!;
    expect(status).toBe(200);
    expect(body).toMatchObject({ read: 1, papers: before.papers + 1, rejected: [] });
    expect(await health()).toMatchObject({ snapshot: body.snapshot, papers: 7 });
    expect(await titlesOf('quokka')).toEqual([paper.title]);
  });

  test('accepts any format, gzipped too, and reports rejected records', async () => {
    const bibtex = '@article{a, title = {Numbat foraging by gradient descent}, year = 2020}\n';
    const { body } = (await postWhenFree(gzipSync(bibtex), '?venue=Zoology'))!;
    expect(body).toMatchObject({ read: 1, files: [{ format: 'bibtex' }] });
    const [hit] = (await send('/search?mode=keyword&q=numbat')).body.hits;
    expect(hit.paper).toMatchObject({ venue: 'Zoology', year: 2020 });

    const lines = '{"title": "Bilby burrows as latent variables"}\n{"title": 5}\n';
    const partly = (await postWhenFree(lines))!;
    expect(partly).toMatchObject({ status: 200, body: { read: 2, rejected: [{ line: 2 }] } });
    expect(await titlesOf('bilby')).toHaveLength(1);
    expect(await postWhenFree('no papers here, only prose')).toMatchObject({
      status: 422,
      body: { error: { code: 'BAD_INPUT' } },
    });
    expect(await postWhenFree('')).toMatchObject({ status: 400 });
  });

  test('refuses changes without the token', async () => {
    const answer = await send('/papers', { method: 'POST', body: '{"title": "Intruder"}' });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } });
  });

  test('ingests files that are put into a watched folder', async () => {
    await mkdir(join(folder, 'papers', 'new'));
    await writeFile(
      join(folder, 'papers', 'new', 'w.jsonl'),
      '{"title": "Wombat cubes under distribution shift"}\n',
    );
    await vi.waitFor(async () => expect(await titlesOf('wombat')).toHaveLength(1), 60_000);
  });

  test('removes the papers of files that are deleted from a watched folder, and no others', async () => {
    const before = await health();
    await rm(join(folder, 'papers', 'new'), { recursive: true });
    await vi.waitFor(async () => expect(await titlesOf('wombat')).toEqual([]), 60_000);
    expect((await health()).papers).toBe(before.papers - 1);
    expect(await titlesOf('quokka')).toHaveLength(1);
  });

  test('answers every request while another ingest writes, and switches to its snapshot', async () => {
    const file = join(folder, 'more.jsonl');
    await writeFile(file, '{"title": "Echidna spines and sparse attention"}\n');
    const before = await health();
    let ended = false;
    const ingesting = runCli(['ingest', file, '--json', '--index', join(folder, 'index')]).finally(() => {
      ended = true;
    });
    const asking = async () => {
      const seen = new Set<string>();
      for (let i = 0; !ended; i++) {
        const { status, body } = await send(`/search?q=self-improvement+${i}`);
        expect(status).toBe(200);
        expect([before.papers, before.papers + 1]).toContain(body.total);
        seen.add((await health()).snapshot);
      }
      return seen;
    };
    const [seen, { exitCode, stdout }] = await Promise.all([asking(), ingesting]);
    expect(exitCode).toBe(0);
    expect(seen).toContain(before.snapshot);
    const { snapshot } = JSON.parse(stdout);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ snapshot }), 10_000);
    expect(await titlesOf('echidna')).toHaveLength(1);
  });

  test('removes a paper, and does not return it any more', async () => {
    const before = await health();
    const [{ paper }] = (await send('/search?mode=keyword&q=quokka')).body.hits;
    const remove = () => send(`/papers/${paper.id}`, { method: 'DELETE', headers: authorized });
    expect(await remove()).toMatchObject({ status: 200, body: { records: 1, removed: 1 } });
    expect(await health()).toMatchObject({ papers: before.papers - 1 });
    expect(await titlesOf('quokka')).toEqual([]);
    expect(await remove()).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });

  test('does not create a new index when the served one has disappeared', async () => {
    const [index, elsewhere] = [join(folder, 'index'), join(folder, 'elsewhere')];
    await rename(index, elsewhere);
    const refused = await post('{"title": "Potoroo holes"}\n');
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'INDEX_MISSING' } } });
    expect(existsSync(join(index, 'CURRENT'))).toBe(false);
    expect(await titlesOf('numbat')).toHaveLength(1);
    // The server may be at the place, and leave a lock there.
    await vi.waitFor(async () => {
      await rm(index, { recursive: true, force: true });
      await rename(elsewhere, index);
    }, 10_000);
    expect((await postWhenFree('{"title": "Potoroo holes"}\n'))!.status).toBe(200);
  });
});

describe('serve refuses', () => {
  test.each([
    [['--watch', '.', '--index', 'some-index'], 'is inside the watched folder'],
    [['--token-file', 'no-such-file'], 'token file'],
  ])('%o', async (args, reason) => {
    const { exitCode, stderr } = await runCli(['serve', '--port', '0', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });
});

test('with --json, prints an error as JSON on standard output, too', async () => {
  const { exitCode, stdout, stderr } = await runCli(['stats', '--json', '--index', join(folder, 'none')]);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INDEX_MISSING' } });
  expect(stderr).toContain('There is no index');
});
