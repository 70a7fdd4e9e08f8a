import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AllowedUrls } from '../../../src/ingest/fetch/allowed-url.ts';
import { PoliteClient, type PoliteClientOptions } from '../../../src/ingest/fetch/polite-client.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type FakeService, json, type Reply, startFakeService } from '../../support/fake-service.ts';

const URL_OF_PAGE = new URL('https://api.example.org/papers?page=1');
const GOOD = json({ good: true });
const fine = () => undefined;

function setUp({ base }: FakeService, options: Partial<PoliteClientOptions> = {}) {
  const clock = new FakeClock();
  const retries: string[] = [];
  const client = new PoliteClient({
    title: 'Example',
    allowed: new AllowedUrls(['https://api.example.org/'], base),
    headers: { 'user-agent': 'test' },
    secrets: [],
    intervalMs: 3000,
    timeoutMs: 5000,
    maxBytes: 1000,
    contentType: /json/,
    hints: {},
    clock,
    onRetry: (_, reason) => retries.push(reason),
    ...options,
  });
  return { client, clock, retries };
}

/** A service that gives these replies, the last of them for ever. */
const inTurn = (...replies: readonly Reply[]) =>
  startFakeService((_, number) => replies[Math.min(number, replies.length) - 1]);

test('returns the content as it was sent, and what identifies it', async () => {
  const service = await inTurn(json({ name: 'é' }, { etag: '"1"', 'last-modified': 'yesterday' }));
  const { client } = setUp(service);
  const answer = await client.get(URL_OF_PAGE, {}, fine);
  expect(answer).toMatchObject({
    kind: 'content',
    body: { text: '{"name":"é"}' },
    validators: { etag: '"1"', lastModified: 'yesterday' },
  });
  expect(service.seen[0]!.url.href).toBe(URL_OF_PAGE.href);
  expect(service.seen[0]!.headers['user-agent']).toBe('test');
});

test('pauses between an answer and the next request', async () => {
  const { client, clock } = setUp(await inTurn(GOOD));
  await client.get(URL_OF_PAGE, {}, fine);
  expect(clock.pauses).toEqual([]);
  await client.get(URL_OF_PAGE, {}, fine);
  expect(clock.pauses).toEqual([3000]);
});

describe('a temporary failure is retried', () => {
  test.each<[string, Reply, number]>([
    ['429 with seconds', { status: 429, headers: { 'retry-after': '40' } }, 40_000],
    ['429 with a date', { status: 429, headers: { 'retry-after': 'Mon, 02 Mar 2026 10:00:50 GMT' } }, 50_000],
    ['503 with seconds', { status: 503, headers: { 'retry-after': '20' } }, 20_000],
    ['503 without', { status: 503 }, 1000],
    ['500', { status: 500, body: '<html>oops</html>' }, 1000],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' }, 1000],
    ['no content type', { body: '{}' }, 1000],
    ['a wrong content type', { headers: { 'content-type': 'application/pdf' }, body: '{}' }, 1000],
  ])('%s', async (_, reply, pause) => {
    const { client, clock, retries } = setUp(await inTurn(reply, GOOD));
    await expect(client.get(URL_OF_PAGE, {}, fine)).resolves.toMatchObject({ kind: 'content' });
    expect(retries).toHaveLength(1);
    // The pause that was asked for, and what is left of the usual rest.
    expect(clock.pauses).toEqual([pause, ...(pause < 3000 ? [3000 - pause] : [])]);
  });

  test('when a connection is cut', async () => {
    const service = await startFakeService((_, number, response) => {
      if (number > 1) return GOOD;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"good":', () => response.destroy());
      return undefined;
    });
    const { client, retries } = setUp(service);
    await expect(client.get(URL_OF_PAGE, {}, fine)).resolves.toMatchObject({ kind: 'content' });
    expect(retries).toHaveLength(1);
  });

  test('when there is no answer', async () => {
    const service = await startFakeService((_, number) => (number > 1 ? GOOD : undefined));
    const { client, retries } = setUp(service, { timeoutMs: 50 });
    await expect(client.get(URL_OF_PAGE, {}, fine)).resolves.toMatchObject({ kind: 'content' });
    expect(retries).toEqual(['no whole answer in 0.05 s']);
  });

  test('when the caller rejects the content', async () => {
    const { client, retries } = setUp(await inTurn(json({ good: false }), GOOD));
    const answer = await client.get(URL_OF_PAGE, {}, (text) => (text.includes('true') ? undefined : 'bad'));
    expect(answer).toMatchObject({ kind: 'content', body: { text: '{"good":true}' } });
    expect(retries).toEqual(['bad']);
  });

  test('with pauses that double, up to a limit, and an end', async () => {
    const service = await inTurn({ status: 503, body: 'busy' });
    const { client, clock } = setUp(service, { intervalMs: 0, hints: { 503: 'Do this' } });
    await expect(client.get(URL_OF_PAGE, {}, fine)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringMatching(
        /^Example does not answer: status 503 \(busy\)\. Do this\. Try again later/,
      ),
    });
    expect(service.seen).toHaveLength(8);
    expect(clock.pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000]);
  });

  test('except when the service asks for a long pause', async () => {
    const service = await inTurn({ status: 429, headers: { 'retry-after': '7200' } });
    const { client, clock } = setUp(service);
    await expect(client.get(URL_OF_PAGE, {}, fine)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('until 2026-03-02T12:00Z'),
    });
    expect(clock.pauses).toEqual([]);
  });
});

describe('a lasting failure is not retried', () => {
  test.each([
    [
      400,
      '{"error":"Invalid filter","message":"no such field"}',
      'status 400 (Invalid filter: no such field)',
    ],
    [403, 'Forbidden', 'status 403 (Forbidden). Set a key'],
    [404, '<html><body>404: <b>Not Found</b></body></html>', 'status 404 (404: Not Found)'],
    [304, '', 'status 304'],
  ])('%i', async (status, body, reason) => {
    const service = await inTurn({ status, body });
    const { client } = setUp(service, { hints: { 403: 'Set a key' } });
    expect(await client.get(URL_OF_PAGE, {}, fine)).toEqual({ kind: 'refused', status, reason });
    expect(service.seen).toHaveLength(1);
  });

  test('when an answer never ends', async () => {
    const service = await startFakeService((_, __, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => response.destroyed || response.write('x'.repeat(500), more);
      more();
      return undefined;
    });
    const { client } = setUp(service);
    expect(await client.get(URL_OF_PAGE, {}, fine)).toMatchObject({ kind: 'refused' });
  });

  test('when a small answer unpacks to a large one', async () => {
    const service = await startFakeService((_, __, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('x'.repeat(100_000)));
      return undefined;
    });
    const { client } = setUp(service);
    expect(await client.get(URL_OF_PAGE, {}, fine)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('longer than'),
    });
  });
});

test('does not download an unchanged page again', async () => {
  const service = await inTurn({ status: 304 });
  const { client } = setUp(service);
  const validators = { etag: '"1"', lastModified: 'yesterday' };
  expect(await client.get(URL_OF_PAGE, validators, fine)).toEqual({ kind: 'not-modified' });
  expect(service.seen[0]!.headers).toMatchObject({
    'if-none-match': '"1"',
    'if-modified-since': 'yesterday',
  });
});

describe('redirects', () => {
  const to = (location: string): Reply => ({ status: 302, headers: { location } });

  test('within the service are followed, with a rest', async () => {
    const service = await inTurn(to('https://api.example.org/other?page=1'), GOOD);
    const { client, clock } = setUp(service);
    expect(await client.get(URL_OF_PAGE, {}, fine)).toMatchObject({ kind: 'content' });
    expect(service.seen[1]!.url.href).toBe('https://api.example.org/other?page=1');
    expect(clock.pauses).toEqual([3000]);
  });

  test.each([
    'https://evil.example/papers',
    'http://api.example.org/papers',
    '//evil.example/',
    'file:///etc',
  ])('to %s are refused, with nothing sent there', async (location) => {
    const service = await inTurn(to(location), GOOD);
    const { client } = setUp(service);
    await expect(client.get(URL_OF_PAGE, {}, fine)).rejects.toMatchObject({ code: 'FETCH_REFUSED' });
    expect(service.seen).toHaveLength(1);
  });

  test('in a circle end', async () => {
    const { client } = setUp(await inTurn(to('https://api.example.org/papers')));
    await expect(client.get(URL_OF_PAGE, {}, fine)).rejects.toMatchObject({
      code: 'FETCH_REFUSED',
      message: 'Example redirects without end.',
    });
  });
});

test('writes a key into no message', async () => {
  const service = await inTurn({ status: 401, body: 'the key s3cret is not known' });
  const { client } = setUp(service, { headers: { authorization: 'Bearer s3cret' }, secrets: ['s3cret'] });
  const answer = await client.get(URL_OF_PAGE, {}, fine);
  expect(service.seen[0]!.headers.authorization).toBe('Bearer s3cret');
  expect(answer).toMatchObject({ reason: 'status 401 (the key … is not known)' });
});

test('ends a hanging request when it is aborted', async () => {
  const stop = new AbortController();
  const service = await startFakeService(() => {
    stop.abort(new Error('enough'));
    return undefined;
  });
  const { client, retries } = setUp(service, { signal: stop.signal });
  await expect(client.get(URL_OF_PAGE, {}, fine)).rejects.toThrow('enough');
  expect(retries).toEqual([]);
});
