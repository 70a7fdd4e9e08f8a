import { type BulkItem, bulk } from '../../src/cluster/client/bulk.ts';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import type { Workload } from './workload.ts';

const PAPERS = 500;
const WORDS = ['stem', 'cell', 'virus', 'protein', 'graph', 'query', 'index', 'vector', 'kernel', 'galaxy'];

/**
 * A workload without papers of people: documents behind an alias that is asked, and an index that is written. It shows
 * what the client and the cluster do, without an engine.
 */
export async function clientWorkload(client: ClusterClient, shards: number): Promise<Workload> {
  const body = {
    settings: { number_of_shards: shards, number_of_replicas: 1, refresh_interval: '1s' },
    mappings: { dynamic: 'strict', properties: { text: { type: 'text' }, n: { type: 'integer' } } },
  };
  const asked = 'paper-search-faults-asked';
  const written = 'paper-search-faults-written';
  for (const index of [asked, written]) await client.request('PUT', `/${index}`, { body });
  const documents = Array.from({ length: PAPERS }, (_, n): BulkItem => {
    const text = WORDS.filter((_word, place) => (n * 7 + place * 13) % (place + 2) === 0).join(' ');
    return { action: 'index', index: asked, id: `${n}`, document: { text, n } };
  });
  await bulk(client, documents);
  await client.request('POST', `/${asked}/_refresh`);
  await client.request('POST', '/_aliases', {
    body: { actions: [{ add: { index: asked, alias: 'paper-search-faults' } }] },
  });

  const answerTo = async (word: string) => {
    const found = await client.search('paper-search-faults', {
      query: { match: { text: word } },
      sort: ['_score', { n: 'asc' }],
      size: 20,
      _source: false,
    });
    return JSON.stringify([found.hits.total, found.hits.hits.map(({ _id, sort }) => [_id, sort])]);
  };
  const right = new Map<string, string>();
  for (const word of WORDS) right.set(word, await answerTo(word));

  let batch = 0;
  let question = 0;
  return {
    async write() {
      const number = batch++;
      const ids: string[] = [];
      const items = Array.from({ length: 20 }, (_, n): BulkItem => {
        const id = `${number}-${n}`;
        return {
          action: 'index',
          index: written,
          id,
          document: { text: 'new', n },
          when: { version: 1, version_type: 'external_gte' },
        };
      });
      await bulk(client, items, { onAcknowledged: ({ id }) => ids.push(id), patienceMs: 1_000 });
      return ids;
    },
    async ask() {
      const word = WORDS[question++ % WORDS.length]!;
      return (await answerTo(word)) === right.get(word);
    },
    close: async () => {},
    async missing(ids) {
      const lost: string[] = [];
      for (let from = 0; from < ids.length; from += 1_000) {
        const { docs } = await client.request<{ docs: { _id: string; found?: boolean }[] }>(
          'POST',
          `/${written}/_mget`,
          {
            body: { ids: ids.slice(from, from + 1_000) },
            query: { _source: false },
          },
        );
        lost.push(...docs.filter(({ found }) => found !== true).map(({ _id }) => _id));
      }
      return lost;
    },
  };
}
