import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { indexSettings } from '../../src/cluster/store/mapping.ts';
import { aliasOf, keysIndexOf, newIndexName } from '../../src/cluster/store/names.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import {
  connectToCluster,
  corpusOfTests,
  describeOnCluster,
  clusterNodes as nodes,
} from '../support/cluster.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';

interface Mapping {
  readonly properties: Readonly<Record<string, unknown>>;
}

describeOnCluster('errors of a corpus', () => {
  const corpus = corpusOfTests('errors');
  const alias = aliasOf(corpus);
  let client: ClusterClient;

  const ingest = async (id: string, encoder = new HashingEncoder()) => {
    const folder = await mkdtemp(join(tmpdir(), 'paper-search-test-'));
    try {
      const file = join(folder, 'papers.jsonl');
      await writeFile(file, JSON.stringify({ id, title: `The paper ${id}`, abstract: 'Stem cells.' }));
      await ingestIntoCluster([file], { client, nodes, corpus, encoder, discardUnfinished: true });
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const search = async (name: string) => {
    const engine = await openCluster({ nodes, corpus: name, encoderOf: async () => new HashingEncoder() });
    try {
      return await withSnapshot(engine, (snapshot) =>
        snapshot.search({ query: 'stem cells', mode: 'keyword' }),
      );
    } finally {
      await engine.close();
    }
  };
  const currentIndex = async () => Object.keys(await client.request<object>('GET', `/_alias/${alias}`))[0]!;
  /** The mapping and settings of the current snapshot. */
  const parts = async () => {
    const index = await currentIndex();
    const { mappings } = (
      await client.request<Record<string, { mappings: Mapping }>>('GET', `/${index}/_mapping`)
    )[index]!;
    return { mappings, settings: indexSettings({ shards: 1, replicas: 0 }) };
  };
  /** Makes an index in place of the snapshot of another corpus. */
  const impostor = async (name: string, body: object) => {
    await client.request('PUT', `/${newIndexName(name)}`, {
      body: { ...body, aliases: { [aliasOf(name)]: {} } },
      query: { wait_for_active_shards: 0 },
    });
  };

  beforeAll(async () => {
    client = await connectToCluster();
    await ingest('first');
  });

  test('a corpus that does not exist is named, with what to do', async () => {
    await expect(search(`${corpus}-no`)).rejects.toMatchObject({
      code: 'INDEX_MISSING',
      message: expect.stringContaining(`"${corpus}-no"`),
    });
  });

  test('an alias of something else is not searched', async () => {
    await impostor(`${corpus}-other`, { mappings: { properties: { title: { type: 'text' } } } });
    await expect(search(`${corpus}-other`)).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
  });

  test('an index without a field that is searched is not searched', async () => {
    const { mappings, settings } = await parts();
    const { terms: _, ...properties } = mappings.properties;
    await impostor(`${corpus}-old`, { mappings: { ...mappings, properties }, settings });
    await expect(search(`${corpus}-old`)).rejects.toMatchObject({
      code: 'INDEX_INCOMPATIBLE',
      message: expect.stringMatching(/"terms"/),
    });
  });

  test('vectors of another model are not mixed with those of the corpus', async () => {
    await expect(ingest('second', new HashingEncoder('another-model'))).rejects.toMatchObject({
      code: 'INDEX_INCOMPATIBLE',
      message: expect.stringMatching(/model/),
    });
    expect(await search(corpus)).toMatchObject({ total: 1 });
  });

  test('a full disk stops an ingest, and searches go on', async () => {
    // What the cluster itself sets on all indices of a disk that is nearly full.
    const block = (isSet: true | null) =>
      client.request('PUT', `/${keysIndexOf(corpus)}/_settings`, {
        body: { 'index.blocks.read_only_allow_delete': isSet },
      });
    await block(true);
    await expect(ingest('second')).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringMatching(/disk.*nearly full/),
    });
    expect(await search(corpus)).toMatchObject({ total: 1 });
    await block(null);
    await ingest('second');
    expect(await search(corpus)).toMatchObject({ total: 2 });
  });

  test('a red index answers nothing, rather than a part', async () => {
    const { mappings, settings } = await parts();
    // No node has this name, so no shard is assigned.
    const nowhere = { ...settings, 'index.routing.allocation.require._name': 'none' };
    await impostor(`${corpus}-red`, { mappings, settings: nowhere });
    await expect(search(`${corpus}-red`)).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(/index is red/),
    });
  });
});
