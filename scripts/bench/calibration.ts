const NUMBERS = Float64Array.from({ length: 4096 }, (_, i) => Math.sin(i));
/** 64 MB of 32-bit places: more than the caches of common machines hold. */
const PLACES = 1 << 24;
const READS = 1 << 20;

/** How long two fixed tasks took (milliseconds): a machine that does other work shows in their spread. */
export interface Calibration {
  /** Sums of products over 32 kB: the speed of a core. */
  readonly arithmeticMs: number;
  /** Dependent reads all over 64 MB: the speed of memory. */
  readonly memoryMs: number;
}

let ring: Int32Array | undefined;

/** Times the fixed tasks. */
export function calibrate(): Calibration {
  if (!ring) {
    ring = oneCycle();
    // The first runs are the compiler's.
    for (let run = 0; run < 3; run++) arithmetic() + chase(ring);
  }
  return { arithmeticMs: timed(arithmetic), memoryMs: timed(() => chase(ring!)) };
}

function timed(task: () => number): number {
  const started = performance.now();
  // The result is used, so that the work cannot be left out.
  if (Number.isNaN(task())) throw new Error('calibration went wrong');
  return performance.now() - started;
}

function arithmetic(): number {
  let sum = 0;
  for (let round = 0; round < 5000; round++) {
    for (let i = 0; i < NUMBERS.length; i++) sum += NUMBERS[i]! * NUMBERS[(i + round) & 4095]!;
  }
  return sum;
}

/** Each place holds the next one to read: a full cycle (Hull and Dobell's conditions hold), far jumps. */
function oneCycle(): Int32Array {
  return Int32Array.from(
    { length: PLACES },
    (_, i) => (Math.imul(i, 1_664_525) + 1_013_904_223) & (PLACES - 1),
  );
}

function chase(next: Int32Array): number {
  let place = 0;
  for (let read = 0; read < READS; read++) place = next[place]!;
  return place;
}
