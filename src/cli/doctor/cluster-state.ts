import type { ClusterClient } from '../../cluster/client/cluster-client.ts';
import { connect } from '../../cluster/client/connect.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { messageOf } from '../../errors.ts';
import type { IndexStats } from '../../search/api.ts';
import { openEngine } from '../open-engine.ts';
import { type ClusterPlace, placeText } from '../place.ts';
import { type Check, ok, problem, warning } from './check.ts';

/** OpenSearch moves shards away from a node at 90 % of its disk, and refuses changes at 95 %, unless it is configured. */
const DISK_PERCENT = { warning: 85, problem: 95 };
/** Versions that paper-search is tested with, or that have the same interface. */
const MAJOR_VERSIONS = [2, 3];
const MIN_MINOR_OF_2 = 9;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The state of a cluster and of a corpus in it. */
export interface ClusterState {
  readonly checks: Check[];
  /** The model of the corpus; undefined where the corpus cannot be read. */
  readonly model: ModelInfo | undefined;
}

/** Whether a cluster can be reached and used, and what the corpus contains. @param index the folder beside it. */
export async function clusterState(index: string, place: ClusterPlace): Promise<ClusterState> {
  let client: ClusterClient;
  try {
    client = await connect(place);
  } catch (error) {
    return { checks: [problem('cluster', messageOf(error))], model: undefined };
  }
  try {
    const checks = [versionCheck(client), await healthCheck(client), await vectorsCheck(client)];
    const disk = await diskCheck(client);
    const { check, model } = await corpusCheck(index, place);
    return { checks: [...checks, disk, check], model };
  } catch (error) {
    return { checks: [problem('cluster', messageOf(error))], model: undefined };
  } finally {
    await client.close();
  }
}

function versionCheck({ version: { major, minor, number } }: ClusterClient): Check {
  const isKnown = MAJOR_VERSIONS.includes(major) && (major > 2 || minor >= MIN_MINOR_OF_2);
  if (isKnown) return ok('opensearch', number);
  return warning(
    'opensearch',
    number,
    `paper-search is made for OpenSearch 2.${MIN_MINOR_OF_2} and later, and 3.`,
  );
}

interface Health {
  readonly cluster_name: string;
  readonly status: 'green' | 'yellow' | 'red';
  readonly number_of_data_nodes: number;
  readonly unassigned_shards: number;
}

async function healthCheck(client: ClusterClient): Promise<Check> {
  const health = await client.request<Health>('GET', '/_cluster/health');
  const { cluster_name: name, status, number_of_data_nodes: nodes, unassigned_shards: missing } = health;
  const found = `"${name}" is ${status}: ${nodes === 1 ? '1 data node' : `${nodes} data nodes`}, ${missing} shards not assigned`;
  if (status === 'green') return ok('cluster', found);
  const why = 'GET /_cluster/allocation/explain says why shards are not assigned.';
  return status === 'yellow'
    ? warning(
        'cluster',
        found,
        `Answers are complete, but copies are missing: the loss of a node can cost papers. ${why}`,
      )
    : problem('cluster', found, `Papers of some index cannot be read, perhaps of another one. ${why}`);
}

async function vectorsCheck(client: ClusterClient): Promise<Check> {
  const query = { format: 'json', h: 'name,component' };
  const plugins = await client.request<{ name: string; component: string }[]>('GET', '/_cat/plugins', {
    query,
  });
  const have = new Set(plugins.filter(({ component }) => /knn/i.test(component)).map(({ name }) => name));
  const nodes = await client.request<{ name: string }[]>('GET', '/_cat/nodes', {
    query: { format: 'json', h: 'name' },
  });
  const lack = nodes.map(({ name }) => name).filter((name) => !have.has(name));
  if (lack.length === 0) return ok('vectors', 'every node has the k-NN plugin');
  return problem(
    'vectors',
    `without the k-NN plugin: ${lack.join(', ')}`,
    'Install it on every node (opensearch-plugin install opensearch-knn), or use the full distribution of OpenSearch, which contains it.',
  );
}

async function diskCheck(client: ClusterClient): Promise<Check> {
  const rows = await client.request<{ node: string; 'disk.percent': string | null }[]>(
    'GET',
    '/_cat/allocation',
    {
      query: { format: 'json', h: 'node,disk.percent' },
    },
  );
  const used = rows
    .map(({ node, 'disk.percent': percent }) => ({ node, percent: Number(percent ?? 0) }))
    .filter(({ node }) => node !== 'UNASSIGNED');
  const fullest = Math.max(0, ...used.map(({ percent }) => percent));
  const found = `used: ${used.map(({ node, percent }) => `${node} ${percent} %`).join(', ')}`;
  if (fullest < DISK_PERCENT.warning) return ok('disks', found);
  const advice =
    'OpenSearch refuses changes when a disk is nearly full. Add disk space or nodes, or delete old indices.';
  return fullest < DISK_PERCENT.problem ? warning('disks', found, advice) : problem('disks', found, advice);
}

async function corpusCheck(
  index: string,
  place: ClusterPlace,
): Promise<{ check: Check; model: ModelInfo | undefined }> {
  const { corpus } = place;
  try {
    const stats = await statsOf(index, place);
    const { papers, withoutAbstract, snapshot, createdAt, bytes, model } = stats;
    const days = Math.floor((Date.now() - Date.parse(createdAt)) / DAY_MS);
    const age = days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
    const found = `"${corpus}": ${papers} papers (${withoutAbstract} without abstract), snapshot ${snapshot} of ${createdAt} (${age}), ${(bytes / 1e6).toFixed(1)} MB with all copies`;
    return { check: ok('corpus', found), model };
  } catch (error) {
    return { check: problem('corpus', messageOf(error)), model: undefined };
  }
}

/** Opens the corpus without its model, which has its own check. */
async function statsOf(index: string, cluster: ClusterPlace): Promise<IndexStats> {
  const engine = await openEngine(
    { index, cluster },
    {
      encoderOf: async (model) => ({
        model,
        encode: () => Promise.reject(new Error(`${placeText({ index, cluster })} is only described.`)),
        close: async () => {},
      }),
    },
  );
  try {
    await using snapshot = await engine.acquire();
    return await snapshot.stats();
  } finally {
    await engine.close();
  }
}
