import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/errors.ts';
import { HOSTILE } from '../cases/hostile.ts';
import { runCli, startServer } from '../support/cli.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

let folder = '';
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-hostile-'));
  expect((await runCli(['ingest', 'data', '--index', folder])).exitCode).toBe(0);
  server = await startServer(['--index', folder]);
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Longer than any request may take on a slow and busy machine. */
const PATIENCE_MS = 20_000;

async function ask(path: string, init: RequestInit = {}) {
  const response = await validatedFetch(server.url + path, {
    ...init,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** An answer, or a machine-readable client error. */
function expectAnswerOrRefusal({ status, body }: Awaited<ReturnType<typeof ask>>) {
  if (status === 200) {
    expect(body.hits.length).toBeLessThanOrEqual(body.total);
    for (const hit of body.hits) {
      for (const { field, start, end, text } of hit.highlights) {
        expect(hit.paper[field].slice(start, end)).toBe(text);
      }
      expect(hit.score).toEqual(expect.any(Number));
    }
    return;
  }
  const { code, message } = body.error as { code: keyof typeof ERRORS; message: string };
  expect(status).toBe(ERRORS[code].status);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(message).not.toBe('');
  // A message must not be as long as the input that it rejects.
  expect(message.length).toBeLessThan(20_000);
}

describe('a hostile query is answered or refused', () => {
  test.each(HOSTILE)('%s', async (_what, query) => {
    expectAnswerOrRefusal(await ask(`/search?${query}`));
  });

  test.each(['keyword', 'semantic'])('answers or refuses all of them, %s', async (mode) => {
    for (const [, query] of HOSTILE) expectAnswerOrRefusal(await ask(`/search?${query}&mode=${mode}`));
  });
});

test('finds related papers for hostile texts and ids, or refuses them', async () => {
  const texts = ['\ud800', 'a\ud800b', '\u0000', '()', '"', '-x', 'a'.repeat(8000), '🙂', '\\alpha', '   '];
  for (const each of texts) {
    for (const body of [{ text: each }, { positive: [each] }, { text: 'x', negative: [each] }]) {
      const init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      };
      expectAnswerOrRefusal(await ask('/related', init));
    }
  }
  for (const id of ['__proto__', 'constructor', '%00', '%2F', '%2E%2E%2F', '%ED%A0%80', '%']) {
    expectAnswerOrRefusal(await ask(`/papers/${id}/related`));
  }
  const empty = await ask('/related', { method: 'POST', headers: { 'Content-Type': 'application/json' } });
  expect(empty).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } });
});

test('completes or refuses hostile prefixes', async () => {
  for (const [, query] of HOSTILE) {
    const { status, body } = await ask(`/suggest?${query}`);
    if (status === 200) expect(body.suggestions).toEqual(expect.any(Array));
    else expect(ERRORS[body.error.code as keyof typeof ERRORS].status).toBe(status);
    expect(status).toBeLessThan(500);
  }
});

test('refuses bytes that are not HTTP with a machine-readable error', async () => {
  const { hostname, port } = new URL(server.url);
  for (const bytes of ['GET /search?q=\u0000 HTTP/1.1\r\n\r\n', 'hello\r\n\r\n', '\u0016\u0003\u0001']) {
    const socket = connect(Number(port), hostname);
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.end(bytes);
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(body!)).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  }
});

test('answers as before after all of them, and stops on request', async () => {
  expect(server.child.exitCode).toBeNull();
  const { status, body } = await ask('/search?q=papers+about+self-improvement&limit=1');
  expect(status).toBe(200);
  expect(body.hits[0].paper.title).toContain('Self-Improvement');
  server.child.kill('SIGTERM');
  expect((await once(server.child, 'exit'))[0]).toBe(0);
});
