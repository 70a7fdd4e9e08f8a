import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateCollection, withMode } from '../../src/cli/evaluate-collection.ts';
import { renderEvaluations, renderKnownItems } from '../../src/cli/render-evaluation.ts';
import { collectionOf } from '../support/collection.ts';

test.each([
  ['runs/a.txt', 'runs/a.keyword.txt'],
  ['a.b.run', 'a.b.keyword.run'],
  ['runs.d/a', 'runs.d/a.keyword'],
])('several modes: %s becomes %s', (file, expected) => {
  expect(withMode(file, 'keyword')).toBe(expected);
});

test('measures and compares a run file without an index', async () => {
  const folder = await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\ta\t1'] });
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const request = { index: 'nowhere', modes: ['keyword'], qrels: 'test', fusion: 'weighted-sum' } as const;
  const score = await write('ours.run', 'q Q0 a 1 1 ours\n');
  const against = await write('theirs.run', 'q Q0 b 1 2 theirs\nq Q0 a 2 1 theirs\n');
  const results = await evaluateCollection(folder, { ...request, score, against });
  expect(renderEvaluations(results)).toBe(
    [
      'mode  queries  nDCG@10     MAP  MRR@10  recall@10  recall@100  success@1',
      'ours        1   1.0000  1.0000  1.0000     1.0000      1.0000     1.0000',
      '',
      'measure       ours  theirs  difference       p',
      'nDCG@10     1.0000  0.6309     +0.3691  1.0000',
      'MAP         1.0000  0.5000     +0.5000  1.0000',
      'MRR@10      1.0000  0.5000     +0.5000  1.0000',
      'recall@10   1.0000  1.0000     +0.0000  1.0000',
      'recall@100  1.0000  1.0000     +0.0000  1.0000',
      'success@1   1.0000  0.0000     +1.0000  1.0000',
    ].join('\n'),
  );

  const foreign = await write('foreign.run', 'other Q0 a 1 1 foreign\n');
  await expect(evaluateCollection(folder, { ...request, score, against: foreign })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('foreign.run'),
  });
});

test('prints known-item results with one line per mode and kind', () => {
  const result = { mode: 'hybrid', kind: 'title', queries: 2, perQuery: [] } as const;
  expect(renderKnownItems([{ ...result, 'success@1': 0.5, 'mrr@10': 0.75, 'recall@10': 1 }])).toBe(
    [
      'mode     kind  queries  success@1  MRR@10  recall@10',
      'hybrid  title        2     0.5000  0.7500     1.0000',
    ].join('\n'),
  );
});
