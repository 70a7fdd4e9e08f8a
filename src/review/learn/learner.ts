export { explainRow } from './explain.ts';
export type { LearnerOptions } from './models.ts';
export { type PreparedPool, preparePool, preparePoolInSteps, withoutVectors } from './pool.ts';
export { LEARNER_VERSION, rankPool } from './rank.ts';
export type {
  Explanation,
  Label,
  LearnerInput,
  Ranking,
} from './types.ts';
