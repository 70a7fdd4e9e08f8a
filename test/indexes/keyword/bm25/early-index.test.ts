import { expect, test } from 'vitest';
import { EarlyIndex } from '../../../../src/indexes/keyword/bm25/early-index.ts';
import { bm25Engine } from '../../../../src/indexes/keyword/bm25/engine.ts';
import { inverterFor } from '../../../../src/indexes/keyword/bm25/thread/inverter.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { paperOf } from '../../../support/papers.ts';

const PAPERS = Array.from({ length: 57 }, (_, n) =>
  paperOf({ id: `p${n}`, title: `Graph ${n}`, abstract: `Few-shot graphs ${n % 5}, neural ones.` }),
);
const early = (many = 10) => new EarlyIndex(() => inverterFor(0), many, 16);

async function built(papers: readonly Paper[]): Promise<Buffer> {
  return Buffer.concat((await bm25Engine.build(papers)).serialize());
}

test('is the index of the papers in their order, whichever were added before', async () => {
  const build = early();
  // Every third comes later; the others backwards, and two that are not as they were added.
  const added = PAPERS.filter((_, n) => n % 3 !== 0).reverse();
  const positions = Int32Array.from(added, (paper, n) => (n === 4 || n === 20 ? -1 : PAPERS.indexOf(paper)));
  for (const [n, paper] of added.entries()) {
    await build.add(positions[n]! < 0 ? { ...paper, title: 'Another' } : paper);
  }
  expect(build.hasBegun).toBe(true);
  const parts = await build.finish(PAPERS, positions);
  expect(Buffer.concat(parts).equals(await built(PAPERS))).toBe(true);
});

test('does nothing with few papers, and can be finished all the same', async () => {
  const build = early(100);
  for (const paper of PAPERS) await build.add(paper);
  expect(build.hasBegun).toBe(false);
  const parts = await build.finish(PAPERS, Int32Array.from(PAPERS.keys()));
  expect(Buffer.concat(parts).equals(await built(PAPERS))).toBe(true);
});

test('ends when the signal aborts', async () => {
  const build = early();
  for (const paper of PAPERS.slice(20)) await build.add(paper);
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  const positions = Int32Array.from({ length: PAPERS.length - 20 }, (_, n) => n + 20);
  await expect(build.finish(PAPERS, positions, stop.signal)).rejects.toThrow('enough');
});
