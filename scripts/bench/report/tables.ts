import { BASE } from '../engines/registry.ts';
import type { EngineRecord, MeasuredEngine, SizeRecord } from '../record.ts';
import { spread } from '../statistics.ts';
import { ENCODING } from './better.ts';
import { count, digits, megabytes, ms, table } from './format.ts';
import { isSynthetic, type MeasuredSize, measuredEngines } from './select.ts';

/** The queries of a few words. The other queries of a kind are as long as an abstract. */
const SHORT_SET = 'short';
const SEARCHES: Readonly<Record<MeasuredSize['kind'], string>> = {
  keyword: 'keyword',
  dense: 'vectors alone',
  hybrid: 'hybrid, model included',
};

/** The short table of a size: one line per engine, failed ones with the reason. */
export function shortTable({ kind, size }: MeasuredSize): string {
  const sets = setNames(size);
  const head = ['engine', 'built papers/s', 'disk MB', 'peak memory MB'];
  const agreement = agreementHead(kind, size);
  return table(
    [...head, ...sets.map((set) => `${set}: median, p99 ms`), ...agreement],
    rows(size, head.length + sets.length + agreement.length, (engine) => [
      engine.name,
      count(engine.papersPerSecond),
      disk(engine),
      megabytes(engine.peakBytes),
      ...sets.map((set) => times(engine, set)),
      ...agreement.map(() => agreementOf(engine, sets)),
    ]),
  );
}

/** For README.md: paper-search and, for each kind, the alternative that answers short queries fastest. */
export function smallTable(sizes: readonly MeasuredSize[]): string {
  return table(
    ['search', 'engine', 'papers', 'short query, median ms', 'long query, median ms', 'disk MB'],
    sizes.flatMap(({ kind, size }) => {
      const long = setNames(size).find((set) => set !== SHORT_SET);
      const median = (engine: MeasuredEngine, set: string) => engine.sets[set]?.wallUs.median;
      const engines = measuredEngines(size).filter(({ name }) => name !== ENCODING);
      const base = engines.find(({ name }) => name === BASE[kind]);
      const others = engines.filter((engine) => engine !== base);
      const fastest = others.sort(
        (a, b) =>
          (median(a, SHORT_SET) ?? Number.POSITIVE_INFINITY) -
          (median(b, SHORT_SET) ?? Number.POSITIVE_INFINITY),
      )[0];
      return [base, fastest].flatMap((engine) => {
        if (!engine) return [];
        const time = (set: string | undefined) => {
          const us = set === undefined ? undefined : median(engine, set);
          return us === undefined ? '–' : ms(us);
        };
        const name = engine === base ? 'paper-search' : `${engine.name} (fastest alternative)`;
        return [[SEARCHES[kind], name, count(size.papers), time(SHORT_SET), time(long), disk(engine)]];
      });
    }),
  );
}

/** The cost of an engine: build, disk, memory. */
export function costTable({ size }: MeasuredSize): string {
  const head = [
    'engine',
    'version',
    'analysis',
    'build s',
    'build CPU s',
    'papers/s',
    'disk MB',
    'memory before, after build, peak MB',
  ];
  return table(
    head,
    rows(size, head.length, (engine) => [
      engine.name,
      engine.version ?? '',
      engine.analysis,
      digits(engine.buildSeconds),
      digits(engine.buildCpuSeconds),
      count(engine.papersPerSecond),
      disk(engine),
      [engine.baselineBytes, engine.memoryBytes, engine.peakBytes].map(megabytes).join(', '),
    ]),
  );
}

/** The latency of the answers to one set of queries. */
export function latencyTable({ kind, size }: MeasuredSize, set: string): string {
  const agreement = agreementHead(kind, size);
  const head = [
    'engine',
    'queries',
    'min ms',
    'median ms',
    'p99 ms',
    'CPU median ms',
    '× paper-search',
    ...agreement,
  ];
  const measured = size.engines.filter((engine) => engine.status === 'measured');
  return table(
    head,
    measured.map((engine) => {
      const own = engine.sets[set];
      if (!own) return [engine.name, ...head.slice(1).map(() => '–')];
      const { min, median, p99 } = own.wallUs;
      return [
        engine.name,
        `${own.queries} × ${own.rounds.length}`,
        ms(min),
        ms(median),
        ms(p99),
        ms(own.cpuUsMedian),
        own.medianToBase === null ? '–' : digits(own.medianToBase),
        ...agreement.map(() => share(own.agreementAt10)),
      ];
    }),
  );
}

/** The names of the query sets of a size. */
export function setNames({ engines }: SizeRecord): string[] {
  const measured = engines.find((engine) => engine.status === 'measured');
  return measured?.status === 'measured' ? Object.keys(measured.sets) : [];
}

/** How stable the machine was: the slowest run of each calibration task over the fastest. */
export function calibrationSentence({ calibration }: SizeRecord): string {
  const loop = (times: readonly number[]) =>
    `${digits(Math.min(...times))} to ${digits(Math.max(...times))} ms (${digits(spread(times))}×)`;
  const arithmetic = loop(calibration.map(({ arithmeticMs }) => arithmeticMs));
  const memory = loop(calibration.map(({ memoryMs }) => memoryMs));
  return `Calibration, ${calibration.length} times in between: arithmetic ${arithmetic}, memory ${memory}.`;
}

/** What was indexed, and how much of it is synthetic. */
export function corpusSentence({ kind, size }: MeasuredSize): string {
  const { papers, corpus, syntheticPapers, syntheticVectors } = size;
  const made = [
    ...(syntheticPapers > 0 ? [`**synthetic**: ${count(syntheticPapers)} of recombined sentences`] : []),
    ...(syntheticVectors > 0
      ? [`**synthetic**: ${count(syntheticVectors)} vectors are perturbed copies`]
      : []),
  ];
  const real = isSynthetic(size) ? '' : kind === 'keyword' ? ', real texts' : ', real vectors';
  return `${[`${count(papers)} papers (${corpus})${real}`, ...made].join('; ')}.`;
}

function rows(
  { engines }: SizeRecord,
  columns: number,
  cells: (engine: MeasuredEngine) => string[],
): string[][] {
  return engines.map((engine) => (engine.status === 'measured' ? cells(engine) : failed(engine, columns)));
}

function failed(engine: EngineRecord & { status: 'failed' }, columns: number): string[] {
  const reason = `failed to ${engine.stage}: ${engine.error.replaceAll('\n', ' ')}`;
  return [engine.name, reason, ...Array.from({ length: columns - 2 }, () => '–')];
}

function disk({ diskBytes, diskError }: MeasuredEngine): string {
  return diskBytes === null ? `– (${diskError})` : megabytes(diskBytes);
}

function times({ sets }: MeasuredEngine, set: string): string {
  const own = sets[set];
  return own ? `${ms(own.wallUs.median)}, ${ms(own.wallUs.p99)}` : '–';
}

function agreementHead(kind: MeasuredSize['kind'], size: SizeRecord): string[] {
  const some = size.engines.some(
    (engine) =>
      engine.status === 'measured' &&
      Object.values(engine.sets).some(({ agreementAt10 }) => agreementAt10 !== null),
  );
  if (!some) return [];
  return [kind === 'dense' ? 'recall@10' : 'top 10 shared'];
}

function agreementOf({ sets }: MeasuredEngine, names: readonly string[]): string {
  return names.map((set) => share(sets[set]?.agreementAt10 ?? null)).join(', ');
}

function share(agreement: number | null): string {
  return agreement === null ? '–' : agreement.toFixed(3);
}
