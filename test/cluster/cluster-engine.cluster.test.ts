import { beforeAll, expect, test } from 'vitest';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { ClusterEngine } from '../../src/cluster/cluster-engine.ts';
import type { Engine } from '../../src/search/engine.ts';
import { rerankersOf } from '../../src/search/rerank/rerankers.ts';
import { connectToCluster, corpusOfTests, describeOnCluster } from '../support/cluster.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { paperOf } from '../support/papers.ts';
import { publishPapers } from '../support/published-corpus.ts';

const FIRST = [paperOf({ id: 'a', title: 'Graphs', abstract: 'A graph of models.' })];
const LATER = [...FIRST, paperOf({ id: 'b', title: 'More graphs', abstract: 'Another graph.' })];

describeOnCluster('an engine over a cluster', () => {
  const corpus = corpusOfTests('c2-engine');
  let client: ClusterClient;
  /** Those that engines have made. */
  const encoders: HashingEncoder[] = [];

  beforeAll(async () => {
    client = await connectToCluster();
  });

  /** The client is not closed with the engine. */
  const engineOver = (lookUps?: { count: number }): Engine =>
    new ClusterEngine({
      client: {
        version: client.version,
        request: (method, path, options) => {
          if (lookUps && path.includes('/_alias')) lookUps.count++;
          return client.request(method, path, options);
        },
        search: (index, body, options) => client.search(index, body, options),
        searchAll: (requests, options) => client.searchAll(requests, options),
        close: async () => {},
      },
      corpus,
      encoderOf: async ({ digest }) => {
        const encoder = new HashingEncoder(digest);
        encoders.push(encoder);
        return encoder;
      },
      rerankers: rerankersOf([]),
    });

  test('follows the corpus, while a holder stays on its snapshot until that is deleted', async () => {
    const lookUps = { count: 0 };
    const engine = engineOver(lookUps);
    await expect(engine.acquire()).rejects.toMatchObject({ code: 'INDEX_MISSING' });

    await publishPapers(client, corpus, FIRST, new HashingEncoder('one model'));
    const held = await engine.acquire();
    const before = lookUps.count;
    const again = await engine.acquire();
    expect(again.id).toBe(held.id);
    await again[Symbol.asyncDispose]();
    // Within a second, the alias is not asked for again.
    expect(lookUps.count).toBe(before);
    expect((await held.search({ query: 'graph' })).total).toBe(1);

    const later = await publishPapers(client, corpus, LATER, new HashingEncoder('another model'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const current = await engine.acquire();
    expect(current.id).toBe(later.index);
    expect((await current.search({ query: 'graph' })).total).toBe(2);
    expect((await held.search({ query: 'a graph of models' })).total).toBe(1);
    expect((await current.stats()).papers).toBe(2);
    expect((await held.stats()).papers).toBe(1);
    expect(encoders.map(({ model, closed }) => [model.digest, closed])).toEqual([
      ['one model', false],
      ['another model', false],
    ]);

    await client.request('DELETE', `/${held.id}`);
    await expect(held.search({ query: 'another question' })).rejects.toMatchObject({
      code: 'INDEX_MISSING',
      message: expect.stringContaining('was deleted while it was read'),
    });
    await expect(held.stats()).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    await held[Symbol.asyncDispose]();
    // No snapshot of the first model is held any more.
    expect(encoders.map(({ closed }) => closed)).toEqual([true, false]);

    await engine.close();
    expect(encoders.map(({ closed }) => closed)).toEqual([true, true]);
    await expect(engine.acquire()).rejects.toMatchObject({ code: 'STOPPED' });
    await expect(engine.warmUp()).rejects.toMatchObject({ code: 'STOPPED' });
    await engine.close();
  });

  test('starts the model when it is warmed up', async () => {
    const engine = engineOver();
    await engine.warmUp();
    expect(encoders.at(-1)!.encoded.length).toBe(1);
    await engine.close();
  });

  test('has no map, and says what to do', async () => {
    const engine = engineOver();
    const snapshot = await engine.acquire();
    for (const ask of [
      () => snapshot.map(),
      () => snapshot.mapPoint(0),
      () => snapshot.mapHits({ query: 'x' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: expect.stringContaining('into an index on this machine'),
      });
    }
    await engine.close();
  });
});
