import { KINDS, type Kind } from '../engines/registry.ts';
import { slugOf } from '../machine.ts';
import type { MeasuredEngine, NamedRun, SizeRecord } from '../record.ts';

/** One size of a run. */
export interface MeasuredSize {
  readonly kind: Kind;
  readonly run: NamedRun;
  readonly size: SizeRecord;
}

/**
 * The reported sizes: of each kind, the machine of the newest run, and of its runs the newest with each size.
 * @param runs oldest first. @returns by kind, then by size, ascending.
 */
export function reported(runs: readonly NamedRun[]): MeasuredSize[] {
  return KINDS.flatMap((kind) => {
    const own = runs.filter(({ record }) => record.kind === kind);
    const newest = own.at(-1);
    if (!newest) return [];
    const machine = slugOf(newest.record.machine);
    const bySize = new Map<string, MeasuredSize>();
    for (const run of own.filter(({ record }) => slugOf(record.machine) === machine)) {
      for (const size of run.record.sizes) bySize.set(`${size.corpus} ${size.papers}`, { kind, run, size });
    }
    return Array.from(bySize.values()).sort((a, b) => a.size.papers - b.size.papers);
  });
}

/** The largest size of a kind without synthetic papers, or the smallest size if all have some. */
export function largestReal(sizes: readonly MeasuredSize[], kind: Kind): MeasuredSize | undefined {
  const own = sizes.filter((measured) => measured.kind === kind);
  return own.findLast(({ size }) => !isSynthetic(size)) ?? own[0];
}

/** Whether some of the papers or vectors are synthetic. */
export function isSynthetic({ syntheticPapers, syntheticVectors }: SizeRecord): boolean {
  return syntheticPapers + syntheticVectors > 0;
}

/** The measured engines, without those that failed. */
export function measuredEngines({ engines }: SizeRecord): MeasuredEngine[] {
  return engines.flatMap((engine) => (engine.status === 'measured' ? [engine] : []));
}
