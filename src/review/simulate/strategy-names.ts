/**
 * What is read next: `max`, the paper that the learner ranks first, as in a review; `mixed`, one paper in twenty at random instead, as
 * ASReview's `HybridMaxRandom`; `random`, any paper, which is what learning is compared with.
 */
export const QUERY_STRATEGIES = ['max', 'mixed', 'random'] as const;
export type QueryStrategy = (typeof QUERY_STRATEGIES)[number];
