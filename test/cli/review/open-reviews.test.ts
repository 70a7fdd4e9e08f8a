import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withReviews } from '../../../src/cli/review/open-reviews.ts';
import { ADA, reviewed } from '../../review/world.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('reviews that were copied without their index are replayed and continued', async () => {
  const { folder, reviews, id } = await reviewed();
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  const expected = await reviews.replay(id);
  const index = await temporaryFolder();
  await expect(withReviews({ index }, (copied) => copied.list())).rejects.toMatchObject({
    code: 'INDEX_MISSING',
  });
  await cp(join(folder, 'kept/reviews'), join(index, 'kept/reviews'), { recursive: true });
  await withReviews({ index }, async (copied) => {
    expect(await copied.replay(id)).toEqual(expected);
    await copied.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
    expect(await copied.read(id)).toMatchObject({ decided: 2, poolOutdated: false });
    await expect(copied.updatePool(id, ADA)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });
});
