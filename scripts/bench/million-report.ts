import type { Machine } from './machine.ts';
import type { BuildFigures } from './million-build.ts';
import type { OpenFigures } from './million-open.ts';
import type { RecallFigures } from './million-recall.ts';
import type { ServeFigures, UpdateFigures } from './million-serve.ts';

/** What was measured of one index; a stage that has not been is absent. */
export interface MillionRecord {
  readonly papers: number;
  readonly date?: string;
  readonly commit?: string;
  readonly machine?: Machine;
  readonly memoryMib?: number;
  /** Whether the system held the limit of memory; else a process that had more was killed. */
  readonly isEnforced?: boolean;
  /** The papers after them are recombined from their sentences. */
  readonly realPapers?: number;
  readonly build?: BuildFigures & { readonly peakBytes: number };
  readonly open?: OpenFigures;
  readonly recall?: RecallFigures;
  readonly serve?: ServeFigures;
  readonly update?: UpdateFigures;
}

/** The report of a record, in Markdown. */
export function reportOf(record: MillionRecord): string {
  const { papers, machine, build, open, recall, serve, update } = record;
  const rows: [string, string][] = [];
  if (build) {
    rows.push(
      ['built (s)', seconds(build.seconds)],
      ['first snapshot that keyword search answers from (s)', seconds(build.firstSnapshotSeconds)],
      ['peak resident memory of the build', mib(build.peakBytes)],
      ['peak of its objects; the limit of Node', `${mib(build.heapPeakBytes)}; ${mib(build.heapLimitBytes)}`],
    );
  }
  if (open) {
    rows.push(
      ['opened (ms)', ms(open.openedMs)],
      ['first answer by keyword in the same process (ms)', ms(open.answeredMs)],
      ['resident after it', mib(open.residentBytes)],
    );
  }
  if (recall) {
    rows.push(
      [`recall@10 of the vector scan, ${recall.queries} queries`, recall.recallAt10.toFixed(4)],
      ['vector scan, one core, median and p99 (ms)', `${ms(recall.scanMs.median)}, ${ms(recall.scanMs.p99)}`],
    );
  }
  if (serve) {
    rows.push(
      ['server: process start to first answer (ms)', ms(serve.firstAnswerMs)],
      ['server resident; with its encoder', `${mib(serve.serverResidentBytes)}; ${mib(serve.residentBytes)}`],
    );
    for (const [kind, { median, p99 }] of Object.entries(serve.alternating)) {
      rows.push([`${kind}, one after another, median and p99 (ms)`, `${ms(median)}, ${ms(p99)}`]);
    }
    for (const [kind, { median, p99, failed }] of Object.entries(serve.openLoop)) {
      const rate = `${kind} at ${serve.ratePerSecond} a second, median and p99 (ms), failed`;
      rows.push([rate, `${ms(median)}, ${ms(p99)}, ${failed}`]);
    }
  }
  if (update) {
    rows.push(
      ['1,000 new papers under load (s)', seconds(update.seconds)],
      ['until the server found one of them (s)', seconds(update.foundSeconds)],
      ['peak resident memory of the update', mib(update.peakBytes)],
      ['requests answered meanwhile; failed', `${update.answers}; ${update.failed}`],
      ['peak resident memory of the server meanwhile, with its encoder', mib(update.serverPeakBytes)],
    );
  }
  const stages = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([stage, time]) => `${stage} ${seconds(time)}`)
      .join(', ');
  return `# ${papers.toLocaleString('en')} papers as one index

${record.date?.slice(0, 10)}, ${machine?.cpu}, ${machine?.cores} cores, ${machine?.memoryGb} GB, Node ${machine?.node}, commit ${record.commit}.
Each process, with those that it starts, may have ${record.memoryMib} MiB: ${record.isEnforced ? 'the system held the limit, page cache included' : 'one that had more would have been killed'}.
The first ${record.realPapers?.toLocaleString('en')} papers are real; the others have real titles, abstracts recombined from real sentences, and no identifiers.
${build ? `${build.realVectors.toLocaleString('en')} vectors are real; the others are real ones with noise (cosine about 0.9), made at no cost: the encoder's time is not in the build.` : ''}

\`npm run build && npx tsx scripts/bench/million.ts --papers ${papers} --memory ${record.memoryMib}\`

| | |
| --- | ---: |
${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}

${build ? `Seconds of the build by stage: ${stages(build.stages)}.` : ''}
${update ? `Seconds of the update by stage: ${stages(update.stages)}.` : ''}
`;
}

function seconds(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}
