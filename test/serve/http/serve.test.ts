import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Admission } from '../../../src/serve/http/admission.ts';
import { isLoopback, type ServeOptions, serve } from '../../../src/serve/http/serve.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { RawSocket } from '../../support/raw-socket.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

async function start({ port = 0, ...options }: Partial<ServeOptions> = {}) {
  const server = await serve({
    engine: new FakeEngine(new FakeSnapshot()),
    host: '127.0.0.1',
    port,
    ...options,
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= server.stop();
    return stopped;
  };
  onTestFinished(stop);
  return { url: server.url, stop };
}

/** A snapshot whose searches end when the test says so. */
class HeldSnapshot extends FakeSnapshot {
  begun = 0;
  finish = () => {};
  override async search(request: Parameters<FakeSnapshot['search']>[0]) {
    this.begun++;
    await new Promise<void>((resolve) => {
      this.finish = resolve;
    });
    return super.search(request);
  }
}

class HeldEngine extends FakeEngine<HeldSnapshot> {
  closed = false;
  constructor() {
    super(new HeldSnapshot());
  }
  override async close() {
    this.closed = true;
  }
}

const SEARCH = 'GET /search?q=a HTTP/1.1\r\nHost: x\r\n\r\n';
const STATS = 'GET /stats HTTP/1.1\r\nHost: x\r\n\r\n';

test('listens on the reported URL, and stops', async () => {
  const { url, stop } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await validatedFetch(`${url}/health`)).status).toBe(200);
  await stop();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test('reports a port in use, and what to do', async () => {
  const { url } = await start();
  await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({
    message: expect.stringContaining('--port'),
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.1', false],
  ['127.example.org', false],
])('%s is reachable from this machine only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('a slow client', () => {
  test.each([
    ['sends nothing', ''],
    ['stops in the request line', 'GET /sea'],
    ['never ends its headers', 'GET /stats HTTP/1.1\r\nHost: x\r\n'],
  ])('that %s gets an error and is disconnected', async (_what, bytes) => {
    const { url } = await start({ times: { headMs: 50, checkMs: 10 } });
    const socket = await RawSocket.to(url);
    if (bytes) socket.send(bytes);
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 408 .*REQUEST_TIMEOUT/s);
    // It has not closed its own half: that does not keep the connection.
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test('that sends its headers one byte at a time is disconnected too', async () => {
    const { url } = await start({ times: { headMs: 100, checkMs: 10 } });
    const socket = await RawSocket.to(url);
    let ended = false;
    const sending = (async () => {
      for (const byte of `GET /stats HTTP/1.1\r\nX: ${'x'.repeat(10_000)}`) {
        if (ended) return;
        socket.send(byte);
        await setTimeout(5);
      }
    })();
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 408 /);
    ended = true;
    await sending;
  });

  test('that never ends its body is disconnected', async () => {
    const { url } = await start({ times: { headMs: 50, requestMs: 100, checkMs: 10 } });
    const socket = await RawSocket.to(url);
    socket.send(
      'POST /related HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    );
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('that does not read its answer is disconnected', async () => {
    const snapshot = new FakeSnapshot();
    const search = snapshot.search.bind(snapshot);
    // More than the buffers of both ends hold.
    snapshot.search = async (request) => ({ ...(await search(request)), query: 'x'.repeat(30_000_000) });
    const gone: number[] = [];
    const { url } = await start({
      engine: new FakeEngine(snapshot),
      times: { readMs: 50 },
      onExchange: ({ status }) => gone.push(status),
    });
    const socket = await RawSocket.to(url);
    socket.socket.pause();
    socket.send(SEARCH);
    await vi.waitFor(() => expect(gone).toEqual([499]), 10_000);
    socket.socket.destroy();
  });

  test('does not affect other clients', async () => {
    const { url } = await start({ times: { headMs: 60_000 } });
    const slow = await Promise.all(Array.from({ length: 50 }, () => RawSocket.to(url)));
    for (const socket of slow) socket.send('GET /st');
    expect((await fetch(`${url}/stats`)).status).toBe(200);
    for (const { socket } of slow) socket.destroy();
  });
});

test('keeps a connection open for more requests, for a limited time', async () => {
  const { url } = await start({ times: { keepAliveMs: 50 } });
  const socket = await RawSocket.to(url);
  socket.send(STATS + STATS);
  const received = await socket.ended();
  expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
});

test.each([
  ['bytes that are not HTTP', 'hello\r\n\r\n', 400],
  ['an endless head', `GET / HTTP/1.1\r\nX: ${'x'.repeat(200_000)}`, 414],
  [
    'two lengths',
    'POST /related HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    400,
  ],
  [
    'a length and pieces',
    'POST /related HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a header of two lines', 'GET /stats HTTP/1.1\r\nHost: x\r\nX: a\n b\r\n\r\n', 400],
])('%s is refused with the error body', async (_what, bytes, status) => {
  const { url } = await start();
  const socket = await RawSocket.to(url);
  socket.send(bytes);
  expect(await socket.ended()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*"error":`, 's'));
});

describe('a server that stops', () => {
  test('finishes requests in flight and closes their connections', async () => {
    const engine = new HeldEngine();
    const { url, stop } = await start({ engine });
    const socket = await RawSocket.to(url);
    socket.send(SEARCH);
    await vi.waitFor(() => expect(engine.snapshot.begun).toBe(1));
    const stopping = stop();
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(engine.closed).toBe(false);
    engine.snapshot.finish();
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 200 OK/);
    await stopping;
    expect(engine.closed).toBe(true);
  });

  test('closes idle connections', async () => {
    const { url, stop } = await start();
    const socket = await RawSocket.to(url);
    socket.send(STATS);
    await vi.waitFor(() => expect(socket.received).toContain('"papers"'));
    await stop();
    expect(await socket.ended()).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  test('refuses another request on an open connection', async () => {
    const engine = new HeldEngine();
    const { url, stop } = await start({ engine });
    const [busy, other] = [await RawSocket.to(url), await RawSocket.to(url)];
    busy.send(SEARCH);
    // Half a request: the connection is not idle.
    other.send('GET /stats HTTP/1.1\r\n');
    await vi.waitFor(() => expect(engine.snapshot.begun).toBe(1));
    const stopping = stop();
    other.send('Host: x\r\n\r\n');
    expect(await other.ended()).toMatch(/^HTTP\/1\.1 503 .*Connection: close.*STOPPED/s);
    engine.snapshot.finish();
    await stopping;
  });

  test('sends an error for slow requests, and does not wait for clients that hang', async () => {
    const engine = new HeldEngine();
    const { url, stop } = await start({ engine, times: { graceMs: 50 }, admission: new Admission() });
    const [asking, hanging] = [await RawSocket.to(url), await RawSocket.to(url)];
    asking.send(SEARCH);
    hanging.send(
      'POST /related HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    await vi.waitFor(() => expect(engine.snapshot.begun).toBe(1));
    await stop();
    expect(await asking.ended()).toMatch(/^HTTP\/1\.1 503 .*STOPPED/s);
    expect(await hanging.ended()).toBe('');
    engine.snapshot.finish();
  });
});
