import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../../src/search/api.ts';
import type { Candidate, Reranker } from '../../../src/search/rerank/reranker.ts';
import { rerankersOf } from '../../../src/search/rerank/rerankers.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const papers = Array.from({ length: 12 }, (_, i) =>
  paperOf({
    id: `p${String(i).padStart(2, '0')}`,
    title: `Alpha ${'beta '.repeat(i % 4)}gamma`,
    abstract: `Delta ${'alpha '.repeat(i)} epsilon number${i}. Another sentence about zeta ${i}.`,
    date: `2024-01-${String(i + 1).padStart(2, '0')}`,
  }),
);

/** Prefers the paper with the highest number; batches of two. */
class HighNumbers implements Reranker {
  readonly name = 'numbers';
  readonly bonusName = 'reranker';
  readonly needsVector = false;
  readonly batchSize = 2;
  readonly asked: Candidate[][] = [];
  closed = false;
  /** Called before each batch. */
  before: (signal: AbortSignal) => unknown = () => {};

  async compare(_: unknown, candidates: readonly Candidate[], signal: AbortSignal) {
    this.asked.push([...candidates]);
    await this.before(signal);
    return candidates.map(({ paper }) => {
      const bonus = Number(paper.id.slice(1)) / 12;
      return { bonus, formula: `numbers: ${bonus.toFixed(2)}` };
    });
  }

  async close() {
    this.closed = true;
  }
}

async function opened() {
  const reranker = new HighNumbers();
  /** One per answer that has a time budget. */
  const deadlines: AbortController[] = [];
  const deadlineAfter = () => {
    const deadline = new AbortController();
    deadlines.push(deadline);
    return deadline.signal;
  };
  const options = { rerankers: rerankersOf([reranker]), deadlineAfter };
  const { engine, snapshot } = await snapshotOver(papers, undefined, undefined, options);
  const ids = async (request: Partial<SearchRequest>) => {
    const { hits, reranked } = await snapshot.search({
      query: 'alpha beta',
      limit: 12,
      fallback: false,
      ...request,
    });
    return { ids: hits.map(({ paper }) => paper.id), reranked };
  };
  return { engine, snapshot, reranker, deadlines, ids };
}

describe('a request that names a reranker', () => {
  test.each(['keyword', 'semantic', 'hybrid'] as const)(
    'has its first papers reranked by it in mode %s',
    async (mode) => {
      const { ids, reranker } = await opened();
      const first = await ids({ mode });
      const { ids: found, reranked } = await ids({ mode, rerankBy: 'numbers', rerank: 5 });
      expect(reranked).toEqual({ by: 'numbers', papers: 5, outOfTime: false });
      expect(reranker.asked.map((batch) => batch.map(({ paper }) => paper.id))).toEqual([
        first.ids.slice(0, 5),
      ]);
      expect([...found].sort()).toEqual([...first.ids].sort());
      expect(found.slice(5)).toEqual(first.ids.slice(5));
      expect(found[0]).toBe([...first.ids.slice(0, 5)].sort().at(-1));
      expect(first.reranked).toBeUndefined();
    },
  );

  test('has 50 papers reranked unless it says how many, and none with 0', async () => {
    const { ids, reranker } = await opened();
    expect((await ids({ rerankBy: 'numbers' })).reranked).toMatchObject({ papers: 12 });
    expect(reranker.asked[0]).toHaveLength(12);
    expect((await ids({ rerankBy: 'numbers', rerank: 0 })).reranked).toBeUndefined();
  });

  test('explains the bonus as a part of the score', async () => {
    const { snapshot } = await opened();
    const { hits } = await snapshot.search({
      query: 'alpha beta',
      rerankBy: 'numbers',
      rerank: 3,
      explain: true,
    });
    for (const { score, explanation, rank } of hits) {
      const { parts } = explanation!;
      expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 6);
      const own = parts.filter(({ name }) => name === 'reranker');
      expect(own).toHaveLength(rank <= 3 ? 1 : 0);
      for (const { formula, score: bonus } of own) expect(formula).toBe(`numbers: ${bonus.toFixed(2)}`);
    }
  });

  test('has pages that follow one another, and compares its papers once for all of them', async () => {
    const { ids, reranker } = await opened();
    const request = { rerankBy: 'numbers', rerank: 5 };
    const { ids: whole } = await ids(request);
    const pages = [];
    for (const offset of [0, 3, 6, 9]) pages.push(...(await ids({ ...request, offset, limit: 3 })).ids);
    expect(pages).toEqual(whole);
    expect(reranker.asked).toHaveLength(1);
  });

  test.each([{ sort: 'date' }, { query: '', filters: { year: 2024 } }] as const)(
    'says that nothing was reranked with %o',
    async (other) => {
      const { ids, reranker } = await opened();
      const { reranked } = await ids({ rerankBy: 'numbers', ...other });
      expect(reranked).toEqual({ by: 'numbers', papers: 0, outOfTime: false });
      expect(reranker.asked).toEqual([]);
    },
  );

  test('says that nothing was reranked by sentences in keyword mode', async () => {
    const { ids } = await opened();
    const { reranked } = await ids({ mode: 'keyword', rerank: 5 });
    expect(reranked).toEqual({ by: 'sentences', papers: 0, outOfTime: false });
  });

  test('is refused with the known names when the name is unknown', async () => {
    const { ids } = await opened();
    await expect(ids({ rerankBy: 'letters' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'rerankBy: There is no reranker "letters". Known are: sentences, likely-sentences, numbers.',
    });
  });

  test('is refused when it has a time budget and nothing to rerank', async () => {
    const { ids } = await opened();
    await expect(ids({ rerankBudgetMs: 5 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('rerankBudgetMs: Nothing is reranked'),
    });
  });
});

describe('a time budget', () => {
  const request = { rerankBy: 'numbers', rerank: 12, rerankBudgetMs: 100 };

  test('that is not used up changes nothing', async () => {
    const { ids, reranker } = await opened();
    const { ids: within, reranked } = await ids(request);
    expect(reranked).toEqual({ by: 'numbers', papers: 12, outOfTime: false });
    expect(reranker.asked.map(({ length }) => length)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(within).toEqual((await ids({ ...request, rerankBudgetMs: undefined })).ids);
  });

  test('that ends leaves the papers that were not compared in their order, after the others', async () => {
    const { ids, reranker, deadlines } = await opened();
    const first = (await ids({})).ids;
    reranker.before = (signal) => {
      if (reranker.asked.length < 3) return;
      deadlines[0]!.abort();
      return new Promise((_, reject) => signal.addEventListener('abort', reject));
    };
    const { ids: cut, reranked } = await ids(request);
    expect(reranked).toEqual({ by: 'numbers', papers: 4, outOfTime: true });
    expect(cut.slice(0, 4).sort()).toEqual(first.slice(0, 4).sort());
    expect(cut[0]).toBe(first.slice(0, 4).sort().at(-1));
    expect(cut.slice(4)).toEqual(first.slice(4));

    // With all the time in the world, the same answer keeps its order while its pages are read.
    reranker.before = () => {};
    const pages = [];
    for (const offset of [0, 2, 4, 6, 8, 10])
      pages.push(...(await ids({ ...request, offset, limit: 2 })).ids);
    expect(pages).toEqual(cut);
    expect((await ids(request)).reranked).toEqual({ by: 'numbers', papers: 4, outOfTime: true });
    expect(deadlines).toHaveLength(1);
  });
});

describe('rerankers', () => {
  test('are closed with the engine', async () => {
    const { engine, reranker } = await opened();
    await engine.close();
    expect(reranker.closed).toBe(true);
  });

  test.each([['numbers'], ['sentences'], ['likely-sentences']])('cannot have the name %s twice', (name) => {
    const named = { ...new HighNumbers(), name, compare: async () => [] };
    expect(() => rerankersOf([new HighNumbers(), named])).toThrow(`more than one reranker called "${name}"`);
  });
});
