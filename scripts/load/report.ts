import type { Changes } from './changes.ts';
import type { EncoderKiller } from './encoder-killer.ts';
import type { HealthWatch } from './health.ts';
import type { LoadRecord } from './record.ts';
import { KINDS } from './requests.ts';
import type { Timeline } from './timeline.ts';
import type { Trend } from './trend.ts';

export interface Report {
  readonly setting: string;
  readonly record: LoadRecord;
  readonly changes: Changes;
  readonly timeline: Timeline;
  readonly killer: EncoderKiller;
  readonly health: HealthWatch;
}

/** Writes the results of a run to standard output. */
export function printReport({ setting, record, changes, timeline, killer, health }: Report): void {
  const { memory, resident, loopDelay } = health.health;
  const replaced = killer.kills.filter(({ to }) => Number.isFinite(to)).length;
  const lines = [
    setting,
    ...KINDS.map((kind) => kindLine(kind, record)),
    `changes: ${changes.added} papers added, ${changes.removed} removed, ${timeline.snapshots} snapshots`,
    `encoder: killed ${killer.kills.length} times, replaced ${replaced} times`,
    `memory in use: ${trendText(memory)}`,
    `memory resident: ${trendText(resident)}`,
    `event loop delay: p99 at most ${loopDelay.p99.toFixed(0)} ms, maximum ${loopDelay.max.toFixed(0)} ms`,
    `violations: ${record.violations}`,
    ...record.reported.map((violation) => `  ${violation}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function kindLine(kind: (typeof KINDS)[number], record: LoadRecord): string {
  const { right, excused, refused, wrong, latencyMs } = record.of(kind);
  const times = latencyMs
    ? `, median ${latencyMs.median.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(0)} ms`
    : '';
  return `${kind}: ${right} right, ${excused} failed with the encoder, ${refused} refused, ${wrong} wrong${times}`;
}

function trendText({ mean, slope }: Trend): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  return `${megabytes(mean)} MB on average, ${megabytes(60 * slope)} MB per minute`;
}
