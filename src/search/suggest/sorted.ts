import { PackedTexts } from '../../indexes/binary/packed-texts.ts';
import { TextWriter } from '../../indexes/binary/text-writer.ts';
import { lowerBound } from '../../util/lower-bound.ts';
import { pause } from '../../util/pause.ts';

/** Indexes from `from` to, but excluding, `to` in a list. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The first index of a sorted list whose text is not before `text`. @param sorted ascending by UTF-16 code units. */
export function placeOf(sorted: readonly string[], text: string): number {
  return lowerBound(0, sorted.length, (place) => sorted[place]! < text);
}

/** The range of texts that begin with `prefix`. @param sorted ascending by UTF-16 code units. */
export function prefixRange(sorted: readonly string[], prefix: string): Range {
  // U+FFFF sorts last and is not a character.
  return { from: placeOf(sorted, prefix), to: placeOf(sorted, `${prefix}\uffff`) };
}

/** Texts between two pauses in which other work runs: about a millisecond. */
const YIELD_EVERY = 5000;

/**
 * Sorts texts by UTF-16 code units as `sort` does, but in parts by their first three units, and lets other work run
 * between parts: sorting 100,000 texts at once would block a server for longer than an answer takes.
 * @throws the signal's reason when it is aborted.
 */
export async function sortInParts(texts: Iterable<string>, signal?: AbortSignal): Promise<string[]> {
  const parts = new Map<string, string[]>();
  let read = 0;
  for (const text of texts) {
    if (++read % YIELD_EVERY === 0) await pause(signal);
    const start = text.slice(0, 3);
    const part = parts.get(start);
    if (part) part.push(text);
    else parts.set(start, [text]);
  }
  const sorted: string[] = [];
  for (const start of Array.from(parts.keys()).sort()) {
    for (const text of parts.get(start)!.sort()) sorted.push(text);
    await pause(signal);
  }
  return sorted;
}

/**
 * Packs texts in their order: a few bytes beside their letters, where a string takes some tens, and nothing that a garbage
 * collection has to look at. @throws the signal's reason when it is aborted.
 */
export async function packInParts(texts: Iterable<string>, signal?: AbortSignal): Promise<PackedTexts> {
  const packed = new TextWriter();
  for (const text of texts) {
    packed.push(text);
    if (packed.size % YIELD_EVERY === 0) await pause(signal);
  }
  return new PackedTexts(packed.take());
}
