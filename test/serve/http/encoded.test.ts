import { expect, test } from 'vitest';
import { servedApp } from '../../support/app.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const papers = ['bees', 'wasps', 'ants'].map((title) =>
  paperOf({ id: title, title, abstract: `${title} hum` }),
);
const PATHS = ['/v1/search?q=bees', '/v1/papers/bees/related', '/v1/stats', '/health', '/ready'];

async function ask(hasVector: (id: string) => boolean) {
  const { engine } = await snapshotOver(papers, undefined, undefined, {
    hasVector: ({ id }) => hasVector(id),
  });
  const { url } = await servedApp({ engine });
  const answers = await Promise.all(PATHS.map(async (path) => (await fetch(`${url}${path}`)).json()));
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return { answers, without: /^paper_search_papers_without_vector (\d+)$/m.exec(metrics)?.[1] };
}

test('answers, statistics, probes and metrics say how many papers have a vector', async () => {
  const { answers, without } = await ask((id) => id === 'bees');
  for (const [i, answer] of answers.entries())
    expect(answer, PATHS[i]).toMatchObject({ encoded: { papers: 1, of: 3 } });
  expect(without).toBe('2');
});

test('they say nothing once all papers have one', async () => {
  const { answers, without } = await ask(() => true);
  for (const [i, answer] of answers.entries()) expect(answer, PATHS[i]).not.toHaveProperty('encoded');
  expect(without).toBe('0');
});
