import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { publishTuning } from '../../../src/indexes/store/publish-tuning.ts';
import { publishSnapshot } from '../../../src/indexes/store/snapshot-writer.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { contentOf } from '../../support/snapshot-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'ENOTSUP' })),
}));

test('copies the files where the file system has no links', async () => {
  const folder = await temporaryFolder();
  const before = await publishSnapshot(folder, contentOf(), '1.2.3');
  const figures = { queries: 60, default: 0.5, tuned: 0.6, p: 0.01 };
  const tuning = { lexicalShare: 0.4, papers: 1, seed: 1, figures: { fit: figures, check: figures } };
  const tuned = await publishTuning(folder, tuning);
  expect(await verifyIndex(folder)).toEqual({ snapshot: tuned, damages: [] });
  const inodeOf = async (snapshot: string) => (await stat(join(folder, snapshot, 'papers.jsonl'))).ino;
  expect(await inodeOf(tuned)).not.toBe(await inodeOf(before));
});
