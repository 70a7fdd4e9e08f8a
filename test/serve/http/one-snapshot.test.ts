import { afterAll, expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeSearcher } from '../../support/fake-searcher.ts';
import { listening } from '../../support/listening.ts';

/** One whose snapshot is replaced at every call, but not within a task. */
class RestlessSearcher extends FakeSearcher {
  #snapshot = 1;
  #within = false;

  override async withinSnapshot<T>(task: (snapshot: string) => Promise<T>): Promise<T> {
    this.#within = true;
    try {
      return await task(`s${this.#snapshot}`);
    } finally {
      this.#within = false;
    }
  }

  override async stats() {
    const stats = { ...(await super.stats()), snapshot: `s${this.#snapshot}` };
    if (!this.#within) this.#snapshot++;
    return stats;
  }
}

const writer = {
  add: () => Promise.reject(new Error('unused')),
  remove: async () => {
    throw new PaperSearchError('INDEX_LOCKED', 'Try again.');
  },
};
const searcher = new RestlessSearcher();
const { url, close } = await listening(
  createApp({ searcher, writing: { token: 't', writer }, log: () => {} }),
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
])('the answer to %s (%d) names its snapshot', async (path, status) => {
  expect(await named(path)).toEqual({ status, snapshot: expect.stringMatching(/^s\d+$/) });
});

test('the name is that of the snapshot that answered', async () => {
  await searcher.stats();
  const response = await fetch(`${url}/stats`);
  const { snapshot } = (await response.json()) as { snapshot: string };
  expect(response.headers.get('X-Paper-Search-Snapshot')).toBe(snapshot);
});

test('an answer that the client has already names it, too', async () => {
  const { headers } = await fetch(`${url}/search?q=tagged`);
  const again = await fetch(`${url}/search?q=tagged`, { headers: { 'If-None-Match': headers.get('ETag')! } });
  expect(again.status).toBe(304);
  expect(again.headers.get('X-Paper-Search-Snapshot')).toBe(headers.get('X-Paper-Search-Snapshot'));
});

test('a change names none: its answer has the name of the one that it made', async () => {
  const authorized = { method: 'DELETE', headers: { Authorization: 'Bearer t' } };
  expect(await named('/papers/a', authorized)).toEqual({ status: 503, snapshot: null });
});

test('what is wrong in itself is refused without one', async () => {
  expect(await named('/search?limit=x')).toEqual({ status: 400, snapshot: null });
});
