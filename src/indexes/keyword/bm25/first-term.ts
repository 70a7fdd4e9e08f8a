/** The terms of a segment in order, one after another. */
interface AtTerm {
  /** The current one; undefined after the last. */
  readonly term: string | undefined;
}

/** The first of the current terms of some segments, by UTF-16 code units; undefined where all have ended. */
export function firstTerm(cursors: readonly AtTerm[]): string | undefined {
  let first: string | undefined;
  for (const { term } of cursors) {
    if (term !== undefined && (first === undefined || term < first)) first = term;
  }
  return first;
}
