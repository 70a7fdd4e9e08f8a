import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type BulkItem, bulk } from '../../../src/cluster/client/bulk.ts';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import { connectToCluster, corpusOfTests, describeOnCluster } from '../../support/cluster.ts';

describeOnCluster('the client', () => {
  const index = `paper-search-${corpusOfTests('client')}-test`;
  let client: ClusterClient;

  beforeAll(async () => {
    client = await connectToCluster();
    await client.request('PUT', `/${index}`, {
      body: {
        settings: { number_of_shards: 3, number_of_replicas: 1 },
        mappings: { dynamic: 'strict', properties: { text: { type: 'text' }, number: { type: 'long' } } },
      },
    });
  });

  const itemsOf = (text: string, count: number): BulkItem[] =>
    Array.from({ length: count }, (_, number) => ({
      action: 'index',
      index,
      id: `${text}-${number}`,
      document: { text, number },
    }));

  test('writes, and finds exactly what was written', async () => {
    const report = await bulk(client, itemsOf('zebra', 250), { maxItems: 40 });
    expect(report).toMatchObject({ created: 250, conflict: 0, requests: 7 });
    await client.request('POST', `/${index}/_refresh`);
    const query = { match: { text: 'zebra' } };
    const found = await client.search<{ number: number }>(index, {
      query,
      size: 3,
      sort: [{ number: 'desc' }],
    });
    expect(found.hits.total).toEqual({ value: 250, relation: 'eq' });
    expect(found.hits.hits.map(({ _source }) => _source.number)).toEqual([249, 248, 247]);
    const several = await client.searchAll([
      { index, body: { query, size: 0 } },
      { index, body: { query: { match: { text: 'lion' } } } },
    ]);
    expect(several.map(({ hits }) => hits.total?.value)).toEqual([250, 0]);
  });

  test('keeps newer versions, and counts conflicts', async () => {
    const id = randomUUID();
    const versioned = (version: number): BulkItem => ({
      action: 'index',
      index,
      id,
      document: { text: 'x', number: version },
      when: { version, version_type: 'external_gte' },
    });
    expect(await bulk(client, [versioned(5), versioned(5), versioned(4)])).toMatchObject({
      created: 1,
      updated: 1,
      conflict: 1,
    });
    expect(await client.request('GET', `/${index}/_doc/${id}`)).toMatchObject({
      _version: 5,
      _source: { number: 5 },
    });
  });

  test('stops at a document that does not fit', async () => {
    const wrong: BulkItem = { action: 'index', index, id: 'wrong', document: { unknown: 1 } };
    await expect(bulk(client, [...itemsOf('lion', 3), wrong])).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/index of "wrong".*strict/),
    });
  });

  test('says that an index is blocked', async () => {
    const blocked = `${index}-blocked`;
    await client.request('PUT', `/${blocked}`, {
      body: { settings: { 'index.blocks.read_only_allow_delete': true } },
    });
    const item: BulkItem = { action: 'index', index: blocked, id: 'a', document: {} };
    await expect(bulk(client, [item])).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringMatching(/disk/),
    });
  });

  test('does not answer from a part of the shards', async () => {
    const red = `${index}-red`;
    await client.request('PUT', `/${red}`, {
      query: { wait_for_active_shards: 0 },
      // No node has this name, so no shard is assigned.
      body: { settings: { 'index.routing.allocation.require._name': 'none' } },
    });
    await expect(client.search(red, { query: { match_all: {} } })).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(/the index is red/),
    });
    await expect(client.searchAll([{ index: red, body: {} }])).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
  });
});
