import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Post, postReport } from '../../../src/watch/webhook/post.ts';
import { isPublicAddress, lookupPublic } from '../../../src/watch/webhook/public-address.ts';
import { FakeClock } from '../../support/fake-clock.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers with these statuses, one after the other, and then with 204. */
async function receiver(...statuses: (number | { status: number; headers: Record<string, string> })[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      const next = statuses.shift() ?? 204;
      const { status, headers } = typeof next === 'number' ? { status: next, headers: {} } : next;
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

const clock = new FakeClock('2026-11-30T10:00:00Z');
const post = (url: string, more: Partial<Post> = {}) =>
  postReport({
    url,
    secret: 'a secret of sixteen',
    delivery: 'd1',
    body: '{"watch":"für"}',
    publicOnly: false,
    clock,
    ...more,
  });

test('sends a signed report once', async () => {
  const { url, received } = await receiver();
  await post(url, { clock: new FakeClock('2026-11-30T10:00:00Z') });
  expect(received).toHaveLength(1);
  const { headers, body } = received[0]!;
  expect(body).toBe('{"watch":"für"}');
  const timestamp = Date.parse('2026-11-30T10:00:00Z') / 1000;
  const hmac = createHmac('sha256', 'a secret of sixteen').update(`${timestamp}.${body}`).digest('hex');
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-paper-search-delivery': 'd1',
    'x-paper-search-timestamp': String(timestamp),
    'x-paper-search-signature': `sha256=${hmac}`,
  });
});

test('tries again after a pause that grows, with the same number and a new time', async () => {
  const { url, received } = await receiver(500, 503);
  const own = new FakeClock();
  await post(url, { clock: own });
  expect(own.pauses).toEqual([500, 1000]);
  expect(received.map(({ headers }) => headers['x-paper-search-delivery'])).toEqual(['d1', 'd1', 'd1']);
  expect(new Set(received.map(({ headers }) => headers['x-paper-search-signature'])).size).toBeGreaterThan(1);
});

test('waits as long as the receiver asks, up to a minute', async () => {
  const asks = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } });
  const { url } = await receiver(asks('7'));
  const own = new FakeClock();
  await post(url, { clock: own });
  expect(own.pauses).toEqual([7000]);
  const later = await receiver(asks('3600'));
  await expect(post(later.url)).rejects.toThrow(/status 429\. The next run sends it again/);
  expect(later.received).toHaveLength(1);
});

test.each([
  [500, 4],
  [404, 1],
  [401, 1],
  [302, 1],
])('gives up on status %i after %i attempts', async (status, attempts) => {
  const answer = { status, headers: { location: 'http://127.0.0.1:1/' } };
  const { url, received } = await receiver(...Array.from({ length: 9 }, () => answer));
  await expect(post(url)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  expect(received).toHaveLength(attempts);
});

test('fails for a receiver that is not there', async () => {
  await expect(post('http://127.0.0.1:1/hook')).rejects.toThrow(
    /127\.0\.0\.1:1 did not accept the report: .*ECONNREFUSED/,
  );
});

test('stops when it is asked to', async () => {
  const { url, received } = await receiver();
  await expect(post(url, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  expect(received).toEqual([]);
});

describe('where only public addresses are allowed', () => {
  test.each([
    'http://example.org/',
    'https://127.0.0.1/',
    'https://10.1.2.3/',
    'https://192.168.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://example.org:8443/',
  ])('refuses %s', async (url) => {
    await expect(post(url, { publicOnly: true })).rejects.toMatchObject({ code: 'FETCH_REFUSED' });
  });

  test('refuses a name that leads to another address, when it connects', async () => {
    await expect(post('https://localhost/', { publicOnly: true })).rejects.toThrow(
      'its address is not public',
    );
  });

  test.each([
    ['8.8.8.8', true],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['2606:4700::1111', true],
    ['::', false],
    ['::1', false],
    ['::ffff:8.8.8.8', false],
    ['fe80::1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('%s: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  test.each([true, false])('checks what a name leads to (all: %s)', async (all) => {
    const error = await new Promise((resolve) => {
      lookupPublic('localhost', { all }, (failure) => resolve(failure));
    });
    expect(error).toMatchObject({ code: 'FETCH_REFUSED' });
  });
});
