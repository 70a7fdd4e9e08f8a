import { ENGINES, KINDS, type Kind } from '../engines/registry.ts';
import type { NamedRun } from '../record.ts';
import type { ServedRuns } from '../served-record.ts';
import { betterThanBase, encodingSentence } from './better.ts';
import { withSection } from './section.ts';
import { largestReal, type MeasuredSize, reported } from './select.ts';
import { servedPart, servedSection } from './served.ts';
import {
  calibrationSentence,
  corpusSentence,
  costTable,
  latencyTable,
  setNames,
  shortTable,
} from './tables.ts';

const NOTHING = 'No run has been recorded yet: `npm run bench` makes one.';

const TITLES: Readonly<Record<Kind, string>> = {
  keyword: 'Keyword',
  dense: 'Dense: the vectors alone',
  hybrid: 'Hybrid, end to end',
};

/** The README with the section between its marks made from the runs. @throws Error when it has no marks. */
export function withBenchSection(readme: string, runs: readonly NamedRun[], served: ServedRuns = {}): string {
  return withSection(readme, 'bench', readmeSection(runs, served));
}

/** Of each kind the largest real size: a table, and where alternatives are better; then the server. */
export function readmeSection(runs: readonly NamedRun[], served: ServedRuns = {}): string {
  const sizes = reported(runs);
  const sections = KINDS.flatMap((kind) => {
    const measured = largestReal(sizes, kind);
    if (!measured) return [];
    const { file, record } = measured.run;
    const { cpu, cores, node } = record.machine;
    const place = `${record.date.slice(0, 10)}, ${cpu}, ${cores} cores, Node ${node}`;
    return [
      `**${TITLES[kind]}.** ${corpusSentence(measured)} [Run](scripts/bench/runs/${file}): ${place}.`,
      shortTable(measured),
      ...betterSection(measured),
    ];
  });
  const growth = [
    'Every size and how it was measured: [report](scripts/bench/REPORT.md). How it grows:',
    '![growth](scripts/bench/growth.svg)',
  ];
  const parts = [...sections, ...servedSection(served), ...(sections.length > 0 ? growth : [])];
  return `\n${(parts.length > 0 ? parts : [NOTHING]).join('\n\n')}\n`;
}

/** REPORT.md: every size and kind, the server, and how long opening takes. */
export function reportText(runs: readonly NamedRun[], served: ServedRuns = {}): string {
  const sizes = reported(runs);
  const parts =
    sizes.length === 0
      ? [NOTHING]
      : ['![growth](growth.svg)', ...KINDS.flatMap((kind) => kindPart(kind, sizes))];
  return `${['# The bench', INTRODUCTION, ...parts, ...servedPart(served), ...configurations(sizes)].join('\n\n')}\n`;
}

const INTRODUCTION = `Written by \`npx tsx scripts/bench/report.ts\` from the runs in \`runs/\`; do not edit.

One process an engine; all are asked the same queries for their top 10, in turns of 20 in changing order, after a
warm-up. Times are taken within the process, of a query from text to positions of papers, or for dense engines from
vector to positions; CPU time is that of the process with all its threads. Build time leaves out reading the
input, its CPU time cannot. Memory is resident: before the build, after it with garbage collected, and at the highest
of build and queries. Disk is what the engine writes for its users, at the end.

Analysis: \`own\`, the engine's; \`same\`, ours within the engine's time; \`given\`, ours done before and its time added
to build and queries. paper-search indexes title, abstract, authors, keywords and venue, the others title and
abstract. In hybrid search the model runs in a process beside, whose CPU time and memory are in no column. "Top 10
shared" is the share of paper-search's top 10: it tells how alike answers are, not how good. recall@10 is against
exact search with float vectors.`;

function kindPart(kind: Kind, sizes: readonly MeasuredSize[]): string[] {
  const own = sizes.filter((measured) => measured.kind === kind);
  return own.length === 0 ? [] : [`## ${TITLES[kind]}`, ...own.flatMap(sizePart)];
}

function sizePart(measured: MeasuredSize): string[] {
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
    costTable(measured),
    ...setNames(size).flatMap((set) => [`Queries: ${set}`, latencyTable(measured, set)]),
    ...betterSection(measured),
  ];
}

function betterSection({ kind, size }: MeasuredSize): string[] {
  const encoding = encodingSentence(kind, size);
  const sentences = betterThanBase(kind, size);
  if (!sentences) return [];
  return [
    ...(encoding ? [encoding] : []),
    sentences.length === 0
      ? 'No alternative is better here in any of these measures.'
      : [
          'Where alternatives are better than paper-search:',
          '',
          ...sentences.map((line) => `- ${line}.`),
        ].join('\n'),
  ];
}

/** How the engines that occur are configured, as it was when they ran. */
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
