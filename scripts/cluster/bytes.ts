/**
 * Measures what a paper takes in a cluster, by part, on SciFact with random vectors, and writes
 * scripts/measurements/cluster-bytes.md. Takes minutes:
 *   PAPER_SEARCH_OPENSEARCH=http://127.0.0.1:9201 npx tsx scripts/cluster/bytes.ts [PAPERS]
 * The collection is in PAPER_SEARCH_COLLECTIONS (default ../shared/collections).
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bulk } from '../../src/cluster/client/bulk.ts';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';
import { type ClusterDocument, documentId, documentOf } from '../../src/cluster/store/document.ts';
import { indexMapping, indexSettings } from '../../src/cluster/store/mapping.ts';
import { mergeSegments } from '../../src/cluster/store/merge-segments.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';

const DIMENSION = 384;
const INDEX = 'paper-search-bytes';
/** Members of documents that are measured together, each in a separate index. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'the paper as JSON, its records': ['paper', 'records'],
  'its keyword segment': ['segment'],
  'its vector, exactly': ['vectorBytes'],
  'its vector, with the graph of neighbours': ['vector'],
  'terms (to choose candidates)': ['terms'],
  'words, with positions': ['words'],
  'surfaces, with positions': ['surfaces'],
  'spellings of compounds': ['spellings'],
  'values, people, identifiers, links': [
    'values',
    'shown',
    'within',
    'people',
    'peopleByWord',
    'keys',
    'works',
    'cites',
    'citedBy',
    'has',
    'lang',
  ],
  'titles and names to complete': ['suggest'],
  'numbers, orders, lengths, digests': ['numbers', 'sort', 'id', 'lengths', 'content', 'scheduled'],
};
/** What the files of Lucene contain, by their endings. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'stored documents': ['fdt', 'fdx', 'fdm'],
  'terms and postings': ['tim', 'tip', 'tmd', 'doc'],
  positions: ['pos', 'pay'],
  'doc values': ['dvd', 'dvm'],
  vectors: ['vec', 'vemf'],
  'graph of neighbours': ['vex', 'vem'],
};

const nodes = (process.env.PAPER_SEARCH_OPENSEARCH ?? '').split(',').filter(Boolean);
const collections = process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections';
const client = await connect({ nodes, timeoutMs: 300_000 });
try {
  const papers = await readPapers(Number(process.argv[2] ?? Number.POSITIVE_INFINITY));
  const report = await measure(client, papers);
  await writeFile(new URL('../measurements/cluster-bytes.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await dropIndex(client);
  await client.close();
}

async function readPapers(limit: number): Promise<Paper[]> {
  const papers: Paper[] = [];
  const file = join(collections, 'scifact', 'corpus.jsonl');
  for await (const event of readCorpusFile({ file, named: true }, {})) {
    if (papers.length === limit) break;
    if (event.kind === 'paper') papers.push(event.paper);
  }
  return papers;
}

async function measure(cluster: ClusterClient, papers: readonly Paper[]): Promise<string> {
  const documents = documentsOf(papers);
  const whole = await bytesOf(cluster, documents, undefined);
  const empty = await bytesOf(cluster, documents, []);
  const rows: [string, number][] = [];
  for (const [part, members] of Object.entries(PARTS)) {
    rows.push([part, (await bytesOf(cluster, documents, members)).total - empty.total]);
  }
  const each = (bytes: number) => Math.round(bytes / papers.length).toLocaleString('en');
  const files = Object.entries(FILES).map(([name, endings]): [string, number] => [
    name,
    endings.reduce((sum, ending) => sum + (whole.byEnding.get(ending) ?? 0), 0),
  ]);
  const known = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const table = (lines: readonly [string, number][]) =>
    lines.map(([name, bytes]) => `| ${name} | ${each(bytes)} |`).join('\n');
  return `# Bytes of a paper in a cluster

${new Date().toISOString().slice(0, 10)}, OpenSearch ${cluster.version.number}, ${papers.length} papers of SciFact (title and abstract, on average ${each(Buffer.byteLength(papers.map(({ title, abstract }) => title + abstract).join('')))}
bytes of text; no authors), random unit vectors of ${DIMENSION} dimensions, one shard of one segment, without copies. Written by
\`npx tsx scripts/cluster/bytes.ts\`.

One paper takes **${each(whole.total)} bytes** for each copy of its shard.

By part, each alone in an index (an index of empty documents is subtracted, ${each(empty.total)} bytes a document):

| part | bytes a paper |
|---|---:|
${table(rows)}

By file of the whole index:

| files | bytes a paper |
|---|---:|
${table([...files, ['others', whole.total - known]])}

## What was cut

200 papers took 23,190 bytes each before (2026-11-30, the same program):

- Until its first merge, OpenSearch stores a document a second time with all that is not kept of it, the vector as text among
  it: some 11,000 bytes. Publication merges a new corpus of 64 MB or more once no copy of a shard may ask for it. What a later
  change adds is stored so until it is merged with other segments.
- The doc values of the vector, 1,540 bytes: neither filtered nor exact nearest neighbours need them.
- Of the keyword segment what follows from the rest (hash table, documents, places of postings): 2,919 became 1,324 bytes.
`;
}

interface Written {
  readonly id: string;
  readonly document: ClusterDocument;
}

interface Sizes {
  readonly total: number;
  readonly byEnding: ReadonlyMap<string, number>;
}

/** @param members of documents that are written; undefined for all. */
async function bytesOf(
  cluster: ClusterClient,
  documents: readonly Written[],
  members: readonly string[] | undefined,
): Promise<Sizes> {
  await dropIndex(cluster);
  const settings = indexSettings({ shards: 1 });
  const body = {
    settings: { ...settings, 'index.compound_format': false },
    mappings: indexMapping(DIMENSION, {}),
  };
  await cluster.request('PUT', `/${INDEX}`, { body, idempotent: false });
  await bulk(cluster, items(documents, members));
  // As publication does. It merges nothing of a single segment, which would keep what others may ask for.
  await cluster.request('POST', `/${INDEX}/_refresh`);
  const [last] = documents;
  await bulk(cluster, items(last ? [last] : [], members));
  await mergeSegments(cluster, INDEX, { minBytes: 0 });
  await cluster.request('POST', `/${INDEX}/_flush`);
  const { _all } = await cluster.request<Stats>('GET', `/${INDEX}/_stats/store,segments`, {
    query: { include_segment_file_sizes: true },
  });
  const { segments } = _all.primaries;
  const byEnding = new Map(
    Object.entries(segments.file_sizes).map(([ending, { size_in_bytes }]) => [ending, size_in_bytes]),
  );
  const total = [...byEnding.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { total, byEnding };
}

interface Stats {
  readonly _all: {
    readonly primaries: {
      readonly segments: {
        readonly file_sizes: Readonly<Record<string, { readonly size_in_bytes: number }>>;
      };
    };
  };
}

function* items(documents: readonly Written[], members: readonly string[] | undefined) {
  for (const { id, document } of documents) {
    const chosen = Object.entries(document).filter(([name]) => members?.includes(name) ?? true);
    yield { action: 'index' as const, index: INDEX, id, document: Object.fromEntries(chosen) };
  }
}

function documentsOf(papers: readonly Paper[]): Written[] {
  const random = generator();
  const arrival = { added: 1_764_500_000_000, changed: 1_764_500_000_000 };
  const records = { change: 'a', list: [{}] };
  return papers.map((paper) => ({
    id: documentId(paper.id),
    document: documentOf(paper, { vector: unitVector(random), records, arrival }),
  }));
}

async function dropIndex(cluster: ClusterClient): Promise<void> {
  if (await cluster.request<boolean>('HEAD', `/${INDEX}`)) await cluster.request('DELETE', `/${INDEX}`);
}

function unitVector(random: () => number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSION }, () => random() - 0.5);
  const norm = Math.hypot(...vector);
  return vector.map((number) => number / norm);
}

/** Random numbers from 0 to 1, the same in every run: a linear congruential generator (Numerical Recipes). */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
