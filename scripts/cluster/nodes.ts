import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Built } from './recipe.ts';

/** How long nodes may take to start: on two busy cores, minutes. */
const PATIENCE_MS = 600_000;

interface ClusterSettings {
  /** Where data, logs and `nodes.json` are. */
  readonly folder: string;
  readonly count: number;
  /** The heap of a node, e.g. "384m". */
  readonly heap: string;
  /** Settings of OpenSearch beside those that form the cluster. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the nodes write the archive of classes when they stop. */
  readonly makesArchive?: boolean;
  /** Where each node runs, by its number from 0. Default: this machine's loopback, on free ports. */
  readonly places?: readonly Place[];
}

/** Addresses of a node, and what its command begins with, e.g. to enter a network namespace. */
export interface Place {
  readonly http: Address;
  readonly transport: Address;
  readonly prefix?: readonly string[];
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** A node as `nodes.json` describes it. */
export interface NodeRecord {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly command: readonly string[];
  readonly log: string;
}

/**
 * Starts nodes that form a cluster, as processes that go on when this one ends. Does not wait for them.
 * @throws Error when nodes of this folder run already.
 */
export async function startNodes(built: Built, cluster: ClusterSettings): Promise<NodeRecord[]> {
  const { folder, count, heap } = cluster;
  const running = readNodes(folder).filter(isRunning);
  if (running.length > 0)
    throw new Error(`${running.length} nodes of ${folder} run already. Stop them first.`);
  const places = cluster.places ?? (await freePlaces(count));
  const names = places.map((_, n) => `node${n + 1}`);
  const seeds = places.map(({ transport }) => `${transport.host}:${transport.port}`);
  const nodes = places.map((place, n) => {
    const home = join(folder, names[n]!);
    mkdirSync(home, { recursive: true });
    const settings: Record<string, string> = {
      'cluster.name': 'paper-search-tests',
      'node.name': names[n]!,
      // Two cores are shared by all nodes.
      'node.processors': '2',
      'http.host': place.http.host,
      'http.port': String(place.http.port),
      'transport.host': place.transport.host,
      'transport.port': String(place.transport.port),
      'discovery.seed_hosts': seeds.join(','),
      'cluster.initial_cluster_manager_nodes': names.join(','),
      // The disks of machines for tests are often nearly full.
      'cluster.routing.allocation.disk.watermark.low': '1gb',
      'cluster.routing.allocation.disk.watermark.high': '500mb',
      'cluster.routing.allocation.disk.watermark.flood_stage': '200mb',
      ...cluster.settings,
    };
    const command = [
      ...(place.prefix ?? []),
      'java',
      `-Xms${heap}`,
      `-Xmx${heap}`,
      '-XX:+UseSerialGC',
      '-XX:MaxDirectMemorySize=128m',
      // Tests are short: most of the time of a node is compiling.
      '-XX:TieredStopAtLevel=1',
      ...archiveOption(built, cluster),
      '-cp',
      built.classPath,
      'ClusterNode',
      home,
      ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    ];
    const { host, port } = place.http;
    return startNode({ name: names[n]!, url: `http://${host}:${port}`, command, log: join(home, 'log') });
  });
  writeFileSync(fileOf(folder), JSON.stringify(nodes, undefined, 1));
  return nodes;
}

function archiveOption({ archive }: Built, { makesArchive }: ClusterSettings): string[] {
  if (makesArchive) return [`-XX:ArchiveClassesAtExit=${archive}`];
  return existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : [];
}

/** Starts the process of a node. */
function startNode(node: Omit<NodeRecord, 'pid'>): NodeRecord {
  const log = openSync(node.log, 'a');
  const [program, ...parameters] = node.command;
  const child = spawn(program!, parameters, { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  if (child.pid === undefined) throw new Error(`"${program}" cannot be started.`);
  return { ...node, pid: child.pid };
}

/** Starts a node that has ended again, with its data. */
export function restartNode(folder: string, name: string): NodeRecord {
  const nodes = readNodes(folder);
  const old = nodes.find((node) => node.name === name)!;
  const started = startNode(old);
  writeFileSync(
    fileOf(folder),
    JSON.stringify(
      nodes.map((node) => (node === old ? started : node)),
      undefined,
      1,
    ),
  );
  return started;
}

/**
 * Waits until all nodes have found each other and all shards are there.
 * @throws Error with the end of a log when a node ends, or when it takes too long.
 */
export async function untilGreen(nodes: readonly NodeRecord[], patienceMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const dead = nodes.find((node) => !isRunning(node));
    if (dead) throw new Error(`${dead.name} has ended:\n${readFileSync(dead.log, 'utf8').slice(-2_000)}`);
    if (await isGreen(nodes)) return;
    if (Date.now() > end)
      throw new Error(`The cluster is not green after ${patienceMs / 1000} s. See ${nodes[0]!.log}`);
    await setTimeout(1_000);
  }
}

async function isGreen(nodes: readonly NodeRecord[]): Promise<boolean> {
  try {
    const path = `/_cluster/health?wait_for_nodes=${nodes.length}&wait_for_status=green&timeout=20s`;
    const answers = await Promise.all(nodes.map(({ url }) => fetch(`${url}${path}`)));
    return answers.every(({ ok }) => ok);
  } catch {
    return false;
  }
}

/** Ends the nodes of a folder and waits for them; those that do not end in time are killed. Deletes the folder's data. */
export async function stopNodes(folder: string, patienceMs = 60_000): Promise<number> {
  const nodes = readNodes(folder).filter(isRunning);
  for (const { pid } of nodes) process.kill(pid, 'SIGTERM');
  const end = Date.now() + patienceMs;
  while (nodes.some(isRunning) && Date.now() < end) await setTimeout(200);
  for (const node of nodes.filter(isRunning)) process.kill(node.pid, 'SIGKILL');
  while (nodes.some(isRunning)) await setTimeout(50);
  for (const { name } of readNodes(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  rmSync(fileOf(folder), { force: true });
  return nodes.length;
}

/**
 * Makes the archive of classes, if there is none: a node that is alone starts, and writes it when it stops.
 */
export async function makeArchive(built: Built, folder: string): Promise<void> {
  if (existsSync(built.archive)) return;
  const alone = join(folder, 'archive');
  const nodes = await startNodes(built, { folder: alone, count: 1, heap: '384m', makesArchive: true });
  await untilGreen(nodes);
  await stopNodes(alone, PATIENCE_MS);
  rmSync(alone, { recursive: true, force: true });
}

export function readNodes(folder: string): NodeRecord[] {
  const file = fileOf(folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Whether the process of a node is one of ours and runs: its number may belong to another process by now. */
function isRunning({ pid, log }: NodeRecord): boolean {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat=,args='], { encoding: 'utf8' });
  return (
    !stdout.startsWith('Z') && stdout.includes('ClusterNode') && stdout.includes(log.slice(0, -'/log'.length))
  );
}

function fileOf(folder: string): string {
  return join(folder, 'nodes.json');
}

async function freePlaces(count: number): Promise<Place[]> {
  const ports = await freePorts(2 * count);
  const address = (n: number) => ({ host: '127.0.0.1', port: ports[n]! });
  return Array.from({ length: count }, (_, n) => ({ http: address(n), transport: address(count + n) }));
}

/** Ports that are free now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
