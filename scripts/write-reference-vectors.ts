/**
 * Writes test/encode/reference/sample-fp32.json: the vectors of the sample papers from the 32-bit weights.
 * Run it again only if the encoded text of a paper changes:
 *   npx tsx scripts/write-reference-vectors.ts
 */
import { writeFile } from 'node:fs/promises';
import { createLocalEncoder } from '../src/encode/local-encoder.ts';
import { samplePapers } from '../test/support/sample.ts';

const encoder = await createLocalEncoder({ precision: 'fp32' });
const vectors: Record<string, string> = {};
for (const { id, title, abstract } of await samplePapers()) {
  const vector = await encoder.encode([{ title, body: abstract }]);
  vectors[id] = Buffer.from(vector.buffer).toString('base64');
}
await encoder.close();
const file = new URL('../test/encode/reference/sample-fp32.json', import.meta.url);
await writeFile(file, `${JSON.stringify({ model: encoder.model, vectors }, null, 2)}\n`);
