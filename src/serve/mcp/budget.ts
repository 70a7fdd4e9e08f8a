/** Bytes of a value as JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** What is tried to make an answer fit, before hits are left out: shorter and shorter abstracts. */
const SHORTER_ABSTRACTS = [600, 300, 0];

/**
 * The fullest answer within a budget: abstracts are shortened first, then the last hits left out.
 * @param hits there are. @param abstractLength most characters of an abstract that are wanted.
 * @param build the answer with the first `shown` hits. @param maxBytes of the answer as JSON.
 * @returns the answer; with no hit where not one fits.
 */
export function withinBudget<T>(
  { hits, abstractLength, maxBytes }: { hits: number; abstractLength: number; maxBytes: number },
  build: (shown: number, abstractLength: number) => T,
): T {
  const lengths = [abstractLength, ...SHORTER_ABSTRACTS.filter((length) => length < abstractLength)];
  for (const length of lengths) {
    const answer = build(hits, length);
    if (jsonBytes(answer) <= maxBytes) return answer;
  }
  for (let shown = hits - 1; shown > 0; shown--) {
    const answer = build(shown, 0);
    if (jsonBytes(answer) <= maxBytes) return answer;
  }
  return build(0, 0);
}
