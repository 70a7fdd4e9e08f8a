import type { RerankerModel } from './reranker.ts';

/** What the models of an index are for, and those that compare its answers more closely. */
export const TASKS = ['embedding', 'reranking'] as const;
export type Task = (typeof TASKS)[number];

/** What requests call the comparison of sentences: all of an abstract, or the one with most words of the query. */
export const SENTENCES = 'sentences';
export const LIKELY_SENTENCES = 'likely-sentences';

/** Whether requests mean a comparison of sentences by a name, so that no model can have it. */
export function comparesSentences(name: string): boolean {
  return name === SENTENCES || name === LIKELY_SENTENCES;
}

/** Whether a model is a reranker. */
export function isReranker<T extends object>(model: T | RerankerModel): model is RerankerModel {
  return 'task' in model && model.task === 'reranking';
}
