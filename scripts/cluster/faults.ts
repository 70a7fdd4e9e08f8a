/**
 * Kills nodes of a cluster and cuts them off, while papers are written and questions asked. Prints a row for each fault:
 * acknowledged papers that are lost and wrong answers must be 0; `npx tsx scripts/cluster/faults.ts`.
 *
 * `--over engine` (default): papers are ingested and searched as people do it; an ingest that ends has acknowledged its papers.
 * `--over client`: documents are written and searched without the engine, which shows what the client and the cluster do.
 * `--fault NAME`: only this one (several times). `--hold SECONDS`: how long a fault lasts. `--folder DIR`: data and logs.
 * Partitions need root (network namespaces); without it, a node is stopped (SIGSTOP) instead.
 */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';
import { clientWorkload } from './client-workload.ts';
import { engineWorkload } from './engine-workload.ts';
import { canMakeNetworks, makeNetworks, removeNetworks, setCables } from './network.ts';
import { makeArchive, readNodes, restartNode, startNodes, stopNodes, untilGreen } from './nodes.ts';
import { build, missing } from './recipe.ts';
import { countResults, longestGap, observe, type Workload } from './workload.ts';

const NODES = 3;
const TIMEOUT_MS = 30_000;
const { values } = parseArgs({
  options: {
    over: { type: 'string', default: 'engine' },
    fault: { type: 'string', multiple: true },
    hold: { type: 'string', default: '60' },
    folder: { type: 'string', default: join(tmpdir(), 'paper-search-cluster-faults') },
    heap: { type: 'string', default: '256m' },
  },
});
const folder = resolve(values.folder);
const lack = missing();
if (lack !== undefined) throw new Error(lack);
const isOverEngine = values.over === 'engine';
const hasNetworks = canMakeNetworks();
let client: ClusterClient;

interface Fault {
  /** @returns the nodes that it hit. */
  readonly begin: () => Promise<number[]>;
  readonly end: (hit: readonly number[]) => Promise<void>;
}

/** Kills nodes at once; they are started again. */
function kill(choose: () => Promise<number[]>): Fault {
  return {
    begin: async () => {
      const chosen = await choose();
      for (const n of chosen) process.kill(readNodes(folder)[n]!.pid, 'SIGKILL');
      return chosen;
    },
    end: async (chosen: readonly number[]) => {
      for (const n of chosen) restartNode(folder, `node${n + 1}`);
    },
  };
}

/** Cuts a node off from the others, or from everybody. */
function cut(choose: () => Promise<number[]>, which: 'transport' | 'both'): Fault {
  const set = (n: number, isCut: boolean) => {
    if (hasNetworks) setCables(n, which, isCut ? 'down' : 'up');
    else process.kill(readNodes(folder)[n]!.pid, isCut ? 'SIGSTOP' : 'SIGCONT');
  };
  return {
    begin: async () => {
      const chosen = await choose();
      for (const n of chosen) set(n, true);
      return chosen;
    },
    end: async (chosen: readonly number[]) => {
      for (const n of chosen) set(n, false);
    },
  };
}

/** Makes every disk too full by the cluster's own rules: it then blocks all changes of its indices. */
const FULL_DISKS: Fault = {
  begin: async () => {
    await setDisks('999999gb', '10s');
    return [];
  },
  end: async () => {
    await setDisks(null, '10s');
    while (await areBlocked()) await setTimeout(1_000);
    await setDisks(null, null);
  },
};

/** @param free how much of a disk must be free; null: as it was. */
async function setDisks(free: string | null, interval: string | null): Promise<void> {
  const levels = ['low', 'high', 'flood_stage'].map((name) => [name, free]);
  await client.request('PUT', '/_cluster/settings', {
    body: {
      transient: {
        'cluster.routing.allocation.disk.watermark': Object.fromEntries(levels),
        'cluster.info.update.interval': interval,
      },
    },
  });
}

async function areBlocked(): Promise<boolean> {
  const blocks = await client.request<object>('GET', '/_all/_settings', {
    query: { filter_path: '*.settings.index.blocks.read_only_allow_delete' },
  });
  return Object.keys(blocks).length > 0;
}

const FAULTS: Record<string, Fault> = {
  'kill the manager': kill(async () => [await manager()]),
  'kill another node': kill(async () => [(await others())[0]!]),
  'kill two of three': kill(async () => [await manager(), (await others())[0]!]),
  'kill all three': kill(async () => [0, 1, 2]),
  'cut the manager off from the others': cut(async () => [await manager()], 'transport'),
  'cut another node off from everybody': cut(async () => [(await others())[0]!], 'both'),
  'fill the disks': FULL_DISKS,
};

async function manager(): Promise<number> {
  const [row] = await client.request<{ node: string }[]>('GET', '/_cat/cluster_manager', {
    query: { format: 'json' },
  });
  return Number(row!.node.slice('node'.length)) - 1;
}

async function others(): Promise<number[]> {
  const found = await manager();
  return [0, 1, 2].filter((n) => n !== found);
}

async function cleanUp(): Promise<void> {
  await stopNodes(folder);
  if (hasNetworks) removeNetworks(NODES);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}

const built = build(console.error);
await makeArchive(built, folder);
try {
  const places = hasNetworks ? makeNetworks(NODES) : undefined;
  const nodes = await startNodes(built, {
    folder,
    count: NODES,
    heap: values.heap,
    ...(places && { places }),
  });
  await untilGreen(nodes);
  client = await connect({ nodes: nodes.map(({ url }) => url), timeoutMs: TIMEOUT_MS });
  const urls = nodes.map(({ url }) => url);
  const workload = isOverEngine
    ? await engineWorkload(client, urls, folder)
    : await clientWorkload(client, NODES);
  const chosen = values.fault ?? Object.keys(FAULTS);
  let failures = 0;
  for (const name of chosen) failures += await run(name, workload);
  process.exitCode = failures > 0 ? 1 : 0;
  await workload.close();
  await client.close();
} finally {
  await cleanUp();
}

/**
 * Waits until the cluster is green. OpenSearch can leave the primary of a shard without its role when two of three nodes are
 * killed ("shard is not in primary mode"); then nodes are restarted, one by one, as people would do.
 * @returns how many nodes were restarted.
 */
async function untilGreenOrRestarted(): Promise<number> {
  for (let restarted = 0; ; restarted++) {
    try {
      await untilGreen(readNodes(folder), 180_000);
      return restarted;
    } catch (error) {
      const node = readNodes(folder)[restarted];
      if (!node) throw error;
      process.kill(node.pid, 'SIGKILL');
      restartNode(folder, node.name);
    }
  }
}

/** Runs a fault and prints what it did. @returns how many papers were lost, and answers wrong. */
async function run(name: string, workload: Workload): Promise<number> {
  const fault = FAULTS[name];
  if (!fault) throw new Error(`There is no fault "${name}". Choose from: ${Object.keys(FAULTS).join(', ')}`);
  let begun = 0;
  let ended = 0;
  let green = 0;
  let over = 0;
  let restarted = 0;
  // One change of a corpus at a time is allowed.
  const clients = { writers: isOverEngine ? 1 : 2, readers: 2 };
  const observed = await observe(workload, clients, async (now) => {
    await setTimeout(5_000);
    const hit = await fault.begin();
    begun = now();
    await setTimeout(Number(values.hold) * 1_000);
    await fault.end(hit);
    ended = now();
    restarted = await untilGreenOrRestarted();
    green = now();
    // Answers after that show that everything is as before.
    await setTimeout(2_000);
    over = now();
  });
  const lost = await workload.missing(observed.acknowledged);
  const asked = countResults(observed.asked);
  const written = countResults(observed.written);
  const seconds = (ms: number | undefined) => (ms === undefined ? 'never' : Math.round(ms / 100) / 10);
  console.log(`\n## ${name}`);
  console.table([
    {
      acknowledged: observed.acknowledged.length,
      lost: lost.length,
      answers: asked.right,
      wrong: asked.wrong,
      'asked, 503': asked.unavailable,
      'other errors': asked.error + written.error,
      'writes, 503': written.unavailable,
      'writes refused': written.refused,
      'longest without answer, s': seconds(longestGap(observed.asked, begun, over)),
      'longest without write, s': seconds(longestGap(observed.written, begun, over)),
      'held, s': seconds(ended - begun),
      'green after its end, s': seconds(green - ended),
      'nodes restarted for it': restarted,
    },
  ]);
  // Those that should not be come first, then the most frequent ones.
  const errors = [...observed.errors].sort(([a, ofA], [b, ofB]) => {
    return Number(b.startsWith('ERROR')) - Number(a.startsWith('ERROR')) || ofB - ofA;
  });
  for (const [message, count] of errors.slice(0, 6)) console.log(`${count} x ${message}`);
  return lost.length + asked.wrong + asked.error + written.error;
}
