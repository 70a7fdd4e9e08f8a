import { randomBytes } from 'node:crypto';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import { connect } from '../../../src/cluster/client/connect.ts';
import type { ClusterCorpus } from '../../../src/cluster/cluster-corpus.ts';
import { ClusterLookups, type ClusterQuery } from '../../../src/cluster/search/lookups.ts';
import { documentId, documentOf } from '../../../src/cluster/store/document.ts';
import { indexMapping, indexSettings } from '../../../src/cluster/store/mapping.ts';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { Titles } from '../../../src/search/match/titles.ts';

const URLS = process.env.PAPER_SEARCH_OPENSEARCH?.split(',');

/** Whether there is a cluster to test with. */
export const HAS_CLUSTER = URLS !== undefined;
if (!HAS_CLUSTER) console.warn('PAPER_SEARCH_OPENSEARCH is not set: tests against a cluster are skipped.');

/** Papers in an index on this machine and in one of a cluster. */
export interface IndexedTwice {
  readonly papers: readonly Paper[];
  readonly embedded: Awaited<ReturnType<typeof embeddedSources>>;
  readonly corpus: ClusterCorpus;
  readonly client: ClusterClient;
  /** Ids of the papers that match a query, in order. */
  idsOf(query: ClusterQuery): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @param papers with different ids. */
export async function indexTwice(papers: readonly Paper[]): Promise<IndexedTwice> {
  const sorted = papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const embedded = await embeddedSources(sorted);
  const client = await connect({ nodes: URLS!, timeoutMs: 120_000 });
  const index = `c1-match-${randomBytes(4).toString('hex')}`;
  const meta = { languages: embedded.lexical.languages };
  await client.request('PUT', `/${index}`, {
    body: { settings: indexSettings({ shards: 2 }), mappings: indexMapping(4, meta) },
  });
  const counts = (doc: number) => ({
    references: embedded.fields.links.count(doc, 'references'),
    citations: embedded.fields.links.count(doc, 'citations'),
  });
  const lines = sorted.flatMap((paper, doc) => [
    { index: { _id: documentId(paper.id) } },
    documentOf(paper, { arrival: ARRIVAL, links: counts(doc), records: [] }),
  ]);
  const { errors, items } = await client.request<{ errors: boolean; items: unknown[] }>(
    'POST',
    `/${index}/_bulk`,
    {
      lines,
      query: { refresh: true },
    },
  );
  if (errors) throw new Error(JSON.stringify(items.slice(0, 3)));
  const lookups = new ClusterLookups(client, index);
  return {
    papers: sorted,
    embedded,
    client,
    corpus: { client, index, signal: undefined, meta, lookups } as unknown as ClusterCorpus,
    idsOf: async (query) => {
      const body = { query, size: 10_000, _source: ['paper.id'], sort: [{ id: 'asc' }] };
      const { hits } = await client.search<{ paper: { id: string } }>(index, body);
      return hits.hits.map(({ _source }) => _source.paper.id);
    },
    [Symbol.asyncDispose]: async () => {
      await client.request('DELETE', `/${index}`);
      await client.close();
    },
  };
}

/** When the papers came in, in milliseconds. */
const ARRIVAL = { added: Date.UTC(2026, 0, 2), changed: Date.UTC(2026, 0, 3) };

async function embeddedSources(papers: readonly Paper[]) {
  const times = {
    added: new Float64Array(papers.length).fill(ARRIVAL.added),
    changed: new Float64Array(papers.length).fill(ARRIVAL.changed),
  };
  const bytes = new Uint8Array(Buffer.concat(await buildFields(papers)));
  const fields = new FieldIndex(bytes, papers, undefined, times);
  await fields.prepare([
    'fieldOfStudy',
    's2PaperId',
    's2AuthorId',
    'url',
    'day',
    'mostCited',
    'leastCited',
    'oldestDay',
  ]);
  return {
    lexical: await bm25Engine.build(papers),
    fields,
    paperAt: (doc: number) => papers[doc]!,
    titles: await Titles.read(papers),
  };
}
