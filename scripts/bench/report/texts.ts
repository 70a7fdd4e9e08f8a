import type { CodeDigests } from '../code-digest.ts';
import { BASE, ENGINES, KINDS, type Kind } from '../engines/registry.ts';
import type { NamedRun } from '../record.ts';
import type { ServedRuns } from '../served-record.ts';
import { betterThanBase, ENCODING, encodingSentence } from './better.ts';
import { withSection } from './section.ts';
import { largestReal, type MeasuredSize, measuredEngines, reported } from './select.ts';
import { servedPart, servedRecords, servedSection, servedSentence } from './served.ts';
import { changedSince, changedSinceAny } from './stale.ts';
import {
  calibrationSentence,
  corpusSentence,
  costTable,
  latencyTable,
  setNames,
  shortTable,
  smallTable,
} from './tables.ts';

const NOTHING = 'No run has been recorded yet: `npm run bench` makes one.';

const TITLES: Readonly<Record<Kind, string>> = {
  keyword: 'Keyword search',
  dense: 'Vector search alone',
  hybrid: 'Hybrid search, end to end',
};

/** README.md with the small table of the runs between its marks. @throws Error when it has no marks. */
export function withSmallBenchSection(
  readme: string,
  runs: readonly NamedRun[],
  current: CodeDigests,
  served: ServedRuns = {},
): string {
  return withSection(readme, 'bench', smallSection(runs, current, served));
}

/** docs/speed.md with the section of the runs between its marks. @throws Error when it has no marks. */
export function withBenchSection(
  page: string,
  runs: readonly NamedRun[],
  current: CodeDigests,
  served: ServedRuns = {},
): string {
  return withSection(page, 'bench', speedSection(runs, current, served));
}

/**
 * For each kind the largest real size: paper-search and the fastest alternative; then a sentence on the server.
 * @param current the digests of the code as it is now.
 */
export function smallSection(
  runs: readonly NamedRun[],
  current: CodeDigests,
  served: ServedRuns = {},
): string {
  const sizes = reported(runs);
  const largest = KINDS.flatMap((kind) => largestReal(sizes, kind) ?? []);
  if (largest.length === 0) return `\n${NOTHING}\n`;
  const sentence = servedSentence(served);
  const stale = changedSinceAny([...largest.map(({ run }) => run.record), ...servedRecords(served)], current);
  return `\n${[smallTable(largest), ...(sentence ? [sentence] : []), ...stale].join('\n\n')}\n`;
}

/**
 * For each kind the largest real size: a table, and where alternatives are better; then the server.
 * @param current the digests of the code as it is now.
 */
export function speedSection(
  runs: readonly NamedRun[],
  current: CodeDigests,
  served: ServedRuns = {},
): string {
  const sizes = reported(runs);
  const sections = KINDS.flatMap((kind) => {
    const measured = largestReal(sizes, kind);
    if (!measured) return [];
    const { file, record } = measured.run;
    const { cpu, cores, node } = record.machine;
    const place = `${record.date.slice(0, 10)}, ${cpu}, ${cores} cores, Node ${node}`;
    return [
      `### ${TITLES[kind]}`,
      `${corpusSentence(measured)} [Run](../scripts/bench/runs/${file}): ${place}.`,
      ...changedSince(record, current),
      shortTable(measured),
      ...betterSection(measured),
    ];
  });
  const growth = [
    '### Growth',
    'The [report](../scripts/bench/REPORT.md) has every size and explains how they were measured.',
    '![Build time, disk, memory and latency by number of papers](../scripts/bench/growth.svg)',
  ];
  const parts = [...sections, ...servedSection(served, current), ...(sections.length > 0 ? growth : [])];
  return `\n${(parts.length > 0 ? parts : [NOTHING]).join('\n\n')}\n`;
}

/**
 * REPORT.md: every size and kind, the server, and the time to open an index.
 * @param current the digests of the code as it is now.
 */
export function reportText(runs: readonly NamedRun[], current: CodeDigests, served: ServedRuns = {}): string {
  const sizes = reported(runs);
  const parts =
    sizes.length === 0
      ? [NOTHING]
      : ['![growth](growth.svg)', ...KINDS.flatMap((kind) => kindPart(kind, sizes, current))];
  return `${['# The bench', INTRODUCTION, ...parts, ...servedPart(served, current), ...configurations(sizes)].join('\n\n')}\n`;
}

const INTRODUCTION = `Written by \`npx tsx scripts/bench/report.ts\` from the runs in \`runs/\`; do not edit.

Each engine runs in its own process. After a warm-up, all engines answer the same queries, 20 at a time and in changing
order, and return their top 10. Times are measured inside the process: from the query text to positions of papers, or from
the vector to positions for vector engines. CPU time includes all threads of the process. Build time excludes reading the
input; build CPU time includes it. Memory is resident memory: before the build, after it and a garbage collection, and at
its peak. Disk is what the engine has written at the end.

Analysis is \`own\` (the engine's own), \`same\` (ours, run by the engine and included in its time) or \`given\` (ours, run
beforehand and added to its times). paper-search indexes title, abstract, authors, keywords and venue; the others index
title and abstract. In hybrid search the model runs in a second process, whose CPU time and memory are not included. "Top
10 shared" is the share of paper-search's top 10 that the engine also returns: it measures similarity, not quality.
recall@10 is relative to exact search with float vectors.`;

function kindPart(kind: Kind, sizes: readonly MeasuredSize[], current: CodeDigests): string[] {
  const own = sizes.filter((measured) => measured.kind === kind);
  return own.length === 0 ? [] : [`## ${TITLES[kind]}`, ...own.flatMap((size) => sizePart(size, current))];
}

function sizePart(measured: MeasuredSize, current: CodeDigests): string[] {
  const { run, size } = measured;
  const { record, file } = run;
  const { cpu, cores, memoryGb, os, node } = record.machine;
  const pinned = record.pinnedTo === null ? 'not pinned' : `pinned to core ${record.pinnedTo}`;
  const analysis = Object.entries(size.queryAnalysisUs).map(([set, us]) => `${set} ${us.toFixed(0)} µs`);
  return [
    `### ${size.papers.toLocaleString('en-US')} papers`,
    [
      corpusSentence(measured),
      `[Run](runs/${file}) of ${record.date.slice(0, 10)}, commit ${record.commit}: ${cpu}, ${cores} cores,`,
      `${memoryGb} GB, ${os}, Node ${node}, ${pinned}.`,
      calibrationSentence(size),
      ...(analysis.length > 0 ? [`Our analysis of a query: ${analysis.join(', ')}.`] : []),
    ].join('\n'),
    ...changedSince(record, current),
    costTable(measured),
    ...setNames(size).flatMap((set) => [`Queries: ${set}`, latencyTable(measured, set)]),
    ...betterSection(measured),
  ];
}

function betterSection({ kind, size }: MeasuredSize): string[] {
  const encoding = encodingSentence(kind, size);
  const sentences = betterThanBase(kind, size);
  if (!sentences) return [];
  if (measuredEngines(size).every(({ name }) => name === BASE[kind] || name === ENCODING)) {
    return encoding ? [encoding] : [];
  }
  return [
    ...(encoding ? [encoding] : []),
    sentences.length === 0
      ? 'No alternative is better in any of these measures.'
      : [
          'Alternatives are better than paper-search in these measures:',
          '',
          ...sentences.map((line) => `- ${line}.`),
        ].join('\n'),
  ];
}

/** The configurations of the engines in the tables, at the time of the run. */
function configurations(sizes: readonly MeasuredSize[]): string[] {
  const known = new Map(
    sizes.flatMap(({ size }) => size.engines.map(({ name, configuration }) => [name, configuration])),
  );
  if (known.size === 0) return [];
  const ordered = [...new Set([...ENGINES.map(({ name }) => name), ...known.keys()])].filter((name) =>
    known.has(name),
  );
  return ['## Configurations', ordered.map((name) => `- **${name}**: ${known.get(name)}.`).join('\n')];
}
