/*
 * How fast workers ingest into a cluster when the vectors are ready, and how much memory they need:
 *   npx tsx scripts/cluster/measure-ingest.ts --nodes URL,URL --papers 20000 --workers 2
 * The papers are generated, the vectors random (384 dimensions). The corpus is deleted afterwards.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect } from '../../src/cluster/client/connect.ts';
import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { normalize } from '../../src/encode/pooling.ts';

const DIMENSION = 384;
const WORDS_OF_ABSTRACT = 150;
const VOCABULARY = 20_000;

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: 'http://127.0.0.1:9200' },
    papers: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '1' },
    worker: { type: 'string' },
  },
});
const nodes = values.nodes.split(',');
const [papers, workers] = [Number(values.papers), Number(values.workers)];

/** Random vectors, which cost nothing. */
const encoder: Encoder = {
  model: { name: 'random', dimension: DIMENSION, maxTokens: 256, digest: 'random' },
  encode: async (texts: readonly EncoderInput[], _?: EncodeOptions) => {
    const vectors = Float32Array.from({ length: texts.length * DIMENSION }, () => Math.random() - 0.5);
    for (let at = 0; at < vectors.length; at += DIMENSION) normalize(vectors.subarray(at, at + DIMENSION));
    return vectors;
  },
  close: async () => {},
};

if (values.worker === undefined) await measure();
else await work(JSON.parse(values.worker));

/** One worker: prints what it did. */
async function work({ folder, corpus, shard }: { folder: string; corpus: string; shard: number }) {
  const started = performance.now();
  let peak = 0;
  const report = await ingestIntoCluster([folder], {
    nodes,
    corpus,
    encoder,
    timeoutMs: 180_000,
    shard: { number: shard, of: workers },
    onProgress: ({ stage }) => {
      if (stage === 'reading') peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage();
  const line = {
    shard,
    added: report.added,
    seconds: Math.round(seconds),
    cpuSeconds: Math.round((cpu.user + cpu.system) / 1e6),
    peakMiB: Math.round(peak / 2 ** 20),
    publishes: report.waitingFor === undefined,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'measure-ingest-'));
  const corpus = `measure-${Date.now()}`;
  const client = await connect({ nodes, timeoutMs: 180_000 });
  try {
    await writePapers(folder);
    const started = performance.now();
    const lines = await Promise.all(
      Array.from({ length: workers }, async (_, n) => {
        const worker = JSON.stringify({ folder, corpus, shard: n + 1 });
        const child = spawn(
          process.execPath,
          ['--import', 'tsx', fileURLToPath(import.meta.url), '--worker', worker, ...process.argv.slice(2)],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const [line] = await Promise.all([text(child.stdout), once(child, 'close')]);
        return line.trim();
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`${lines.join('\n')}\n`);
    process.stdout.write(
      `${papers} papers, ${workers} workers: ${seconds.toFixed(0)} s, ${(papers / seconds).toFixed(0)} papers/s, published\n`,
    );
    const stats = await client.request<{ _all: { primaries: { store: { size_in_bytes: number } } } }>(
      'GET',
      `/paper-search-${corpus}-2*/_stats/store`,
    );
    const bytes = stats._all.primaries.store.size_in_bytes;
    process.stdout.write(`${(bytes / papers / 1024).toFixed(1)} KiB a paper in the index, one copy\n`);
  } finally {
    await client.request('DELETE', `/paper-search-${corpus}*`);
    await client.close();
    await rm(folder, { recursive: true });
  }
}

/** Files of 1,000 papers each, whose words are as frequent as those of a language. */
async function writePapers(folder: string): Promise<void> {
  const word = () => `w${Math.floor(VOCABULARY ** Math.random()).toString(36)}`;
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  for (let start = 0; start < papers; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, papers - start) }, (_, n) =>
      JSON.stringify({
        id: `p${start + n}`,
        title: words(9),
        abstract: words(WORDS_OF_ABSTRACT),
        authors: [`Ann ${word()}`, `Bo ${word()}`, `Cy ${word()}`],
        venue: `Venue ${n % 20}`,
        year: 2000 + (n % 25),
        doi: `10.1000/${start + n}`,
      }),
    );
    await writeFile(join(folder, `${start}.jsonl`), `${lines.join('\n')}\n`);
  }
}
