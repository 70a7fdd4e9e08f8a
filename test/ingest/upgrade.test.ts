import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Encoder } from '../../src/encode/encoder.ts';
import type { ModelInfo } from '../../src/encode/model-info.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { remove } from '../../src/ingest/remove.ts';
import { upgradeIndex } from '../../src/ingest/upgrade.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * Indexes of the same five records, each written by an earlier version: of every format, and of those that changed what
 * is in a snapshot without a new format. No file that they were made from is there.
 */
const INDEXES = fileURLToPath(new URL('fixtures/indexes', import.meta.url));
const names = await readdir(INDEXES);
const IDS = ['doi:10.1000/lakes', 'doi:10.1000/ponds', 'doi:10.1000/sheep', 'rams-and-ewes-b0a6331b'];

async function copyOf(name: string): Promise<{ index: string; model: ModelInfo; vectors: Float32Array }> {
  const index = join(await temporaryFolder(), 'index');
  await cp(join(INDEXES, name), index, { recursive: true });
  const folder = join(index, (await readFile(join(index, 'CURRENT'), 'utf8')).trim());
  const { model } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { model: ModelInfo };
  const bytes = await readFile(join(folder, 'vectors.f32'));
  return { index, model, vectors: new Float32Array(new Uint8Array(bytes).buffer) };
}

/** An encoder of a model that fails when it is asked for a vector. */
function unused(model: ModelInfo): Encoder {
  return {
    model,
    encode: async () => {
      throw new Error('Nothing has to be encoded.');
    },
    close: async () => {},
  };
}

async function contentOf(index: string, encoder: Encoder) {
  const engine = await openIndex(index, { encoder });
  const content = await withSnapshot(engine, async (snapshot) => {
    const papers: Paper[] = [];
    for await (const paper of snapshot.papers()) papers.push(paper);
    const { hits } = await snapshot.search({ query: 'lakes keyword:water', mode: 'keyword' });
    const { hits: first } = await snapshot.search({ query: 'ewes', mode: 'keyword', facets: ['year'] });
    return { papers, found: [...hits, ...first].map(({ paper }) => paper.id) };
  });
  await engine.close();
  return content;
}

describe.each(names)('the index of %s', (name) => {
  test('is upgraded from its own records, without a new vector', async () => {
    const { index, model, vectors } = await copyOf(name);
    const encoder = unused(model);
    const upgraded = await upgradeIndex({ index, encoder });
    expect(upgraded).toMatchObject({ papers: 4, encoded: 0, merged: 0 });
    expect((await verifyIndex(index)).damages).toEqual([]);
    const { papers, found } = await contentOf(index, encoder);
    expect(papers.map(({ id }) => id)).toEqual(IDS);
    expect(papers[0]).toMatchObject({
      title: 'Tides of small lakes',
      authors: ['Ada Green', 'Bo Li'],
      authorNames: [
        { family: 'Green', given: 'Ada' },
        { family: 'Li', given: 'Bo' },
      ],
      keywords: ['water'],
      externalIds: { doi: '10.1000/lakes' },
    });
    expect(found).toEqual(['doi:10.1000/lakes', 'rams-and-ewes-b0a6331b']);
    const snapshot = await openSnapshot(index);
    const rows = IDS.map((_, doc) => [...snapshot.vectors.read(doc)]);
    expect(rows.flat()).toEqual([...vectors]);
    // When the papers came in is when the old snapshot was written.
    expect(Date.parse(papers[0]!.added!)).toBeLessThan(Date.now());
    expect(new Set(papers.map(({ added }) => added)).size).toBe(1);
    snapshot.close();
    // Again, there is nothing to do.
    expect(await upgradeIndex({ index, encoder })).toMatchObject({ changed: false, encoded: 0 });
  });

  test('is changed like any other afterwards', async () => {
    const { index, model } = await copyOf(name);
    const encoder = unused(model);
    await upgradeIndex({ index, encoder });
    await remove({ ids: ['doi:10.1000/sheep'] }, { index, encoder });
    expect((await contentOf(index, encoder)).papers.map(({ id }) => id)).toEqual(
      IDS.filter((id) => id !== 'doi:10.1000/sheep'),
    );
  });

  test('opens as it is, or says which command upgrades it', async () => {
    const { index, model } = await copyOf(name);
    const opened = openIndex(index, { encoder: unused(model) });
    if (name.startsWith('format-3') && !name.endsWith('keyword-1')) {
      await (await opened).close();
    } else {
      await expect(opened).rejects.toMatchObject({
        code: 'INDEX_INCOMPATIBLE',
        message: expect.stringContaining('paper-search upgrade --index'),
      });
    }
  });
});

test('an old index with a damaged file is refused, and stays as it is', async () => {
  const { index, model } = await copyOf('format-1');
  const [folder] = (await readdir(index)).filter((name) => name !== 'CURRENT');
  const file = join(index, folder!, 'papers.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('lake', 'Lake'));
  await expect(upgradeIndex({ index, encoder: unused(model) })).rejects.toMatchObject({
    code: 'INDEX_CORRUPT',
    message: expect.stringContaining('papers.jsonl'),
  });
  expect(await readdir(join(index, folder!))).toContain('papers.jsonl');
});

test('an index of a newer version is refused', async () => {
  const { index, model } = await copyOf('format-3-citations');
  const [folder] = (await readdir(index)).filter((name) => name !== 'CURRENT');
  const file = join(index, folder!, 'manifest.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"formatVersion": 3', '"formatVersion": 9'));
  await expect(upgradeIndex({ index, encoder: unused(model) })).rejects.toMatchObject({
    code: 'INDEX_INCOMPATIBLE',
    message: expect.stringContaining('Install the version'),
  });
});

test('there is nothing to upgrade where there is no index', async () => {
  const index = await temporaryFolder();
  await expect(upgradeIndex({ index })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
});

test('a change of an index with an older keyword index upgrades it on the way', async () => {
  const { index, model } = await copyOf('format-3-keyword-1');
  const encoder = unused(model);
  await remove({ ids: ['doi:10.1000/sheep'] }, { index, encoder });
  expect((await contentOf(index, encoder)).found).toEqual(['doi:10.1000/lakes', 'rams-and-ewes-b0a6331b']);
});
