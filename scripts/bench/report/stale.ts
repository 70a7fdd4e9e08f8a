import type { CodeDigests } from '../code-digest.ts';
import type { BenchKind, RunFacts } from '../record.ts';

const NAMES: Readonly<Record<BenchKind, string>> = {
  keyword: 'keyword search',
  dense: 'vector search',
  hybrid: 'hybrid search',
  http: 'the server',
  open: 'opening an index',
};

/** What a record says about its run, and the kind. */
type Run = Pick<RunFacts, 'code'> & { readonly kind: BenchKind };

/** The sentence below the figures of a run whose code has changed since, so that no table grows stale in silence. */
export function changedSince(run: Run, current: CodeDigests): string[] {
  return isStale(run, current)
    ? [`The code of ${NAMES[run.kind]} has changed since this run: its figures may differ now.`]
    : [];
}

/** The same for several runs at once; empty if all of them measured the code as it is. */
export function changedSinceAny(runs: readonly Run[], current: CodeDigests): string[] {
  const kinds = new Set(runs.filter((run) => isStale(run, current)).map(({ kind }) => NAMES[kind]));
  return kinds.size > 0
    ? [`Code has changed since these runs: ${[...kinds].join(', ')}. Their figures may differ now.`]
    : [];
}

function isStale({ kind, code }: Run, current: CodeDigests): boolean {
  return code !== current[kind];
}
