export { explainRow } from './explain.ts';
export { type PreparedPool, preparePool } from './pool.ts';
export { LEARNER_VERSION, type LearnerOptions, rankPool } from './rank.ts';
export type {
  Explanation,
  Label,
  LearnerInput,
  NearestLabel,
  PoolTexts,
  PoolVectors,
  Ranking,
  TermReason,
  TermSpan,
} from './types.ts';
