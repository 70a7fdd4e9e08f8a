import { expect, test } from 'vitest';
import { importLabels } from '../../src/review/import-labels.ts';
import { readLabels } from '../../src/review/records/records.ts';
import { ADA, BEN, reviewed } from './world.ts';

const fileOf = (...rows: string[]) => readLabels(new TextEncoder().encode(rows.join('\n')), 'labels.csv');

test('takes the labels of one reviewer of a file', async () => {
  const { reviews, id } = await reviewed();
  const notes = (decisions: string) => `"RAYYAN-INCLUSION: {${decisions}}"`;
  const both = notes('""Ama""=>""Included"", ""Kofi""=>""Excluded""');
  const file = await fileOf('title,doi,notes', `Honey bees of hive 0,10.1000/0,${both}`);
  await expect(importLabels(reviews, id, file, ADA)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    details: { reviewers: ['Ama', 'Kofi'] },
  });
  await expect(importLabels(reviews, id, file, ADA, { from: 'Esi' })).rejects.toThrow(
    '"Esi" has no labels in it',
  );
  expect(await importLabels(reviews, id, file, ADA, { from: 'Kofi' })).toMatchObject({ written: 1 });
  const { labels } = await reviews.paper(id, 'bee-0', ADA);
  expect(labels).toMatchObject([{ by: 'Ada', decision: 'exclude', chosenBy: 'file' }]);
});

test('writes reasons that are not criteria to the note', async () => {
  const { reviews, id } = await reviewed();
  const file = await fileOf(
    'doi,screening decision,screening reasons',
    '10.1000/1,exclude,Wrong animal; Too old',
  );
  expect(await importLabels(reviews, id, file, ADA)).toMatchObject({
    written: 1,
    unknownReasons: ['Too old'],
  });
  const { labels } = await reviews.paper(id, 'wasp-1', ADA);
  expect(labels).toMatchObject([{ reasons: ['wrong animal'], note: 'Reasons: Too old' }]);
});

test('reads both stages, and skips an exclusion by full text without a reason', async () => {
  const { reviews, id } = await reviewed();
  const file = await fileOf(
    'doi,screening decision,full-text decision,full-text reasons',
    '10.1000/0,include,exclude,no data',
    '10.1000/3,include,exclude,',
    '10.1000/6,include,include,',
  );
  const imported = await importLabels(reviews, id, file, ADA);
  expect(imported).toMatchObject({
    written: 5,
    problems: [{ reason: expect.stringContaining('needs a reason') }],
  });
  expect(await reviews.progress(id, ADA)).toMatchObject({
    fullText: { papers: 3, excluded: 1, included: 1 },
  });
});

test('writes nothing if one paper is decided by another', async () => {
  const { reviews, id } = await reviewed();
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, BEN);
  const file = await fileOf('doi,included', '10.1000/3,1', '10.1000/0,1');
  await expect(importLabels(reviews, id, file, ADA)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await reviews.progress(id, ADA)).toMatchObject({ own: { read: 0 } });
});
