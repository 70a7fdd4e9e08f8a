import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { encodedUrl } from '../../../src/serve/http/raw-spaces.ts';
import { serve } from '../../../src/serve/http/serve.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

test.each([
  ['GET /api/query?search_query=a AND b HTTP/1.1', '/api/query?search_query=a%20AND%20b'],
  [
    'HEAD /api/query?search_query=ti:"a b"+OR+c%20d HTTP/1.0',
    '/api/query?search_query=ti:%22a%20b%22+OR+c%20d',
  ],
  ['GET /api/query?a=\u00e9 <b>\t HTTP/1.1', '/api/query?a=%E9%20%3Cb%3E%09'],
  // No redirect to another host or path, and no other method.
  ['GET //evil.org/api/query?a b HTTP/1.1', undefined],
  ['GET http://evil.org/api/query?a b HTTP/1.1', undefined],
  ['GET /search?q=a b HTTP/1.1', undefined],
  ['POST /api/query?a b HTTP/1.1', undefined],
  ['GET /api/query?a HTTP/1.1', undefined],
  ['GET /api/query?a b', undefined],
])('%s', (line, address) => {
  expect(encodedUrl(Buffer.from(`${line}\r\nHost: a\r\n\r\n`, 'latin1'))).toBe(address);
});

test('redirects a client that sends spaces to the encoded URL', async () => {
  const server = await serve({ engine: new FakeEngine(new FakeSnapshot()), host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write('GET /api/query?search_query=ti:first AND ti:x HTTP/1.1\r\nHost: a\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(
    /^HTTP\/1\.1 308 .*\r\nLocation: \/api\/query\?search_query=ti:first%20AND%20ti:x\r\n/,
  );
  socket.destroy();
  await server.stop();
});
