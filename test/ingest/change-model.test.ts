import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Encoder } from '../../src/encode/encoder.ts';
import { currentSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { changeModel } from '../../src/ingest/change-model.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { updateIndex } from '../../src/ingest/update-index.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TITLES = Array.from({ length: 40 }, (_, n) => `Paper ${'abcdefghij'[n % 10]} about ${n} stars`);

/** An index of forty papers by the model "old". */
async function oldIndex(): Promise<{ index: string; file: string }> {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, TITLES.map((title) => JSON.stringify({ title, abstract: title })).join('\n'));
  const index = join(folder, 'index');
  await ingest([file], { index, encoder: new HashingEncoder('old') });
  return { index, file };
}

const change = (index: string, encoder: Encoder, signal?: AbortSignal) =>
  updateIndex({ index, encoder, changeModel: true, signal }, async () => undefined);

test('encodes all papers again, and the index then opens with the new model', async () => {
  const { index, file } = await oldIndex();
  const encoder = new HashingEncoder('new');
  const { encoded, assembled } = await change(index, encoder);
  expect(encoded).toBe(TITLES.length);
  expect(assembled.papers.length).toBe(TITLES.length);
  const engine = await openIndex(index, { encoder });
  const { model, papers } = await withSnapshot(engine, (snapshot) => snapshot.stats());
  await engine.close();
  expect({ digest: model.digest, papers }).toEqual({ digest: 'new', papers: TITLES.length });
  // The next ingest has nothing to encode.
  expect((await ingest([file], { index, encoder })).encoded).toBe(0);
  expect((await change(index, encoder)).encoded).toBe(0);
});

test('continues after an interruption, and leaves the old snapshot in use until it is done', async () => {
  const { index } = await oldIndex();
  const before = await currentSnapshot(index);
  const stop = new AbortController();
  const first = new HashingEncoder('new');
  const interrupted = new Proxy(first, {
    get: (target, name) =>
      name === 'encode'
        ? (texts: string[], options: Parameters<Encoder['encode']>[1]) =>
            target.encode(texts, {
              ...options,
              onVector: (at, vector) => {
                options?.onVector?.(at, vector);
                if (at === 24) stop.abort(new Error('enough'));
              },
            })
        : Reflect.get(target, name),
  });
  await expect(change(index, interrupted, stop.signal)).rejects.toThrow();
  expect(await currentSnapshot(index)).toBe(before);
  const second = new HashingEncoder('new');
  const { encoded, snapshot } = await change(index, second);
  expect(encoded).toBe(TITLES.length - first.encoded.length);
  expect(first.encoded.length).toBeGreaterThanOrEqual(25);
  expect(await currentSnapshot(index)).toBe(snapshot);
});

test('refuses another model for an ordinary ingest', async () => {
  const { index, file } = await oldIndex();
  await expect(ingest([file], { index, encoder: new HashingEncoder('new') })).rejects.toMatchObject({
    code: 'INDEX_INCOMPATIBLE',
  });
});

test('refuses an unknown model and an index that does not exist', async () => {
  const { index } = await oldIndex();
  await expect(changeModel('no-such-model', { index })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const none = join(await temporaryFolder(), 'none');
  await expect(changeModel('all-MiniLM-L6-v2', { index: none })).rejects.toMatchObject({
    code: 'INDEX_MISSING',
  });
  expect(await currentSnapshot(none)).toBeUndefined();
});
