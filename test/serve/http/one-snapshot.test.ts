import { afterAll, expect, test, vi } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import type { Engine } from '../../../src/search/engine.ts';
import { accessByToken } from '../../../src/serve/access/access.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';

/** One whose snapshot is replaced whenever one is acquired, unless it rests; it counts those that are held. */
class RestlessEngine implements Engine {
  rests = false;
  acquired = 0;
  held = 0;
  async acquire() {
    if (!this.rests) this.acquired++;
    this.held++;
    const snapshot = new FakeSnapshot();
    snapshot.id = `s${this.acquired}`;
    snapshot[Symbol.asyncDispose] = async () => {
      this.held--;
    };
    return snapshot;
  }
  async warmUp() {}
  async close() {}
}

const writer = {
  add: () => Promise.reject(new Error('unused')),
  remove: async () => {
    throw new PaperSearchError('INDEX_LOCKED', 'Try again.');
  },
};
const engine = new RestlessEngine();
const { url, close } = await listening(
  createApp({ engine, writing: { writer }, access: accessByToken('t'), log: () => {} }),
);
afterAll(() => close());

const named = async (path: string, init?: RequestInit) => {
  const response = await fetch(url + path, init);
  return { status: response.status, snapshot: response.headers.get('X-Paper-Search-Snapshot') };
};

test.each([
  ['/search?q=a', 200],
  ['/v1/search?q=a', 200],
  ['/papers/a', 200],
  ['/papers/none', 404],
  ['/search?q=crash', 500],
  ['/search?q=no+model', 503],
  ['/graph/v1/paper/none', 404],
])('names the snapshot of the answer to %s (%d)', async (path, status) => {
  expect(await named(path)).toEqual({ status, snapshot: expect.stringMatching(/^s\d+$/) });
});

test('names the snapshot that answered', async () => {
  const response = await fetch(`${url}/stats`);
  const { snapshot } = (await response.json()) as { snapshot: string };
  expect(response.headers.get('X-Paper-Search-Snapshot')).toBe(snapshot);
});

test('names the snapshot in a 304 too', async () => {
  engine.rests = true;
  const { headers } = await fetch(`${url}/search?q=tagged`);
  const again = await fetch(`${url}/search?q=tagged`, { headers: { 'If-None-Match': headers.get('ETag')! } });
  engine.rests = false;
  expect(again.status).toBe(304);
  expect(again.headers.get('X-Paper-Search-Snapshot')).toBe(headers.get('X-Paper-Search-Snapshot'));
});

test('names no snapshot for a change, whose report contains the new one', async () => {
  const authorized = { method: 'DELETE', headers: { Authorization: 'Bearer t' } };
  expect(await named('/papers/a', authorized)).toEqual({ status: 503, snapshot: null });
});

test('refuses an invalid request without a snapshot', async () => {
  expect(await named('/search?limit=x')).toEqual({ status: 400, snapshot: null });
});

test('releases the snapshot of every request', async () => {
  await fetch(`${url}/search?q=a`);
  await fetch(`${url}/search?q=crash`);
  await vi.waitFor(() => expect(engine.held).toBe(0));
  expect(engine.acquired).toBeGreaterThan(1);
});
