import { sentencesOf } from '../text/sentences.ts';

/**
 * Splits a text that is longer than the model's window into windows of about equal length that end at the end of a
 * sentence, so that nothing is cut off and no window is very short. A sentence longer than a window is cut inside.
 * @param tokenize text to token ids, without special tokens.
 * @param capacity tokens that fit in a window, without special tokens; at least 1.
 * @returns at least one list of token ids (an empty one for an empty text), none longer than `capacity`.
 */
export function splitIntoWindows(
  text: string,
  tokenize: (text: string) => readonly number[],
  capacity: number,
): number[][] {
  const whole = tokenize(text);
  if (whole.length <= capacity) return [[...whole]];
  const pieces = sentencesOf(text).flatMap((sentence) => chunk(tokenize(sentence), capacity));
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const target = Math.ceil(total / Math.ceil(total / capacity));
  const windows: number[][] = [];
  let current: number[] = [];
  for (const piece of pieces) {
    const full = current.length + piece.length > capacity;
    const nearTarget = current.length + piece.length / 2 > target;
    if (current.length > 0 && (full || nearTarget)) {
      windows.push(current);
      current = [];
    }
    current.push(...piece);
  }
  if (current.length > 0) windows.push(current);
  return windows;
}

function chunk(ids: readonly number[], size: number): number[][] {
  const chunks: number[][] = [];
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size));
  return chunks;
}
