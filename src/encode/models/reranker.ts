import { z } from 'zod';
import { ModelSchema } from './model.ts';

/** The file `model.json` of an added cross-encoder, which reads a query and a paper together. */
export const RerankerSchema = ModelSchema.pick({
  name: true,
  source: true,
  architecture: true,
  layers: true,
  maxTokens: true,
  files: true,
}).extend({
  task: z.literal('reranking'),
  /**
   * Logits for a pair: one, of which the logistic function is the relevance, or two, of which the second one is for
   * relevant.
   */
  labels: z.union([z.literal(1), z.literal(2)]),
  /** How much its relevance counts beside the first ranking: the share of the maximum score that 1 adds. */
  weight: z.number().positive().max(1),
});
export type RerankerModel = Readonly<z.infer<typeof RerankerSchema>>;
