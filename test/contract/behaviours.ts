import { describe, expect, test } from 'vitest';
import { type Snapshot, withSnapshot } from '../../src/search/engine.ts';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import type { Stage } from './stage.ts';

/** Tests of what several answers have to do with each other. @param stageOf the stage, once it is ready. */
export function testBehaviours(stageOf: () => Stage): void {
  const on = (state: 'first' | 'later' | 'wide') => stageOf().asked[state];

  describe('pages', () => {
    test.each(SEARCH_MODES)('of an answer, %s, have each paper of the whole once', async (mode) => {
      const { snapshot } = on('later');
      const request = { query: 'language models of graphs', mode, highlight: false };
      const { hits, total } = await snapshot.search({ ...request, limit: 200 });
      const paged: string[] = [];
      for (let offset = 0; offset < total; offset += 9) {
        const page = await snapshot.search({ ...request, offset, limit: 9 });
        expect(page.total).toBe(total);
        paged.push(...page.hits.map(({ paper }) => paper.id));
      }
      expect(paged).toEqual(hits.map(({ paper }) => paper.id));
      expect(new Set(paged).size).toBe(total);
    });

    test.each(['date', 'title', 'citations', 'added'] as const)(
      'of many papers by %s have each once',
      async (sort) => {
        const { snapshot } = on('wide');
        const seen = new Set<string>();
        for (let offset = 0; offset < 1500; offset += 250) {
          const { hits } = await snapshot.search({ query: '', sort, offset, limit: 250, highlight: false });
          for (const { paper } of hits) seen.add(paper.id);
        }
        expect(seen.size).toBe(1500);
      },
    );

    test('of a ranking by keyword reach its end, beyond what are candidates of the first', async () => {
      const { snapshot } = on('wide');
      const seen = new Set<string>();
      const request = { query: 'model', mode: 'keyword', limit: 100, highlight: false } as const;
      const { total } = await snapshot.search(request);
      for (let offset = 0; offset < total; offset += 100) {
        const { hits } = await snapshot.search({ ...request, offset });
        for (const { paper } of hits) seen.add(paper.id);
      }
      expect(total).toBeGreaterThan(600);
      expect(seen.size).toBe(total);
    });

    test('after a paper go on where the page before ended', async () => {
      const { snapshot } = on('later');
      const paged: string[] = [];
      let after: { id: string; added: string } | undefined;
      for (;;) {
        const { hits } = await snapshot.search({
          query: '',
          sort: 'added',
          after,
          limit: 13,
          highlight: false,
        });
        if (hits.length === 0) break;
        paged.push(...hits.map(({ paper }) => paper.id));
        const { id, added } = hits.at(-1)!.paper;
        after = { id, added: added! };
      }
      const { hits } = await snapshot.search({ query: '', sort: 'added', limit: 100, highlight: false });
      expect(paged).toEqual(hits.map(({ paper }) => paper.id));
      expect(paged).toHaveLength(68);
    });
  });

  describe('explanations', () => {
    test.each(SEARCH_MODES)('have parts that add up to the score, %s', async (mode) => {
      const { snapshot } = on('first');
      for (const query of ['self-improvement of language models', 'worms 2020', 'photobleaching by Dupont']) {
        const { hits } = await snapshot.search({ query, mode, explain: true, limit: 5 });
        for (const { score, explanation } of hits) {
          expect(explanation!.score).toBe(score);
          const sum = explanation!.parts.reduce((total, part) => total + part.score, 0);
          expect(sum).toBeCloseTo(score, 6);
          const { keyword } = explanation!;
          if (keyword) {
            const terms = keyword.terms.reduce((total, term) => total + term.score, 0);
            expect(terms).toBeCloseTo(keyword.score, 5);
          }
        }
      }
    });
  });

  describe('snapshots', () => {
    test('have ids of their own, and the newest is acquired', async () => {
      const first = on('first').snapshot.id;
      const later = on('later').snapshot.id;
      expect(first).not.toBe(later);
      expect(await withSnapshot(stageOf().following.engine, ({ id }) => id)).toBe(later);
    });

    test('answer on, all methods alike, when they are not the newest', async () => {
      const facts = async (snapshot: Snapshot) => ({
        papers: (await snapshot.stats()).papers,
        count: await snapshot.count({}),
        found: (await snapshot.search({ query: 'photo bleaching', mode: 'keyword' })).total,
        completed: (await snapshot.suggest('zebra')).length,
      });
      expect(await facts(on('first').snapshot)).toEqual({ papers: 67, count: 67, found: 2, completed: 0 });
      expect(await facts(on('later').snapshot)).toEqual({ papers: 68, count: 68, found: 1, completed: 2 });
    });
  });

  describe('over HTTP', () => {
    test('an answer names its snapshot, and is not sent again to who has it', async () => {
      const { url, snapshot } = on('later');
      const path = `${url}/v1/search?q=self-improvement`;
      const first = await fetch(path);
      expect(first.headers.get('x-paper-search-snapshot')).toBe(snapshot.id);
      const etag = first.headers.get('etag')!;
      const again = await fetch(path, { headers: { 'If-None-Match': etag } });
      expect(again.status).toBe(304);
      expect(again.headers.get('x-paper-search-snapshot')).toBe(snapshot.id);
      const other = await fetch(`${path}&limit=3`, { headers: { 'If-None-Match': etag } });
      expect(other.status).toBe(200);
    });

    test('the newest snapshot is ready and counted', async () => {
      const { url, snapshot } = on('later');
      expect((await fetch(`${url}/ready`)).status).toBe(200);
      const stats = await (await fetch(`${url}/v1/stats`)).json();
      expect(stats).toMatchObject({ snapshot: snapshot.id, papers: 68 });
    });
  });

  // Last, since it publishes another snapshot.
  describe('a change', () => {
    test('that reads the same files again changes no paper', async () => {
      const { corpus, following, asked } = stageOf();
      await corpus.ingest([new URL('corpus/later.jsonl', import.meta.url).pathname]);
      await following.refresh();
      const total = await withSnapshot(following.engine, (snapshot) => snapshot.count({}));
      expect(total).toBe(68);
      expect(await asked.later.snapshot.count({})).toBe(68);
    });

    test('takes papers out, and brings them back', async () => {
      const { corpus, following, asked } = stageOf();
      const count = () => withSnapshot(following.engine, (snapshot) => snapshot.count({}));
      await corpus.remove(['bm25', 'tie-a']);
      await following.refresh();
      expect(await count()).toBe(66);
      await corpus.ingest([new URL('corpus/papers.jsonl', import.meta.url).pathname]);
      await following.refresh();
      // With the two that were removed before.
      expect(await count()).toBe(70);
      expect(await asked.later.snapshot.count({ ids: ['bm25'] })).toBe(1);
    });
  });
}
