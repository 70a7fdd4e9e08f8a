import type { EngineProcess } from './engine-process.ts';
import type { BuildAnswer, MemoryAnswer } from './engines/protocol.ts';
import { BASE, type EngineEntry, EXACT, type Kind } from './engines/registry.ts';
import type { Inputs } from './inputs.ts';
import type { Answers } from './interleave.ts';
import type { EngineRecord, Failure, MeasuredEngine, SetRecord } from './record.ts';
import { meanRecall, summarize } from './statistics.ts';

/** An engine during a run: its results so far, or why it stopped. */
export interface Candidate {
  readonly entry: EngineEntry;
  process?: EngineProcess;
  built?: BuildAnswer;
  memory?: MemoryAnswer;
  disk?: Pick<MeasuredEngine, 'diskBytes' | 'diskError'>;
  failure?: Failure;
}

/** The record of an engine. @param all the engines that it ran in turn with. */
export function recordOf(
  { entry, process, built, disk, memory, failure }: Candidate,
  all: readonly Candidate[],
  answers: ReadonlyMap<string, Readonly<Record<string, Answers>>>,
  { kind, inputs }: { readonly kind: Kind; readonly inputs: Inputs },
): EngineRecord {
  const { name, analysis, configuration } = entry;
  const { version = null, runtime = null } = process?.hello ?? {};
  const facts = { name, analysis, configuration, version, runtime };
  if (failure) return { status: 'failed', ...facts, ...failure };
  const { seconds, cpuSeconds, baselineBytes, memoryBytes } = built!;
  const analysisSeconds = analysis === 'given' ? (inputs.analysisSeconds ?? 0) : 0;
  const buildSeconds = seconds + analysisSeconds;
  const reference = all.some((other) => other.entry.name === EXACT) ? EXACT : BASE[kind];
  const answersOf = (other: string) =>
    all.some(({ entry, failure }) => entry.name === other && !failure) ? answers.get(other) : undefined;
  const sets = Object.entries(answers.get(name) ?? {}).map(([set, own]) => [
    set,
    setRecord(own, {
      base: answersOf(BASE[kind])?.[set],
      reference: name === reference ? undefined : answersOf(reference)?.[set],
      analysisUs: analysis === 'given' ? (inputs.queryAnalysisUs[set] ?? []) : [],
    }),
  ]);
  return {
    status: 'measured',
    ...facts,
    buildSeconds,
    buildCpuSeconds: cpuSeconds + analysisSeconds,
    papersPerSecond: inputs.count / buildSeconds,
    ...disk!,
    baselineBytes,
    memoryBytes,
    peakBytes: memory!.peakBytes,
    sets: Object.fromEntries(sets),
  };
}

/** The expected answers of an engine to a set, and the time that is added to each of its times. */
interface Comparison {
  readonly base: Answers | undefined;
  readonly reference: Answers | undefined;
  /** Microseconds by query; empty if nothing is added. */
  readonly analysisUs: readonly number[];
}

function setRecord(own: Answers, { base, reference, analysisUs }: Comparison): SetRecord {
  const whole = (rounds: readonly (readonly number[])[]) =>
    rounds.flatMap((round) =>
      round.map((us, query) => Math.round(10 * (us + (analysisUs[query] ?? 0))) / 10),
    );
  const wallUs = summarize(whole(own.wallUs));
  const expected = reference?.results ?? [];
  const compared = expected.some((papers) => papers.length > 0);
  return {
    queries: own.wallUs[0]!.length,
    wallUs,
    cpuUsMedian: summarize(whole(own.cpuUs)).median,
    medianToBase: base ? wallUs.median / summarize(base.wallUs.flat()).median : null,
    agreementAt10: compared ? meanRecall(own.results, expected) : null,
    rounds: own.wallUs.map((round) => round.map((us) => us.toFixed(1)).join(' ')),
  };
}
