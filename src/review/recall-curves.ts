import type { Progress } from './service.ts';
import { recallCurve } from './stop/curve.ts';
import type { ScreenedHistory } from './stop/history.ts';

/** Most points of a curve. */
const MAX_POINTS = 100;

type Point = Progress['curve'][number];

interface KnownCurve {
  readonly history: ScreenedHistory;
  /** By the number of papers that were screened. */
  readonly points: Map<number, Point>;
}

/**
 * Curves of the estimated recall, one a reviewer. The points are at multiples of a power of two, so that those of a
 * curve remain while it grows: each label needs one or two estimates instead of a hundred.
 */
export class RecallCurves {
  readonly #known = new Map<string, KnownCurve>();

  /** The estimate at up to 100 moments of screening, the newest last. */
  of(reviewer: string, history: ScreenedHistory): readonly Point[] {
    const points = this.#remaining(reviewer, history);
    this.#known.set(reviewer, { history, points });
    return momentsOf(history.found.length).map((length) => {
      const point = points.get(length) ?? pointAt(history, length);
      points.set(length, point);
      return point;
    });
  }

  /** The points that still hold: those before the first difference from the last history. */
  #remaining(reviewer: string, history: ScreenedHistory): Map<number, Point> {
    const known = this.#known.get(reviewer);
    if (known?.history.poolSize !== history.poolSize) return new Map();
    const same = sameUntil(known.history, history);
    return new Map([...known.points].filter(([length]) => length <= same));
  }
}

function momentsOf(screened: number): number[] {
  let step = 1;
  while (screened / step >= MAX_POINTS) step *= 2;
  const moments = Array.from({ length: Math.floor(screened / step) }, (_, i) => (i + 1) * step);
  return screened % step === 0 ? moments : [...moments, screened];
}

function pointAt({ poolSize, found, random, known }: ScreenedHistory, length: number): Point {
  const until = (values: Uint8Array | undefined) => values?.subarray(0, length);
  const history = { poolSize, found: found.subarray(0, length), random: until(random), known: until(known) };
  return recallCurve(history, 1)[0]!;
}

function sameUntil(a: ScreenedHistory, b: ScreenedHistory): number {
  const length = Math.min(a.found.length, b.found.length);
  for (let i = 0; i < length; i++) {
    const isSame =
      a.found[i] === b.found[i] && a.random?.[i] === b.random?.[i] && a.known?.[i] === b.known?.[i];
    if (!isSame) return i;
  }
  return length;
}
