import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pathsOf } from '../../scripts/bench/http-load.ts';
import { openLoop } from '../../scripts/bench/open-loop.ts';

async function server(status: number, delayMs: number): Promise<string> {
  const listening = createServer((_, response) => {
    setTimeout(() => response.writeHead(status).end('answer'), delayMs);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

test('sends at the requested rate, however slow the answers are', async () => {
  const url = await server(200, 100);
  const result = await openLoop({ url, paths: ['/'], rate: 100, seconds: 1 });
  // A Poisson process with a fixed seed: near 100, and always the same.
  expect(result.answers).toBeGreaterThan(60);
  expect(result.answers).toBeLessThan(140);
  expect(result).toMatchObject({ errors: 0, timeouts: 0, non2xx: 0 });
  expect(result.latencyMs!.min).toBeGreaterThan(95);
});

test('counts errors separately', async () => {
  const result = await openLoop({ url: await server(503, 0), paths: ['/'], rate: 50, seconds: 0.5 });
  expect(result).toMatchObject({ answers: 0, latencyMs: null, errors: 0 });
  expect(result.non2xx).toBeGreaterThan(5);
});

test('counts errors of a server that does not run', async () => {
  const result = await openLoop({ url: 'http://127.0.0.1:9', paths: ['/'], rate: 50, seconds: 0.2 });
  expect(result.errors).toBeGreaterThan(0);
});

test('has every query by keyword and hybrid in a mixed load', () => {
  expect(pathsOf('mixed', ['a b'], 1)).toEqual(['/search?q=a+b&mode=keyword', '/search?q=a+b&mode=hybrid']);
  expect(pathsOf('hybrid', ['ab'], 3)).toEqual(
    ['ab', 'Ab', 'aB'].map((query) => `/search?q=${query}&mode=hybrid`),
  );
});
