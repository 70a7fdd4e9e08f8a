import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Admission } from '../../../src/serve/http/admission.ts';
import { requestSignal } from '../../../src/serve/live/request-scope.ts';
import { servedApp } from '../../support/app.ts';
import { FakeSearcher } from '../../support/fake-searcher.ts';

/** A searcher whose searches for "wait" end when they are told to; it keeps the signals that they run under. */
class HeldSearcher extends FakeSearcher {
  readonly signals: AbortSignal[] = [];
  finish = () => {};
  override async search(request: Parameters<FakeSearcher['search']>[0]) {
    this.signals.push(requestSignal()!);
    if (request.query === 'wait') {
      await new Promise<void>((resolve) => {
        this.finish = resolve;
      });
    }
    return super.search(request);
  }
}

async function serve(admission: Admission) {
  const searcher = new HeldSearcher();
  const served = await servedApp({ searcher, admission });
  onTestFinished(() => searcher.finish());
  const search = async (query: string) => {
    const response = await fetch(`${served.url}/search?q=${query}`);
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, body: JSON.parse(await response.text()) };
  };
  const begun = (count: number) => vi.waitFor(() => expect(searcher.signals).toHaveLength(count));
  return { ...served, searcher, search, begun };
}

test('a request that takes too long is told so, and whatever works on it', async () => {
  const { search, searcher, logged } = await serve(new Admission({ deadlineMs: 1 }));
  expect(await search('wait')).toMatchObject({
    status: 503,
    retryAfter: '2',
    body: { error: { code: 'OVERLOADED' } },
  });
  expect(searcher.signals[0]).toMatchObject({ aborted: true, reason: { code: 'OVERLOADED' } });
  searcher.finish();
  expect(logged).toEqual([]);
});

test('one too many at once is refused, and let in when there is room again', async () => {
  const { search, searcher, begun, url } = await serve(new Admission({ mostUnderWay: 1 }));
  const first = search('wait');
  await begun(1);
  expect(await search('other')).toMatchObject({ status: 503, body: { error: { code: 'OVERLOADED' } } });
  // Who watches the server still hears of it.
  expect((await fetch(`${url}/health`)).status).toBe(200);
  searcher.finish();
  expect((await first).status).toBe(200);
  expect((await search('other')).status).toBe(200);
});

test('work that nobody waits for counts until it ends', async () => {
  const { search, searcher } = await serve(new Admission({ mostUnderWay: 1, deadlineMs: 1 }));
  expect((await search('wait')).status).toBe(503);
  expect((await search('other')).body.error.message).toContain('too many');
  searcher.finish();
  await vi.waitFor(async () => expect((await search('other')).status).toBe(200));
});

test('a client that is gone ends its request', async () => {
  const { searcher, begun, url, exchanges, logged } = await serve(new Admission());
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET /search?q=wait HTTP/1.1\r\nHost: x\r\n\r\n');
  await begun(1);
  expect(searcher.signals[0]!.aborted).toBe(false);
  socket.destroy();
  await vi.waitFor(() => expect(searcher.signals[0]!.aborted).toBe(true));
  searcher.finish();
  await vi.waitFor(() => expect(exchanges).toMatchObject([{ route: '/search', status: 499 }]));
  expect(logged).toEqual([]);
});

test('a request that has been answered is not ended', async () => {
  const { search, searcher } = await serve(new Admission());
  expect((await search('quick')).status).toBe(200);
  expect(searcher.signals[0]!.aborted).toBe(false);
});

test('when it stops, nobody is let in, and those under way can be ended', async () => {
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
