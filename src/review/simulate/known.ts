import { PaperSearchError } from '../../errors.ts';
import { mulberry32 } from '../../util/random.ts';

/** How many papers are known before the screening begins. */
export interface KnownCounts {
  readonly includes: number;
  readonly excludes: number;
}

/**
 * Draws the papers that are known before the screening begins, the includes first.
 *
 * Rows of includes, then rows of excludes, are drawn without replacement, each in ascending order of rows before the draw, with
 * one generator (mulberry32). The same truth and seed give the same rows on every machine.
 * @param truth for each row of the pool, 1 for an include and 0 for an exclude.
 * @param seed an integer.
 * @throws PaperSearchError BAD_REQUEST when the pool has fewer papers of a kind than are to be known.
 */
export function drawKnown(truth: Uint8Array, { includes, excludes }: KnownCounts, seed: number): number[] {
  const random = mulberry32(seed);
  return [...draw(truth, 1, includes, random), ...draw(truth, 0, excludes, random)];
}

function draw(truth: Uint8Array, kind: 0 | 1, count: number, random: () => number): number[] {
  const rows = Array.from(truth.keys()).filter((row) => truth[row] === kind);
  if (rows.length < count) {
    const name = kind === 1 ? 'includes' : 'excludes';
    throw new PaperSearchError(
      'BAD_REQUEST',
      `The pool has ${rows.length} ${name}, so ${count} cannot be known at the start. Ask for fewer.`,
    );
  }
  for (let place = 0; place < count; place++) {
    const drawn = place + Math.floor(random() * (rows.length - place));
    [rows[place], rows[drawn]] = [rows[drawn]!, rows[place]!];
  }
  return rows.slice(0, count);
}
