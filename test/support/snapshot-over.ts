import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildFields } from '../../src/indexes/fields/build.ts';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { firstArrivals } from '../../src/indexes/store/arrivals.ts';
import { publishSnapshot } from '../../src/indexes/store/snapshot-writer.ts';
import { codesOf } from '../../src/indexes/vectors/code-memory.ts';
import type { Field } from '../../src/papers/field.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Engine, Snapshot } from '../../src/search/engine.ts';
import { type OpenIndexOptions, openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from './hashing-encoder.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/**
 * A snapshot of a real index in a temporary folder, which is removed when the tests of the file end.
 * @param fields whose columns the index stores. Default: those of a new index.
 * @param options with which it is opened, and which papers have a vector. Default: all, as after an ingest.
 */
export async function snapshotOver(
  papers: readonly Paper[],
  encoder = new HashingEncoder(),
  fields?: readonly Field[],
  {
    hasVector = () => true,
    ...options
  }: Omit<OpenIndexOptions, 'encoder'> & { readonly hasVector?: (paper: Paper) => boolean } = {},
): Promise<{ readonly engine: Engine; readonly snapshot: Snapshot; readonly encoder: HashingEncoder }> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-test-'));
  folders.push(folder);
  const sorted = [...papers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const lexical = await bm25Engine.build(sorted);
  const vectors = await encoder.encode(sorted.map(({ title, abstract }) => `${title} ${abstract}`));
  const { dimension } = encoder.model;
  for (const [doc, paper] of sorted.entries())
    if (!hasVector(paper)) vectors.fill(0, doc * dimension, (doc + 1) * dimension);
  const content = {
    papers: sorted,
    vectorOf: (doc: number) => vectors.subarray(doc * dimension, (doc + 1) * dimension),
    codes: codesOf(vectors, dimension),
    lexical: lexical.serialize(),
    lexicalEngine: bm25Engine.name,
    fields: await buildFields(sorted, undefined, fields),
    // A fixed time, so that the answers of two such snapshots can be compared.
    arrivals: { ...firstArrivals(sorted.length), instants: new Map([[1, '2026-01-01T00:00:00.000Z']]) },
    model: encoder.model,
  };
  await publishSnapshot(folder, content, 'test');
  const engine = await openIndex(folder, { ...options, encoder });
  return { engine, snapshot: await engine.acquire(), encoder };
}
