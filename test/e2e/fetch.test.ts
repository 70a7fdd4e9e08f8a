import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, startCli, startServer } from '../support/cli.ts';
import { json, startFakeService, xml } from '../support/fake-service.ts';
import { arxivFeed, oaiError, oaiPage, openReviewNotes } from '../support/service-pages.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('fetch stores the pages and reports them, sync fetches new ones', async () => {
  const { base, seen } = await startFakeService(({ url }) =>
    xml(url.searchParams.has('from') ? oaiError('noRecordsMatch', 'none') : oaiPage(['2501.00001'])),
  );
  const cwd = await temporaryFolder();
  const options = { cwd, env: { PAPER_SEARCH_FETCH_BASE: base } };
  const fetched = await runCli(
    ['fetch', 'arxiv', '--category', 'cs.LG', '--name', 'lg', '--no-ingest'],
    options,
  );
  expect(fetched).toMatchObject({ exitCode: 0, stderr: 'arxiv: 1 paper, 1 page\n' });
  const folder = join('data', 'fetched', 'arxiv', 'lg');
  expect(fetched.stdout).toBe(`Fetched 1 paper from arxiv into "${folder}" (new pages: 1, unchanged: 0).\n`);
  expect(await readdir(join(cwd, folder))).toEqual(['.fetch.json', '00001.xml']);

  const synced = await runCli(['sync', 'arxiv', '--no-ingest', '--json'], options);
  expect(synced.exitCode).toBe(0);
  expect(JSON.parse(synced.stdout)).toMatchObject({
    fetched: [{ service: 'arxiv', folder, papers: 0, newPages: 0, keptPages: 1 }],
    ingest: null,
  });
  expect(seen[1]!.url.searchParams.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a fetch without results does not change the index', async () => {
  const { base } = await startFakeService(() => xml(arxivFeed([], 0)));
  const cwd = await temporaryFolder();
  const result = await runCli(['fetch', 'arxiv', '--query', 'a'], {
    cwd,
    env: { PAPER_SEARCH_FETCH_BASE: base },
  });
  expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Fetched 0 papers') });
  expect(await readdir(cwd)).toEqual(['data']);
});

test('Ctrl-C stops a fetch that waits for an answer', async () => {
  const cwd = await temporaryFolder();
  const { base } = await startFakeService(() => {
    child.kill('SIGINT');
    return undefined;
  });
  const child = startCli(['fetch', 'arxiv', '--query', 'a'], cwd, { PAPER_SEARCH_FETCH_BASE: base });
  const said: unknown[] = [];
  child.stderr!.on('data', (chunk) => said.push(chunk));
  await once(child, 'close');
  expect(child.exitCode).toBe(130);
  expect(said.join('')).toBe(
    'paper-search: Stopped. The pages fetched so far are kept; run the same command again to resume.\n',
  );
});

test.each<[readonly string[], number, RegExp]>([
  [['fetch', 'nowhere'], 2, /Allowed choices are arxiv, openreview/],
  [['fetch', 'arxiv'], 2, /Say what: --query, --category/],
  [['fetch', 'arxiv', '--venue', 'ICLR'], 2, /"arxiv" takes no --venue/],
  [['fetch', 'crossref', '--query', 'a', '--mailto', 'nobody'], 2, /Expected an e-mail address/],
  [['fetch', 'openreview', '--venue', 'V'], 5, /OpenReview refused: status 403 .*OPENREVIEW_TOKEN/],
  [['sync'], 2, /Nothing was fetched into/],
])('%j exits %i', async (args, exitCode, message) => {
  const { base } = await startFakeService(() => ({ ...json(openReviewNotes([])), status: 403 }));
  const result = await runCli(args, { cwd: await temporaryFolder(), env: { PAPER_SEARCH_FETCH_BASE: base } });
  expect(result.stderr).toMatch(message);
  expect(result).toMatchObject({ exitCode, stdout: '' });
});

test('a sync that fails says where', async () => {
  let refusing = false;
  const { base } = await startFakeService(() =>
    refusing ? { status: 403, body: 'no' } : xml(oaiPage(['2501.00001'])),
  );
  const options = { cwd: await temporaryFolder(), env: { PAPER_SEARCH_FETCH_BASE: base } };
  await runCli(['fetch', 'arxiv', '--category', 'cs', '--name', 'cs', '--no-ingest'], options);
  refusing = true;
  const { exitCode, stdout, stderr } = await runCli(['sync', '--no-ingest', '--json'], options);
  expect(exitCode).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({ fetched: [], failed: [{ service: 'arxiv' }], ingest: null });
  expect(stderr).toMatch(/arxiv.cs: arXiv refused: status 403 \(no\)/);
});

test('a base that is not a loopback address is refused', async () => {
  const result = await runCli(['fetch', 'arxiv', '--query', 'a'], {
    cwd: await temporaryFolder(),
    env: { PAPER_SEARCH_FETCH_BASE: 'http://example.org' },
  });
  expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('loopback') });
});

test('a server that may fetch adds a paper by its identifier, and says when it cannot', async () => {
  const { base, seen } = await startFakeService(({ url }) =>
    url.searchParams.get('id_list') === '2402.00001'
      ? xml(arxivFeed(['2402.00001'], 1))
      : { status: 403, body: 'no' },
  );
  const cwd = await temporaryFolder();
  const env = { PAPER_SEARCH_FETCH_BASE: base, PAPER_SEARCH_TOKEN: 'a-token-of-the-test' };
  await runCli(['ingest', '-', '--index', 'index'], { cwd, input: '@misc{a, title={Worms in gardens}}' });
  const { child, url } = await startServer(['--index', 'index', '--allow-fetch'], { cwd, env });
  try {
    const ask = (identifier: string) =>
      fetch(`${url}/v1/fetch`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: 'Bearer a-token-of-the-test' },
        body: JSON.stringify({ identifier }),
      });
    const answer = await ask('https://arxiv.org/abs/2402.00001v2');
    expect(await answer.json()).toMatchObject({
      id: 'arxiv:2402.00001',
      service: 'arxiv',
      ingest: { added: 1 },
    });
    expect((await fetch(`${url}/v1/papers/arxiv:2402.00001`)).status).toBe(200);
    expect(seen.map((request) => request.url.host)).toEqual(['export.arxiv.org']);
    const refused = await ask('2402.00002');
    expect(refused.status).toBe(502);
    expect(await refused.text()).toMatch(/arXiv refused: status 403/);
  } finally {
    child.kill('SIGKILL');
  }
});
