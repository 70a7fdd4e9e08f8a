/**
 * Encodes the papers of the bench with the bundled model and caches the vectors. An interrupted run resumes where it
 * stopped. Needs a build:
 *   npm run build && npx tsx scripts/bench/vectors.ts 50000
 */
import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBulkEncoder } from '../../dist/encode/process-encoder.js';
import { bundledModel } from '../../src/encode/model/minilm.ts';
import { infoOf } from '../../src/encode/models/model.ts';
import { CACHE, corpusFile, papersOf, REAL_PAPERS } from './corpora.ts';

const CHUNK = 512;
const { dimension, digest } = infoOf(bundledModel());
const FILE = join(CACHE, `vectors-${digest.slice(0, 12)}.f32`);

/** The vectors of the first `count` papers (n × dimension, L2-normalised), as far as they exist. */
export async function cachedVectors(count: number): Promise<Float32Array> {
  return vectorsIn(FILE, count);
}

/** Encodes the first `count` papers of the bench, except those whose vectors are cached. */
export async function encodeOwn(count: number): Promise<void> {
  await encodeMissing(await corpusFile(REAL_PAPERS), FILE, count);
}

/** The vectors of the first `count` papers of a corpus file (count × dimension); missing ones are encoded. */
export async function encodedVectors(papersFile: string, count: number): Promise<Float32Array> {
  const file = papersFile.replace(/\.jsonl$/, `-${digest.slice(0, 12)}.f32`);
  await encodeMissing(papersFile, file, count);
  return vectorsIn(file, count);
}

async function vectorsIn(file: string, count: number): Promise<Float32Array> {
  if (!existsSync(file)) return new Float32Array(0);
  const bytes = await readFile(file);
  const rows = Math.min(count, Math.floor(bytes.length / (4 * dimension)));
  return new Float32Array(bytes.buffer, bytes.byteOffset, rows * dimension).slice();
}

async function encodeMissing(papersFile: string, vectorsFile: string, count: number): Promise<void> {
  const row = 4 * dimension;
  const there = existsSync(vectorsFile) ? Math.floor((await stat(vectorsFile)).size / row) : 0;
  if (there >= count) return;
  const encoder = createBulkEncoder();
  const file = await open(vectorsFile, existsSync(vectorsFile) ? 'r+' : 'w');
  try {
    let index = 0;
    let chunk: { title: string; body: string }[] = [];
    let position = there * row;
    const flush = async () => {
      const vectors = await encoder.encode(chunk);
      await file.write(new Uint8Array(vectors.buffer), 0, vectors.byteLength, position);
      position += vectors.byteLength;
      chunk = [];
      process.stderr.write(`\r${position / row} of ${count} papers encoded`);
    };
    for await (const { title, abstract } of papersOf(papersFile, count)) {
      if (index++ < there) continue;
      chunk.push({ title, body: abstract });
      if (chunk.length === CHUNK) await flush();
    }
    if (chunk.length > 0) await flush();
  } finally {
    await file.close();
    await encoder.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await encodeOwn(Number(process.argv[2] ?? 10_000));
}
