import type { CodeDigests } from '../../scripts/bench/code-digest.ts';
import type {
  EngineRecord,
  MeasuredEngine,
  NamedRun,
  SetRecord,
  SizeRecord,
} from '../../scripts/bench/record.ts';

/** Answers that take `median` microseconds. */
export function answers(
  median: number,
  medianToBase: number,
  agreementAt10: number | null = null,
): SetRecord {
  const wallUs = { min: median / 2, median, p99: 3 * median };
  return { queries: 2, wallUs, cpuUsMedian: median, medianToBase, agreementAt10, rounds: ['1.0 2.0'] };
}

/** An engine that built 1,000 papers in a second. */
export function engine(name: string, overrides: Partial<MeasuredEngine> = {}): MeasuredEngine {
  return {
    status: 'measured',
    name,
    analysis: 'own',
    configuration: `as ${name} comes`,
    version: '1.0',
    runtime: 'Node',
    buildSeconds: 1,
    buildCpuSeconds: 1.5,
    papersPerSecond: 1000,
    diskBytes: 2_000_000,
    baselineBytes: 1e6,
    memoryBytes: 2e6,
    peakBytes: 3e6,
    sets: { short: answers(1000, 1) },
    ...overrides,
  };
}

/** One size of a run. */
export function size(
  papers: number,
  engines: EngineRecord[],
  overrides: Partial<SizeRecord> = {},
): SizeRecord {
  return {
    corpus: 'a corpus',
    papers,
    syntheticPapers: 0,
    syntheticVectors: 0,
    analysisSeconds: null,
    queryAnalysisUs: { short: 9 },
    calibration: [
      { arithmeticMs: 40, memoryMs: 100 },
      { arithmeticMs: 50, memoryMs: 100 },
    ],
    engines,
    ...overrides,
  };
}

const current: CodeDigests = { keyword: 'k', dense: 'd', hybrid: 'y', http: 'h', open: 'o' };
/** The digests of code that runs measured, and after every part of it has changed. */
export const codes = {
  current,
  changed: { keyword: 'k2', dense: 'd2', hybrid: 'y2', http: 'h2', open: 'o2' } satisfies CodeDigests,
};

/** A keyword run on a day of 2026. */
export function run(day: string, sizes: SizeRecord[], cpu = 'A CPU'): NamedRun {
  return {
    file: `2026-${day}-keyword.json`,
    record: {
      schema: 1,
      kind: 'keyword',
      date: `2026-${day}T00:00:00.000Z`,
      commit: 'abc',
      code: current.keyword,
      machine: { name: 'here', cpu, cores: 2, memoryGb: 8, os: 'Linux', node: 'v20.0.0' },
      pinnedTo: '0',
      rounds: 1,
      heapMb: 100,
      sizes,
    },
  };
}
