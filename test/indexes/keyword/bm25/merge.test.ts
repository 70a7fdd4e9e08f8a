import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MergeInput, mergeSegments } from '../../../../src/indexes/keyword/bm25/merge.ts';
import { skipPositions, skipPostings } from '../../../../src/indexes/keyword/bm25/positions.ts';
import { documentCount, type Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentWriter } from '../../../../src/indexes/keyword/bm25/segment-writer.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';
import { segmentBytes } from '../../../support/segment-bytes.ts';

const FIELDS = 5;

/** A segment in which documents have some of nine terms, now and then more often than their bits can count. */
function segmentOf(documents: number, seed: number): Segment {
  const writer = new SegmentWriter();
  for (let term = 0; term < 9; term++) {
    writer.beginTerm(String.fromCharCode(97 + 2 * term + (seed % 3)).repeat(1 + (term % 3)));
    for (let doc = 0; doc < documents; doc++) {
      // Of some terms nearly all, of others few.
      if ((doc * 7919 + seed * 31 + term) % 11 > term) continue;
      const often = doc % 97 === seed % 97 ? 70 : 1 + (doc % 3);
      const places = Array.from({ length: often + 1 }, (_, n) => n * (1 + ((doc + term) % 300)));
      writer.addPosting(doc, [1, often, 0, 0, 0], places);
    }
    writer.dropEmptyTerm();
  }
  return writer.finish(Uint16Array.from({ length: documents * FIELDS }, (_, n) => (n + seed) % 50));
}

/** Merges posting by posting. */
function slowlyMerged(inputs: readonly MergeInput[], documents: number): Segment {
  const found = new Map<string, { doc: number; packed: number; bytes: Uint8Array }[]>();
  const lengths = new Uint16Array(documents * FIELDS);
  for (const { segment, docs } of inputs) {
    const { firstPosting, frequencies, positions, fieldLengths } = segment;
    const terms = new TermDictionary(segment);
    let at = 0;
    for (let term = 0; term < terms.size; term++) {
      const postings = found.get(terms.term(term)) ?? [];
      for (let i = firstPosting[term]!; i < firstPosting[term + 1]!; i++) {
        const end = skipPositions({ positions }, at, frequencies[i]!);
        const doc = docs[segment.docs[i]!]!;
        if (doc >= 0) postings.push({ doc, packed: frequencies[i]!, bytes: positions.slice(at, end) });
        at = end;
      }
      if (postings.length > 0) found.set(terms.term(term), postings);
    }
    docs.forEach((doc, before) => {
      if (doc >= 0) lengths.set(fieldLengths.subarray(before * FIELDS, (before + 1) * FIELDS), doc * FIELDS);
    });
  }
  const writer = new SegmentWriter();
  for (const term of [...found.keys()].sort()) {
    writer.beginTerm(term);
    for (const { doc, packed, bytes } of found.get(term)!.sort((a, b) => a.doc - b.doc))
      writer.copyPosting(doc, packed, bytes, 0, bytes.length);
  }
  return writer.finish(lengths);
}

/** Documents of several segments among each other, in runs; some are removed. */
const INPUTS = fc
  .tuple(
    fc.array(fc.oneof(fc.nat(9), fc.nat(900)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 200 })), { maxLength: 30 }),
    fc.integer({ min: 0, max: 40 }),
    fc.nat(90),
  )
  .map(([sizes, runs, removed, seed]) => {
    const inputs = sizes.map((size, n) => ({
      segment: segmentOf(size, seed + n),
      docs: new Int32Array(size).fill(-1),
    }));
    const taken = sizes.map(() => 0);
    let documents = 0;
    const take = (input: number, count: number) => {
      for (let n = 0; n < count && taken[input]! < sizes[input]!; n++) {
        const doc = taken[input]!++;
        if (removed === 0 || (doc * 31 + seed) % 41 >= removed) inputs[input]!.docs[doc] = documents++;
      }
    };
    for (const [input, count] of runs) take(input % sizes.length, count);
    for (const input of sizes.keys()) take(input, sizes[input]!);
    return { inputs, documents };
  });

test('merged segments are those that are merged posting by posting', async () => {
  await fc.assert(
    fc.asyncProperty(INPUTS, async ({ inputs, documents }) => {
      const merged = await mergeSegments(inputs, documents);
      const expected = slowlyMerged(inputs, documents);
      expect(documentCount(merged)).toBe(documents);
      expect(segmentBytes(merged)).toBe(segmentBytes(expected));
    }),
    { numRuns: 60 },
  );
});

test('positions of many postings are skipped as one by one, wherever they are in memory', () => {
  const { frequencies, positions } = segmentOf(400, 1);
  const starts = [0];
  for (const packed of frequencies) starts.push(skipPositions({ positions }, starts.at(-1)!, packed));
  fc.assert(
    fc.property(fc.nat(frequencies.length), fc.nat(frequencies.length), fc.nat(5), (one, other, shift) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const moved = new Uint8Array(positions.length + shift).subarray(shift);
      moved.set(positions);
      expect(skipPostings({ frequencies, positions: moved }, starts[from]!, from, to)).toBe(starts[to]);
    }),
  );
});

test('more positions than there are end where the bytes end', () => {
  for (const length of [0, 1, 2, 5, 99]) {
    const positions = new Uint8Array(new ArrayBuffer(length + 1), 1, length);
    expect(skipPostings({ frequencies: new Uint16Array(500).fill(1), positions }, 0, 0, 500)).toBe(length);
  }
});
