import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { clusterNodes, corpusOfTests, describeOnCluster } from '../support/cluster.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

// The built product over a cluster: commands, and a server whose corpus is changed by itself and by others.
const corpus = corpusOfTests('e2e');
const TOKEN = 'e2e-token';
const LINES = ['Quokka marsupials and reinforcement', 'Numbat foraging by gradient descent'].map(
  (title) => `${JSON.stringify({ title, abstract: `${title}: small and content.`, year: 2020 })}\n`,
);

describeOnCluster('the product on a cluster', () => {
  let folder = '';
  let server: Awaited<ReturnType<typeof startServer>>;
  /** Settings of the environment, as docs/cluster.md has them. */
  let env: Record<string, string> = {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paper-search-cluster-'));
    env = {
      PAPER_SEARCH_ENGINE: 'opensearch',
      PAPER_SEARCH_NODES: clusterNodes.join(','),
      PAPER_SEARCH_CORPUS: corpus,
      PAPER_SEARCH_INDEX: join(folder, 'kept'),
    };
    const { exitCode, stderr } = await runCli(['ingest', 'data'], { env });
    expect(exitCode, stderr).toBe(0);
    await writeFile(join(folder, 'token'), TOKEN, { mode: 0o600 });
    server = await startServer(['--token-file', join(folder, 'token')], { env });
  }, 600_000);
  afterAll(async () => {
    if (server) {
      server.child.kill('SIGTERM');
      await once(server.child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await runCli(args, { env });
    expect(exitCode, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  async function send(path: string, init: RequestInit = {}) {
    const response = await validatedFetch(server.url + path, init);
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  }
  const titles = (answer: { hits: { paper: { title: string } }[] }) =>
    answer.hits.map(({ paper }) => paper.title);

  test('answers as an index with the same papers does', async () => {
    const index = join(folder, 'index');
    const embedded = ['--engine', 'embedded', '--index', index];
    const made = await runCli(['ingest', 'data', ...embedded], { env });
    expect(made.exitCode, made.stderr).toBe(0);
    for (const args of [
      ['search', 'papers about self-improvement', '--json'],
      ['search', 'reward', '--mode', 'keyword', '--facets', 'venue,year', '--json'],
      ['search', '--venue', 'ICLR', '--sort', 'title', '--json'],
    ]) {
      const there = await run(...args);
      const here = await run(...args, ...embedded);
      expect(titles(there)).toEqual(titles(here));
      expect(there).toMatchObject({ total: here.total, ...(here.facets && { facets: here.facets }) });
    }
    const [{ paper }] = (await run('search', 'self-improvement', '--json')).hits;
    const related = ['related', paper.id, '--json'];
    expect(titles(await run(...related))).toEqual(titles(await run(...related, ...embedded)));
  });

  test('doctor reports the cluster and the corpus', async () => {
    const { stdout } = await runCli(['doctor', '--json'], { env });
    const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; found: string }[] };
    const found = (name: string) => checks.find((check) => check.name === name);
    for (const name of ['opensearch', 'vectors', 'model', 'corpus']) {
      expect(found(name), JSON.stringify(checks)).toMatchObject({ status: 'ok' });
    }
    expect(found('corpus')!.found).toContain(`"${corpus}": 6 papers`);
    expect(found('index')).toBeUndefined();
  });

  test('serves search, the compatible APIs and the page, from one snapshot', async () => {
    const { snapshot } = (await send('/health')).body;
    const { headers, body } = await send('/v1/search?q=self-improvement');
    expect(headers.get('X-Paper-Search-Snapshot')).toBe(snapshot);
    expect(body.hits[0].paper.title).toContain('Self-Improvement');
    const again = await fetch(`${server.url}/v1/search?q=self-improvement`, {
      headers: { 'If-None-Match': headers.get('ETag')! },
    });
    expect(again.status).toBe(304);
    const scholar = await send('/graph/v1/paper/search?query=self-improvement&fields=title');
    expect(scholar.body.data[0].title).toContain('Self-Improvement');
    const arxiv = await validatedFetch(`${server.url}/api/query?search_query=all:reward&max_results=2`);
    expect(await arxiv.text()).toContain('<entry>');
    expect((await send('/v1/suggest?q=self')).status).toBe(200);
    expect((await send('/v1/schedule')).body.total).toBe(6);
    expect(await send('/v1/map')).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    const page = await fetch(server.url, { headers: { Accept: 'text/html' } });
    expect(await page.text()).toContain('<html');
  });

  test('answers each request from the snapshot that it names, while another process ingests', async () => {
    const before = (await send('/health')).body;
    const file = join(folder, 'more.jsonl');
    await writeFile(file, LINES[0]!);
    let ended = false;
    const ingesting = run('ingest', file, '--json').finally(() => {
      ended = true;
    });
    /** The totals that each snapshot was seen with. */
    const seen = new Map<string, Set<number>>();
    const ask = async (place: number) => {
      const { status, headers, body } = await send(
        `/v1/search?mode=keyword&year=2020..2030&q=&limit=1&offset=${place % 2}`,
      );
      expect(status).toBe(200);
      const snapshot = headers.get('X-Paper-Search-Snapshot')!;
      seen.set(snapshot, (seen.get(snapshot) ?? new Set()).add(body.total));
    };
    for (let place = 0; !ended; place++) await ask(place);
    const report = await ingesting;
    await expect
      .poll(async () => (await send('/health')).body.snapshot, { timeout: 60_000 })
      .toBe(report.snapshot);
    await ask(0);
    expect(seen.get(before.snapshot)).toEqual(new Set([before.papers]));
    expect(seen.get(report.snapshot)).toEqual(new Set([before.papers + 1]));
    expect(seen.size).toBe(2);
    expect(titles((await send('/v1/search?mode=keyword&q=quokka')).body)).toHaveLength(1);
  });

  test('adds and removes papers over HTTP, and the next request sees it', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const added = await send('/v1/papers', { method: 'POST', headers, body: LINES[1]! });
    expect(added).toMatchObject({ status: 200, body: { added: 1, index: corpus } });
    const { body } = await send('/v1/search?mode=keyword&q=numbat');
    expect(titles(body)).toHaveLength(1);
    const { id } = body.hits[0].paper;
    const removed = await send(`/v1/papers/${id}`, { method: 'DELETE', headers });
    expect(removed).toMatchObject({ status: 200, body: { removed: 1 } });
    expect(titles((await send('/v1/search?mode=keyword&q=numbat')).body)).toHaveLength(0);
    const refused = await send('/v1/papers', { method: 'POST', body: LINES[1]! });
    expect(refused.status).toBe(401);
  });

  test('keeps collections in the folder of --index', async () => {
    const [{ paper }] = (await run('search', 'self-improvement', '--json')).hits;
    await run('collection', 'new', 'To read', '--json');
    await run('collection', 'add', 'to read', paper.id, '--json');
    expect((await run('collection', 'show', 'to read', '--json')).total).toBe(1);
  });

  test.each([
    [['tune'], '"tune" is for an index on this machine'],
    [['ingest', 'data', '--corpus-map'], 'there is no map of a cluster'],
    [['search', 'x', '--corpus', 'No Name'], 'cannot be the name of a corpus'],
    [['search', 'x', '--corpus', 'no-such-corpus'], 'no corpus "no-such-corpus"'],
    [['serve', '--library', 'a=b'], 'start one server for each corpus'],
    [['search', 'x', '--node', 'http://127.0.0.1:9'], '127.0.0.1:9'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await runCli(args, { env });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
