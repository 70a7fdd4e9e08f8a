import { shareStillUnseen } from './discovery-model.ts';
import { total } from './history.ts';
import type { Progress } from './rules.ts';

/**
 * The papers that still have to be read until the target is reached, if `unseen` includes are left and are found as the models whose
 * clock counts papers expect.
 * @returns 0 or more; undefined before screening found an include.
 */
export function workToTarget(
  { draws, target, opinions }: Pick<Progress, 'draws' | 'target' | 'opinions'>,
  unseen: number,
): number | undefined {
  const inDraws = total(draws.found);
  const opinion = opinions.find(({ family }) => family.clock === 'papers');
  if (inDraws === 0 || opinion === undefined) return undefined;
  const found = inDraws + draws.knownIncludes;
  const missing = Math.ceil(target * (found + unseen) - 1e-9) - found;
  if (missing <= 0) return 0;
  const stillUnseen = shareStillUnseen(opinion.posterior, draws, unseen);
  const enough = (more: number) => unseen * (1 - stillUnseen(more)) >= missing - 0.5;
  let tooFew = 0;
  let most = draws.poolSize - draws.found.length;
  while (most - tooFew > 1) {
    const middle = Math.floor((tooFew + most) / 2);
    if (enough(middle)) most = middle;
    else tooFew = middle;
  }
  return most;
}
