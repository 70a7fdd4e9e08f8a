/**
 * Ingests papers with an encoder that costs nothing and prints the peak memory of the process: that of an ingest without
 * the model, which runs in a separate process.
 *   npx tsx scripts/measure-ingest-memory.ts 100000          from nothing
 *   npx tsx scripts/measure-ingest-memory.ts 100000 --again  the same papers again
 * Papers come from the corpora of the bench. Results are in scripts/measurements/ingest-memory.md.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncodeOptions, Encoder, EncoderInput } from '../src/encode/encoder.ts';
import { normalize } from '../src/encode/pooling.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { corpusFile } from './bench/corpora.ts';

const DIMENSION = 384;

/** Pseudo-random unit vectors, which depend on the lengths of texts. */
const encoder: Encoder = {
  model: { name: 'none', dimension: DIMENSION, maxTokens: 256, digest: 'none' },
  encode: async (texts: readonly EncoderInput[], { onVector, onProgress, signal }: EncodeOptions = {}) => {
    const vectors = new Float32Array(texts.length * DIMENSION);
    texts.forEach((text, n) => {
      const vector = vectors.subarray(n * DIMENSION, (n + 1) * DIMENSION);
      let state = JSON.stringify(text).length;
      for (let i = 0; i < DIMENSION; i++) {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        vector[i] = state / 2 ** 30 - 1;
      }
      normalize(vector);
      onVector?.(n, vector);
    });
    onProgress?.(texts.length, texts.length);
    signal?.throwIfAborted();
    return vectors;
  },
  close: async () => {},
};

const count = Number(process.argv[2] ?? 100_000);
const index = join(tmpdir(), `paper-search-memory-${count}`);
if (!process.argv.includes('--again')) await rm(index, { recursive: true, force: true });
const started = performance.now();
const { papers, added, unchanged } = await ingest([await corpusFile(count)], { index, encoder });
const seconds = (performance.now() - started) / 1000;
// Kilobytes, on every system (Node's documentation of resourceUsage).
const peak = process.resourceUsage().maxRSS / 1000;
process.stdout.write(
  `${papers} papers, ${added} added, ${unchanged} unchanged: ${peak.toFixed(0)} MB at most, ${seconds.toFixed(0)} s\n`,
);
