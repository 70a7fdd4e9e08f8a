import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import type { KeywordIndex } from '../../../src/indexes/keyword/keyword-index.ts';
import { queryTerms } from '../../../src/indexes/keyword/query-terms.ts';
import { warmUp } from '../../../src/indexes/keyword/warm-up.ts';
import { paperOf } from '../../support/papers.ts';

const papers = [
  paperOf({ title: 'Neural networks that learn', abstract: 'Gradients, and a dataset of images.' }),
  paperOf({ title: 'Pruning', abstract: '' }),
  paperOf({ title: 'Self-improvement of agents', abstract: 'Agents improve themselves.' }),
];

/** An index that counts what it is asked. */
async function counted(): Promise<{ readonly index: KeywordIndex; readonly asked: () => number }> {
  const index = await bm25Engine.build(papers);
  let asked = 0;
  const top: KeywordIndex['top'] = index.top.bind(index);
  index.top = (...question) => {
    asked++;
    return top(...question);
  };
  return { index, asked: () => asked };
}

describe('a warm-up', () => {
  test('asks at least one question, and changes no answer', async () => {
    const { index, asked } = await counted();
    const terms = queryTerms('neural agents improve', index);
    const before = index.top(terms, 10, true);
    await warmUp(index, papers, undefined, 0);
    expect(asked()).toBe(2);
    expect(index.top(terms, 10, true)).toEqual(before);
  });

  test('asks a further index each question once', async () => {
    const { index, asked } = await counted();
    await warmUp((await counted()).index, papers, undefined, 0);
    await warmUp(index, papers, undefined, 1000);
    // Two pairs and one, the three titles, and the abstract of the first.
    expect(asked()).toBe(7);
  });

  test('asks an index without papers nothing', async () => {
    const { index, asked } = await counted();
    await warmUp(index, [], undefined, 1000);
    expect(asked()).toBe(0);
  });

  test('asks a large index only for titles', async () => {
    const { index, asked } = await counted();
    await warmUp((await counted()).index, papers, undefined, 0);
    const many = { length: 300_000, at: () => papers[0] };
    await warmUp(index, many, undefined, 1000);
    expect(asked()).toBe(12 * 3);
  });

  test('ends when it is aborted', async () => {
    const { index } = await counted();
    await expect(warmUp(index, papers, AbortSignal.abort(new Error('closed')))).rejects.toThrow('closed');
  });
});
