/** The size of a value as JSON in bytes. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Shorter lengths of abstracts that are tried before hits are left out. */
const SHORTER_ABSTRACTS = [600, 300, 0];

/**
 * The most complete answer within a budget: abstracts are shortened first, then the last hits are left out.
 * @param hits their number.
 * @param abstractLength the requested length of abstracts.
 * @param build returns the answer with the first `shown` hits.
 * @param maxBytes limit of the answer as JSON.
 * @returns the answer; without hits when not even one fits.
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
