/** A value at a time. */
export interface Sample {
  /** Seconds. */
  readonly at: number;
  readonly value: number;
}

/** The trend of a value: a straight line through its samples. */
export interface Trend {
  readonly mean: number;
  /** Change per second. */
  readonly slope: number;
  readonly seconds: number;
}

/** The least-squares line. @param samples at least one. */
export function trendOf(samples: readonly Sample[]): Trend {
  const mean = (of: keyof Sample) => samples.reduce((sum, each) => sum + each[of], 0) / samples.length;
  const [at, value] = [mean('at'), mean('value')];
  let together = 0;
  let squares = 0;
  for (const sample of samples) {
    together += (sample.at - at) * (sample.value - value);
    squares += (sample.at - at) ** 2;
  }
  const seconds = samples.at(-1)!.at - samples[0]!.at;
  return { mean: value, slope: squares > 0 ? together / squares : 0, seconds };
}

/** Whether a value rises by more than a share of its mean over the samples. */
export function rises({ mean, slope, seconds }: Trend, share: number): boolean {
  return slope * seconds > share * mean;
}
