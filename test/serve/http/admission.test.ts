import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Admission } from '../../../src/serve/http/admission.ts';
import { servedApp } from '../../support/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

/** A snapshot whose searches for "wait" end when the test says so. */
class HeldSnapshot extends FakeSnapshot {
  begun = 0;
  finish = () => {};
  override async search(request: Parameters<FakeSnapshot['search']>[0]) {
    this.begun++;
    if (request.query === 'wait') {
      await new Promise<void>((resolve) => {
        this.finish = resolve;
      });
    }
    return super.search(request);
  }
}

async function serve(admission: Admission) {
  const snapshot = new HeldSnapshot();
  const engine = new FakeEngine(snapshot);
  const served = await servedApp({ engine, admission });
  onTestFinished(() => snapshot.finish());
  const search = async (query: string) => {
    const response = await fetch(`${served.url}/search?q=${query}`);
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, body: JSON.parse(await response.text()) };
  };
  const begun = (count: number) => vi.waitFor(() => expect(snapshot.begun).toBe(count));
  return { ...served, snapshot, signals: engine.signals, search, begun };
}

test('reports a request that takes too long, and aborts its work', async () => {
  const { search, snapshot, signals, logged } = await serve(new Admission({ deadlineMs: 1 }));
  expect(await search('wait')).toMatchObject({
    status: 503,
    retryAfter: '2',
    body: { error: { code: 'OVERLOADED' } },
  });
  expect(signals[0]).toMatchObject({ aborted: true, reason: { code: 'OVERLOADED' } });
  snapshot.finish();
  expect(logged).toEqual([]);
});

test('refuses a request above the limit, and accepts it when another has ended', async () => {
  const { search, snapshot, begun, url } = await serve(new Admission({ maxInFlight: 1 }));
  const first = search('wait');
  await begun(1);
  expect(await search('other')).toMatchObject({ status: 503, body: { error: { code: 'OVERLOADED' } } });
  // Monitoring is still answered.
  expect((await fetch(`${url}/health`)).status).toBe(200);
  snapshot.finish();
  expect((await first).status).toBe(200);
  expect((await search('other')).status).toBe(200);
});

test('counts abandoned work until it ends', async () => {
  const { search, snapshot } = await serve(new Admission({ maxInFlight: 1, deadlineMs: 1 }));
  expect((await search('wait')).status).toBe(503);
  expect((await search('other')).body.error.message).toContain('too many');
  snapshot.finish();
  await vi.waitFor(async () => expect((await search('other')).status).toBe(200));
});

test('ends the request of a client that disconnects', async () => {
  const { snapshot, signals, begun, url, exchanges, logged } = await serve(new Admission());
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET /search?q=wait HTTP/1.1\r\nHost: x\r\n\r\n');
  await begun(1);
  expect(signals[0]!.aborted).toBe(false);
  socket.destroy();
  await vi.waitFor(() => expect(signals[0]!.aborted).toBe(true));
  snapshot.finish();
  await vi.waitFor(() => expect(exchanges).toMatchObject([{ route: '/search', status: 499 }]));
  expect(logged).toEqual([]);
});

test('does not end an answered request', async () => {
  const { search, signals } = await serve(new Admission());
  expect((await search('quick')).status).toBe(200);
  expect(signals[0]!.aborted).toBe(false);
});

test('refuses new requests when it stops, and can end those in flight', async () => {
  const admission = new Admission();
  const { search, begun, url } = await serve(admission);
  const first = search('wait');
  await begun(1);
  admission.stop();
  expect(await search('other')).toMatchObject({
    status: 503,
    retryAfter: '5',
    body: { error: { code: 'STOPPED' } },
  });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  admission.endAll();
  expect(await first).toMatchObject({ status: 503, body: { error: { code: 'STOPPED' } } });
});
