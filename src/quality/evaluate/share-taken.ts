import type { Gap } from './gap.ts';
import type { MeasureName } from './measures.ts';

/** The verifier's share of the difference between hybrid search and the best order; 0 without a difference. */
export function shareTaken({ first, verifier, oracle }: Gap, measure: MeasureName): number {
  const room = oracle[measure] - first[measure];
  return room > 0 ? (verifier[measure] - first[measure]) / room : 0;
}
