import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { publishTuning } from '../../src/indexes/store/publish-tuning.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { DEFAULT_FUSION_WEIGHTS } from '../../src/search/fuse/methods.ts';
import type { SearchMode } from '../../src/search/mode.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RECORDS = [
  { id: 'by-title', title: 'Zebras', abstract: 'Animals of the plain.' },
  { id: 'by-abstract', title: 'Horses', abstract: 'A zebra, one more zebra, a third zebra.' },
];
const FIGURES = { queries: 60, default: 0.5, tuned: 0.6, p: 0.01 };
const { k1, b, fieldWeights } = bm25Engine.weights!;

/** The answer of an index with these weights. */
async function answerOf(title: number, lexicalShare: number, mode: SearchMode) {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const index = join(folder, 'index');
  const encoder = new HashingEncoder();
  await ingest([file], { index, encoder });
  const bm25 = { k1, b, fieldWeights: { ...fieldWeights, title } };
  const tuning = { lexicalShare, bm25, papers: 2, seed: 1, figures: { fit: FIGURES, check: FIGURES } };
  await publishTuning(index, tuning);
  const engine = await openIndex(index, { encoder });
  const snapshot = await engine.acquire();
  const { hits } = await snapshot.search({ query: 'zebra', mode, explain: true });
  await engine.close();
  return hits;
}

test.each([
  [9, 'by-title'],
  [0.1, 'by-abstract'],
])('ranks by the title weight %d of the index', async (title, first) => {
  const [hit] = await answerOf(title, DEFAULT_FUSION_WEIGHTS.lexicalShare, 'keyword');
  expect(hit!.paper.id).toBe(first);
});

test('fuses by the keyword share of the index', async () => {
  const [hit] = await answerOf(4, 1, 'hybrid');
  const { keyword, parts } = hit!.explanation!;
  expect(hit!.score).toBeCloseTo(keyword!.score / keyword!.most, 6);
  expect(parts.find(({ name }) => name === 'semantic')!.score).toBeCloseTo(0, 12);
});
