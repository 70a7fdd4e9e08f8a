import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { HashingEncoder } from '../../test/support/hashing-encoder.ts';
import type { Workload } from './workload.ts';

const CORPUS = 'faults';
const PAPERS = 200;
/** Hits that are compared. */
const SHOWN = 20;
/** Papers of each ingest while faults happen. */
const NEW_PAPERS = 10;
const WORDS = ['stem', 'cell', 'virus', 'protein', 'graph', 'query', 'index', 'vector', 'kernel', 'galaxy'];

/** Clients of the engine and one ingest after the other: an ingest that ends has acknowledged its papers. */
export async function engineWorkload(
  client: ClusterClient,
  nodes: readonly string[],
  folder: string,
): Promise<Workload> {
  const papers = join(folder, 'papers');
  mkdirSync(papers, { recursive: true });
  const encoder = new HashingEncoder();
  const ingest = async (file: string) => {
    await ingestIntoCluster([file], { nodes, client, corpus: CORPUS, encoder, patienceMs: 60_000 });
  };
  const writeFile = (name: string, from: number, count: number) => {
    const file = join(papers, `${name}.jsonl`);
    const ids = Array.from({ length: count }, (_, n) => `paper-${from + n}`);
    writeFileSync(file, ids.map((id, n) => JSON.stringify(paperOf(id, from + n))).join('\n'));
    return { file, ids };
  };
  await ingest(writeFile('first', 0, PAPERS).file);
  const engine = await openCluster({ nodes, corpus: CORPUS, encoderOf: async () => new HashingEncoder() });

  let question = 0;
  const answerTo = async (snapshot: Snapshot, word: string) => {
    // The number of hits makes a request that is not in the engine's cache of answers.
    const limit = SHOWN + (question % 80);
    const { total, hits } = await snapshot.search({ query: word, mode: 'keyword', limit });
    return JSON.stringify([total, hits.slice(0, SHOWN).map(({ paper, score }) => [paper.id, score])]);
  };
  /** By snapshot and word. Each snapshot has one right answer: the first, which is checked when all is well. */
  const right = new Map<string, string>();
  let batch = 0;
  let pending: ReturnType<typeof writeFile> | undefined;
  const ask = async () => {
    await using snapshot = await engine.acquire();
    const word = WORDS[question++ % WORDS.length]!;
    const key = `${snapshot.id} ${word}`;
    const answer = await answerTo(snapshot, word);
    const known = right.get(key);
    right.set(key, known ?? answer);
    return known === undefined || known === answer;
  };
  for (const _ of WORDS) await ask();
  return {
    async write() {
      // What has failed is done again, and continues where it was.
      pending ??= writeFile(`batch-${batch}`, PAPERS + NEW_PAPERS * batch++, NEW_PAPERS);
      const { file, ids } = pending;
      await ingest(file);
      pending = undefined;
      return ids;
    },
    ask,
    async missing(ids) {
      const found = await client.search(`paper-search-${CORPUS}`, {
        query: { ids: { values: ids } },
        size: ids.length,
        _source: false,
      });
      const there = new Set(found.hits.hits.map(({ _id }) => _id));
      return ids.filter((id) => !there.has(id));
    },
    close: () => engine.close(),
  };
}

function paperOf(id: string, n: number) {
  const words = WORDS.filter((_word, place) => (n * 7 + place * 13) % (place + 2) === 0);
  return {
    id,
    title: `Paper ${n} of ${words.join(' and ')}`,
    abstract: `We study ${words.join(', ')}.`,
    year: 2000 + (n % 25),
  };
}
