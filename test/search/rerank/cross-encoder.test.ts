import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLocalScorer } from '../../../src/encode/local-scorer.ts';
import { addModelOrReranker } from '../../../src/encode/models/add.ts';
import { removeModel } from '../../../src/encode/models/registry.ts';
import type { PairScorer } from '../../../src/encode/pair-scorer.ts';
import { addedRerankers } from '../../../src/search/rerank/added-rerankers.ts';
import { byCrossEncoder } from '../../../src/search/rerank/by-cross-encoder.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';

const candidate = (title: string, abstract = '') => ({
  paper: paperOf({ title, abstract }),
  score: 1,
  cosine: undefined,
});

describe('byCrossEncoder', () => {
  const asked: unknown[] = [];
  const scorer: PairScorer = {
    score: async (...pair) => {
      asked.push(pair);
      return Float32Array.of(0, Math.log(3), -100);
    },
    close: async () => {},
  };
  const query = { text: 'q', vector: undefined };
  const candidates = [candidate('A', 'Of a.'), candidate('B'), candidate('C')];
  const { signal } = new AbortController();

  test('turns logits into bonuses by the logistic function, and says so', async () => {
    const comparisons = await byCrossEncoder('tiny', scorer, 1).compare(query, candidates, signal);
    expect(comparisons.map(({ bonus }) => bonus)).toEqual([
      0.5,
      expect.closeTo(0.75, 6),
      expect.closeTo(0, 6),
    ]);
    expect(comparisons.map(({ formula }) => formula)).toEqual(['tiny: 0.50', 'tiny: 0.75', 'tiny: 0.00']);
    const passages = [
      { title: 'A', body: 'Of a.' },
      { title: 'B', body: '' },
      { title: 'C', body: '' },
    ];
    expect(asked).toEqual([['q', passages, { signal }]]);
  });

  test('multiplies the relevance by the weight of the model', async () => {
    const [first] = await byCrossEncoder('tiny', scorer, 0.4).compare(query, candidates, signal);
    expect(first).toEqual({ bonus: 0.2, formula: 'tiny: 0.4 × 0.50' });
  });
});

describe('an added cross-encoder', () => {
  const words = ['stars', 'apple', 'cherry', 'grape', 'lemon', 'date', 'fig'];
  const papers = [
    paperOf({ id: 'none', title: 'Stars', abstract: 'Stars stars stars and lemon trees.' }),
    paperOf({ id: 'one', title: 'Cherry', abstract: 'Stars and grape lemon trees date.' }),
    paperOf({ id: 'both', title: 'Fig', abstract: 'Apple grape lemon trees in a garden of stars.' }),
  ];

  beforeEach(async () => {
    vi.stubEnv('PAPER_SEARCH_MODELS', await temporaryFolder());
    await add('tiny');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function add(name: string, weight = 1): Promise<void> {
    const from = await temporaryFolder();
    await writeTinyModel(from, { kind: 'reranker', words });
    await addModelOrReranker(name, { from, weight });
  }

  /** Rerankers in this process, and what happened to their models. */
  function rerankers() {
    const events: string[] = [];
    const added = addedRerankers((model) => {
      events.push(`open ${model.name} ${model.weight}`);
      let scorer: ReturnType<typeof createLocalScorer> | undefined;
      return {
        score: async (...pair) => {
          scorer ??= createLocalScorer(model);
          return (await scorer).score(...pair);
        },
        close: async () => {
          events.push(`close ${model.name}`);
          await (await scorer)?.close();
        },
      };
    });
    return { added, events };
  }

  test('reranks and explains, in every mode', async () => {
    const { added, events } = rerankers();
    const { engine, snapshot } = await snapshotOver(papers, undefined, undefined, { rerankers: added });
    for (const mode of ['keyword', 'semantic', 'hybrid'] as const) {
      const asked = { query: 'apple stars', mode, fallback: false, rerankBy: 'tiny', explain: true } as const;
      const { hits, reranked } = await snapshot.search(asked);
      expect(reranked).toEqual({ by: 'tiny', papers: 3, outOfTime: false });
      const relevance = new Map<string, number>();
      for (const { paper, score, explanation } of hits) {
        const { parts } = explanation!;
        expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 5);
        const own = parts.find(({ name }) => name === 'cross-encoder')!;
        relevance.set(paper.id, Number(/^tiny: (0\.\d\d)$/.exec(own.formula)![1]));
      }
      // Repeated words count for the model as often as they are there.
      expect(relevance.get('both')).toBeGreaterThan(relevance.get('one')!);
    }
    expect(events).toEqual(['open tiny 1']);
    await engine.close();
    expect(events).toEqual(['open tiny 1', 'close tiny']);
  });

  test('is listed when a name is unknown, also if it was added later', async () => {
    const { added } = rerankers();
    const { snapshot } = await snapshotOver(papers, undefined, undefined, { rerankers: added });
    const search = (rerankBy: string) => snapshot.search({ query: 'stars', rerankBy, fallback: false });
    await expect(search('other')).rejects.toThrow('Known are: sentences, likely-sentences, tiny.');
    await add('other', 0.5);
    expect((await search('other')).reranked).toEqual({ by: 'other', papers: 3, outOfTime: false });
  });

  test('is refused when it has been replaced, whose cached answers would be of the old one', async () => {
    const { added } = rerankers();
    const used = await added.find('tiny');
    expect(await added.find('tiny')).toBe(used);
    await removeModel('tiny');
    expect(await added.find('tiny')).toBeUndefined();
    await add('tiny', 0.5);
    await expect(added.find('tiny')).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('Restart'),
    });
    await added.close();
  });
});
