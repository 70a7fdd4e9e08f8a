import { SEARCH_MODES } from '../../src/search/mode.ts';
import { count, digits, megabytes, table } from '../bench/report/format.ts';
import type { Latency } from './measure.ts';
import { ASSUMED, needOf } from './model.ts';
import type { Comparison, Figures, Growth } from './record.ts';

/** With fewer steps, the growth of latency is unknown. */
const MIN_STEPS = 3;

/** Corpora that the model on paper is for. */
const ON_PAPER = [1e6, 10e6, 250e6];

/** The text of `scripts/measurements/cluster.md`. */
export function reportText(figures: Figures): string {
  const { date, commit, machine, cluster, comparisons, growth } = figures;
  const { cpu, cores, memoryGB, load } = machine;
  const parts = [
    '# The embedded engine and a cluster',
    'Written by `npx tsx scripts/cluster-figures/main.ts` from `scripts/cluster-figures/figures.json`; do not edit.',
    `${date.slice(0, 10)}, commit ${commit}, on ${cores} cores (${cpu}), ${digits(memoryGB)} GB of memory, load average ${digits(load)} at the start. OpenSearch ${cluster.version}: ${cluster.nodes} nodes with ${megabytes(cluster.heapBytes / cluster.nodes)} MB of heap each, **all on this one machine**, beside the client and other work. A machine of two cores for three nodes makes latencies and times of builds worse than those of a real cluster; bytes and quality do not depend on it.`,
    ...(figures.note === undefined ? [] : [figures.note]),
    ...comparisonParts(figures),
    ...(growth ? growthParts(growth, comparisons) : []),
  ];
  if (comparisons.length === 0 && !growth) parts.push('Nothing has been measured yet.');
  return `${parts.join('\n\n')}\n`;
}

function comparisonParts({ comparisons }: Figures): string[] {
  if (comparisons.length === 0) return [];
  const quality = comparisons.flatMap(({ collection, papers, queries, embedded, cluster, sameFirstTen }) =>
    SEARCH_MODES.map((mode) => [
      collection,
      count(papers),
      mode,
      embedded.ndcg10[mode].toFixed(4),
      cluster.ndcg10[mode].toFixed(4),
      embedded.recall100[mode].toFixed(4),
      cluster.recall100[mode].toFixed(4),
      `${sameFirstTen[mode]} of ${queries}`,
    ]),
  );
  const cost = comparisons.flatMap(({ collection, papers, embedded, cluster }) =>
    (
      [
        ['embedded', embedded],
        ['cluster', cluster],
      ] as const
    ).map(([name, { latency, bytes, ingestSeconds }]) => [
      collection,
      name,
      ...SEARCH_MODES.map((mode) => times(latency[mode])),
      megabytes(bytes),
      count(bytes / papers),
      digits(ingestSeconds),
    ]),
  );
  return [
    '## The same papers in both',
    'Queries of the test judgments (for conference-keywords, those that nothing was tuned on), as plain text, without fallbacks; the vectors are the same.',
    table(
      [
        'collection',
        'papers',
        'mode',
        'nDCG@10 embedded',
        'cluster',
        'recall@100 embedded',
        'cluster',
        'same first 10',
      ],
      quality,
    ),
    'Latency of the first page, one client, p50 / p95 in ms; bytes of the snapshot (primary shards); seconds of the ingest, with vectors that were there. The cluster had answered these queries before, so that the client had most of the papers that it ranks.',
    table(
      [
        'collection',
        'engine',
        ...SEARCH_MODES.map((mode) => `${mode}, ms`),
        'MB',
        'bytes a paper',
        'ingest, s',
      ],
      cost,
    ),
  ];
}

function growthParts(growth: Growth, comparisons: readonly Comparison[]): string[] {
  const { steps, ended } = growth;
  if (steps.length === 0) return [];
  const rows = steps.map(({ papers, realTexts, realVectors, added, ingestSeconds, cost, latency }) => [
    count(papers),
    count(Math.min(realTexts, papers)),
    count(Math.min(realVectors, papers)),
    digits(added / ingestSeconds),
    count(cost.snapshotBytes / papers),
    `${megabytes(cost.heapBytes)}`,
    ...SEARCH_MODES.map((mode) => times(latency[mode])),
  ]);
  const shards = steps.at(-1)!.cost.shards;
  // The largest collection says most.
  const [largest] = [...comparisons].sort((a, b) => b.papers - a.papers);
  const keysPerPaper = largest ? largest.keysBytes / largest.papers : 0;
  const needs = ON_PAPER.map((papers) => needOf(papers, growth, keysPerPaper));
  const { nodeMemoryGB, nodeCores, heapShare, replicas, shardBytes, vectorBytes, postingShare } = ASSUMED;
  return [
    '## Growth',
    `Papers of conference lists and of the ACL Anthology while there are any, then **synthetic** ones, recombined from sentences of those. Vectors are real where a cache has them; the others are **synthetic**: copies of real ones with noise. ${shards} primary shards, without replicas. The papers are sent as by a first ingest, without looking for records of one paper among them, which takes more time; the index of keys that this needs takes ${count(keysPerPaper)} bytes a paper more. Bytes are those of an index whose segments are not merged yet; after that a paper takes less than half of them (cluster-bytes.md).${ended ? ` It ended there: ${ended}` : ''}`,
    table(
      [
        'papers',
        'real texts',
        'real vectors',
        'papers a second',
        'bytes a paper',
        'heap in use, MB',
        ...SEARCH_MODES.map((mode) => `${mode}, ms`),
      ],
      rows,
    ),
    '## On paper',
    `Computed by the script from the largest measured step, and not measured: an upper bound, since disk and memory are those of an index that is not merged, and the latency is that of three nodes on two cores. Assumed: nodes with ${nodeMemoryGB} GB of memory (${100 * heapShare} % of it heap) and ${nodeCores} cores as fast as those measured; ${replicas} replica; shards of up to ${shardBytes / 1e9} GB; ${count(vectorBytes)} bytes of memory for each vector and its neighbours, in every copy, outside of the heap; ${100 * postingShare} % of the other files in memory too; a latency that grows with the papers of a shard as it did here, where all shards shared two cores${steps.length < MIN_STEPS ? ` (unknown until ${MIN_STEPS} steps are measured)` : ''}.`,
    table(
      [
        'papers',
        'nodes',
        'memory for files, GB',
        'of it vectors, GB',
        'disk, GB',
        'primary shards',
        'build, h',
        ...SEARCH_MODES.map((mode) => `${mode}, ms`),
      ],
      needs.map((need) => [
        count(need.papers),
        count(need.nodes),
        digits(need.memoryBytes / 1e9),
        digits(need.vectorMemoryBytes / 1e9),
        digits(need.diskBytes / 1e9),
        count(need.shards),
        digits(need.buildHours),
        ...SEARCH_MODES.map((mode) => (steps.length < MIN_STEPS ? 'unknown' : digits(need.latency[mode]))),
      ]),
    ),
  ];
}

function times({ p50, p95 }: Latency): string {
  return `${digits(p50)} / ${digits(p95)}`;
}
