import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Collections } from '../../../src/collections/collections.ts';
import { CollectionStore } from '../../../src/collections/store.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { OnServer } from '../../../src/web/shelf/on-server.ts';
import { CONFERENCE_PAPERS } from '../../support/conference-papers.ts';
import { listening } from '../../support/listening.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

let folder = '';
let store: CollectionStore;
let stop: () => Promise<void>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-shelf-'));
  store = new CollectionStore(folder);
  const { engine } = await snapshotOver(CONFERENCE_PAPERS);
  const access = {
    find: () => ({ name: 'ada', scopes: ['review'] as const }),
    hasTokens: () => true,
    record: () => {},
  };
  const server = await listening(createApp({ engine, collections: new Collections(store), access }));
  const { fetch } = globalThis;
  vi.stubGlobal('navigator', {});
  // The page is on the server: its paths are relative to it.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const headers = { ...(init.headers as Record<string, string>), Authorization: 'Bearer ada' };
    return fetch(server.url + path, { ...init, headers });
  });
  stop = async () => {
    vi.unstubAllGlobals();
    server.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  };
});
afterAll(() => stop());

test('a change after one of the same reader that was sent before does not conflict with it', async () => {
  const { id } = await store.create({ name: 'Birds', by: 'ada' });
  const refusals: unknown[] = [];
  const shelf = new OnServer(
    () => {},
    (refused) => refusals.push(refused),
  );
  // Nothing is loaded between the changes, and the first is saved when the second is made.
  await shelf.open(id);
  await shelf.change(id, {
    type: 'added',
    entries: [{ paper: CONFERENCE_PAPERS[0]!, addedAt: new Date().toISOString() }],
  });
  await expect.poll(() => shelf.unsaved).toBe(0);
  await shelf.change(id, { type: 'changed', ids: [CONFERENCE_PAPERS[0]!.id], note: 'Read.' });
  await expect.poll(() => shelf.unsaved).toBe(0);
  expect(refusals).toEqual([]);
  expect((await store.get(id)).entries).toMatchObject([{ note: 'Read.' }]);
});
