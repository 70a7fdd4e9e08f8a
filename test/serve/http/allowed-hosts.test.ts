import { expect, test } from 'vitest';
import { servedApp } from '../../support/app.ts';
import { RawSocket } from '../../support/raw-socket.ts';

/** The answer to a request with this header Host, or without one. */
async function answerTo(url: string, host: string | undefined, path = '/v1/search?q=a'): Promise<string> {
  const socket = await RawSocket.to(url);
  const version = host === undefined ? 'HTTP/1.0' : `HTTP/1.1\r\nHost: ${host}\r\nConnection: close`;
  socket.send(`GET ${path} ${version}\r\n\r\n`);
  return socket.ended();
}

test.each([
  'localhost',
  'LocalHost:3000',
  'localhost.:3000',
  'papers.localhost',
  '127.0.0.1:3000',
  '192.168.1.7',
  '[::1]:3000',
  'papers.example.org',
  'Papers.Example.Org:443',
  undefined,
])('answers Host %s', async (host) => {
  const { url } = await servedApp({ allowedHosts: ['papers.example.org'] });
  expect(await answerTo(url, host)).toContain(' 200 OK');
});

test.each([
  'evil.org',
  'evil.org:3000',
  'papers.example.org.evil.org',
  'localhost.evil.org',
  'notlocalhost',
  '127.0.0.1.evil.org',
  '::evil',
  '',
])('refuses Host "%s", and says what to do', async (host) => {
  const { url, snapshot } = await servedApp({ allowedHosts: ['papers.example.org'] });
  for (const path of ['/v1/search?q=a', '/', '/graph/v1/paper/search?query=a', '/metrics', '/nothing']) {
    const answer = await answerTo(url, host, path);
    expect(answer).toContain(' 403 Forbidden');
    expect(answer).toContain('--allow-host');
  }
  expect(snapshot.requests).toEqual([]);
});

test('answers any Host by default', async () => {
  const { url } = await servedApp();
  expect(await answerTo(url, 'anything.example')).toContain(' 200 OK');
});
