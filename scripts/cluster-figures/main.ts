/**
 * Measures the embedded engine against a cluster, and how the cost of the cluster grows with its papers:
 *   npx tsx scripts/cluster-figures/main.ts --nodes http://127.0.0.1:9201 --compare scifact --growth 10000,50000 --minutes 20
 * Writes `figures.json` here, part by part, and `scripts/measurements/cluster.md`. Without parts, it writes only the latter.
 * It makes corpora named `figures-…` in the cluster, and deletes them. Vectors are those that `npm run eval` has cached.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect } from '../../src/cluster/client/connect.ts';
import { compareEngines } from './compare.ts';
import { measureGrowth } from './growth.ts';
import { cachedPapers } from './papers.ts';
import type { Figures } from './record.ts';
import { reportText } from './report.ts';
import { CachedVectors } from './vectors.ts';

const RECORD = fileURLToPath(new URL('figures.json', import.meta.url));
const REPORT = fileURLToPath(new URL('../measurements/cluster.md', import.meta.url));

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: process.env.PAPER_SEARCH_OPENSEARCH ?? 'http://127.0.0.1:9201' },
    collections: { type: 'string', default: process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections' },
    cache: { type: 'string', default: fileURLToPath(new URL('../eval/.cache', import.meta.url)) },
    compare: { type: 'string', default: '' },
    growth: { type: 'string', default: '' },
    minutes: { type: 'string', default: '20' },
    shards: { type: 'string', default: '3' },
  },
});

const say = (message: string) =>
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${message}\n`);
const nodes = values.nodes.split(',');
const compared = values.compare.split(',').filter(Boolean);
const sizes = values.growth.split(',').filter(Boolean).map(Number);

let figures: Figures | undefined = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : undefined;

if (compared.length > 0 || sizes.length > 0) {
  const vectors = await CachedVectors.open(values.cache);
  for (const name of compared) {
    const comparison = await compareEngines(values.collections, name, nodes, vectors, say);
    const others = (figures?.comparisons ?? []).filter(({ collection }) => collection !== name);
    save({ ...(await surroundings()), comparisons: [...others, comparison], growth: figures?.growth });
  }
  if (sizes.length > 0) {
    vectors.fill(await cachedPapers(values.collections));
    vectors.real = 0;
    const minutes = Number(values.minutes);
    const shards = Number(values.shards);
    const growth = await measureGrowth(values.collections, sizes, minutes, shards, nodes, vectors, say);
    save({ ...(await surroundings()), comparisons: figures?.comparisons ?? [], growth });
  }
  await vectors.end();
}
if (figures) writeFileSync(REPORT, reportText(figures));

function save(measured: Figures): void {
  figures = measured;
  writeFileSync(RECORD, `${JSON.stringify(figures, undefined, 2)}\n`);
  writeFileSync(REPORT, reportText(figures));
}

async function surroundings(): Promise<Pick<Figures, 'date' | 'commit' | 'machine' | 'cluster'>> {
  const client = await connect({ nodes });
  const stats = await client.request<{
    nodes: Record<string, { jvm: { mem: { heap_max_in_bytes: number } } }>;
  }>('GET', '/_nodes/stats/jvm');
  const heaps = Object.values(stats.nodes).map(({ jvm }) => jvm.mem.heap_max_in_bytes);
  const { version } = client;
  await client.close();
  return {
    date: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGB: totalmem() / 1e9,
      load: loadavg()[0]!,
    },
    cluster: {
      version: `${version.major}.${version.minor}`,
      nodes: heaps.length,
      heapBytes: heaps.reduce((sum, heap) => sum + heap, 0),
    },
  };
}
