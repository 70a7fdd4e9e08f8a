/** The result of one check. */
export interface Check {
  readonly name: string;
  /** `warning`: it works, but may be unexpected. `problem`: something does not work. */
  readonly status: 'ok' | 'warning' | 'problem';
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
}

/** A check that found nothing wrong. */
export function ok(name: string, found: string): Check {
  return { name, status: 'ok', found };
}

/** A check that found something unexpected. */
export function warning(name: string, found: string, advice: string): Check {
  return { name, status: 'warning', found, advice };
}

/** A check that found something that does not work. @param advice left out where `found` says it. */
export function problem(name: string, found: string, advice?: string): Check {
  return { name, status: 'problem', found, advice };
}
