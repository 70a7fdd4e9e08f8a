import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

let folder = '';
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-e2e-'));
  await runCli(['ingest', 'data', '--index', folder]);
  server = await startServer(['--index', folder]);
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const get = async (path: string) => {
  const response = await validatedFetch(server.url + path);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const childrenOf = (pid: number) =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number);

describe('the server', () => {
  test('answers the first query of the README', async () => {
    const { status, body } = await get('/search?q=papers+about+self-improvement');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      query: 'papers about self-improvement',
      mode: 'hybrid',
      total: 6,
      limit: 10,
      offset: 0,
    });
    expect(
      body.hits
        .slice(0, 3)
        .every((hit: { paper: { abstract: string } }) => /self-improvement/i.test(hit.paper.abstract)),
    ).toBe(true);
    expect(body.hits[0].highlights[0]).toMatchObject({ field: 'title', text: 'Self-Improvement' });
  });

  test('returns a paper and its related papers', async () => {
    const { body } = await get('/search?q=learning+dynamics&limit=1');
    const { id } = body.hits[0].paper;
    expect((await get(`/papers/${id}`)).body).toEqual(body.hits[0].paper);
    const related = (await get(`/papers/${id}/related?limit=3`)).body;
    expect(related.seeds.positive[0].id).toBe(id);
    expect(related.hits).toHaveLength(3);
  });

  test('reports its health', async () => {
    expect((await get('/health')).body).toMatchObject({ status: 'ok', papers: 6 });
    expect((await get('/stats')).body).toMatchObject({ papers: 6, model: { dimension: 384 } });
  });

  test('answers a keyword query long before earlier long ones are encoded', async () => {
    await get('/search?mode=semantic&q=warm');
    let encoded = 0;
    const long = Array.from({ length: 10 }, (_, i) =>
      get(
        `/search?mode=semantic&fallback=false&q=${encodeURIComponent(`question ${i} is long `.repeat(350))}`,
      ).then((answer) => {
        encoded++;
        return answer;
      }),
    );
    expect((await get('/search?mode=keyword&q=sharpening')).status).toBe(200);
    // In a queue behind them, all ten would be encoded; reading them takes a moment, too.
    expect(encoded).toBeLessThan(5);
    expect((await Promise.all(long)).every(({ status }) => status === 200)).toBe(true);
  });

  test('says what to do if the port is in use', async () => {
    const result = await runCli(['serve', '--index', folder, '--port', new URL(server.url).port]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('--port');
  });

  test('stops on SIGTERM and leaves no process behind', async () => {
    const second = await startServer(['--index', folder]);
    expect((await validatedFetch(`${second.url}/search?q=x`)).status).toBe(200);
    const encoders = childrenOf(second.child.pid!);
    expect(encoders).toHaveLength(1);
    second.child.kill('SIGTERM');
    const [exitCode] = await once(second.child, 'exit');
    expect(exitCode).toBe(0);
    for (const pid of encoders) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('finishes requests that are running when it is stopped', async () => {
    const second = await startServer(['--index', folder]);
    await validatedFetch(`${second.url}/search?q=warm`);
    const slow = validatedFetch(
      `${second.url}/search?mode=semantic&q=${encodeURIComponent('a long question '.repeat(480))}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    second.child.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect((await once(second.child, 'exit'))[0]).toBe(0);
  });
});
