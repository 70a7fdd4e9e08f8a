import { expect, test } from 'vitest';
import { mutated } from '../../scripts/fuzz/mutate.ts';
import { TARGETS } from '../../scripts/fuzz/targets.ts';
import { mulberry32 } from '../../src/util/random.ts';

/** Texts for each target; `scripts/fuzz/main.ts` tries more of them, guided by code coverage. */
const TEXTS = 200;

test.each(Object.entries(TARGETS))('%s: reads or refuses mutated texts', async (_name, target) => {
  const random = mulberry32(7);
  const seeds = target.seeds();
  for (let tried = 0; tried < TEXTS; tried++) {
    const text = mutated(seeds, (below) => Math.floor(random() * below));
    await expect(
      Promise.resolve(target.run(text)),
      JSON.stringify(text).slice(0, 3000),
    ).resolves.toBeUndefined();
  }
});
