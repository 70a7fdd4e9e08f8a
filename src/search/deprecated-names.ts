import type { Confidence, Fallback } from './confidence.ts';

/** @deprecated Use `Confidence`: `evidence` is its `score`. */
export interface Verdict {
  readonly level: Confidence['level'];
  readonly evidence: number;
}

/** @deprecated Use `Fallback`. */
export type SecondLook = WithVerdict<Fallback>;

type WithVerdict<T> = T extends Fallback ? Omit<T, 'first' | 'tookMs'> & { readonly first: Verdict } : never;

/** Fields that answers still contain under the names of earlier versions. */
export interface DeprecatedNames {
  /** @deprecated Use `confidence`. */
  readonly verdict: Verdict;
  /** @deprecated Use `fallback`. */
  readonly secondLook?: SecondLook | undefined;
}

/** The confidence and the fallback of an answer under their old names, for clients that read them. */
export function deprecatedNames(confidence: Confidence, fallback?: Fallback): DeprecatedNames {
  const verdict = verdictOf(confidence);
  if (!fallback) return { verdict };
  const { tookMs: _, ...rest } = fallback;
  return { verdict, secondLook: { ...rest, first: verdictOf(fallback.first) } };
}

function verdictOf({ level, score }: Confidence): Verdict {
  return { level, evidence: score };
}
