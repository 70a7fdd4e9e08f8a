import { Match } from './match.ts';

/**
 * The papers of a match that have a vector. @param match undefined for every paper, and then returned if all have one.
 * @param missing one byte a paper, 1 for those without a vector; undefined if all have one.
 */
export function encodedPapers(match: Match | undefined, missing: Uint8Array | undefined): Match | undefined {
  if (!missing) return match;
  return (match ?? Match.all(missing.length)).without(new Match(missing));
}
