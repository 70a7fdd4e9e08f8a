const NUMBERS = Float64Array.from({ length: 4096 }, (_, i) => Math.sin(i));
/** 64 MB of 32-bit indexes: more than the caches of common machines can store. */
const PLACES = 1 << 24;
const READS = 1 << 20;

/** The times of two fixed tasks (milliseconds): their variation shows whether the machine does other work. */
export interface Calibration {
  /** Sums of products over 32 kB: the speed of a core. */
  readonly arithmeticMs: number;
  /** Dependent random reads in 64 MB: the speed of memory. */
  readonly memoryMs: number;
}

let ring: Int32Array | undefined;

/** Measures the times of the fixed tasks. */
export function calibrate(): Calibration {
  if (!ring) {
    ring = oneCycle();
    // The first runs include compilation.
    for (let run = 0; run < 3; run++) arithmetic() + chase(ring);
  }
  return { arithmeticMs: timed(arithmetic), memoryMs: timed(() => chase(ring!)) };
}

function timed(task: () => number): number {
  const started = performance.now();
  // The result is used, so that the compiler cannot remove the work.
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

/** Each element is the index of the next one to read: a full cycle (Hull and Dobell's conditions hold), far jumps. */
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
