import type { RerankerModel } from './reranker.ts';

/** What the models of an index are for, and those that compare its answers more closely. */
export const TASKS = ['embedding', 'reranking'] as const;
export type Task = (typeof TASKS)[number];

/** What requests call the comparison of sentences, so that no model can have the name. */
export const SENTENCES = 'sentences';

/** Whether a model is a reranker. */
export function isReranker<T extends object>(model: T | RerankerModel): model is RerankerModel {
  return 'task' in model && model.task === 'reranking';
}
