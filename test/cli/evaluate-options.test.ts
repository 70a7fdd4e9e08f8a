import { expect, test } from 'vitest';
import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';

test.each([
  ['a --gap --mode keyword', '--gap can be combined only with'],
  ['a --gap --rerank 5', '--gap can be combined only with'],
  ['a --gap --rerank tiny', '--gap can be combined only with'],
  ['a --gap --no-second-look', '--gap can be combined only with'],
  ['a --gap --against b', '--gap can be combined only with'],
  ['a --score b --mode keyword', 'accepts only --mode related'],
  ['a --score b --rerank 5', '--score reads a run'],
  ['a --score b --rerank sentences', '--score reads a run'],
  ['a --rerank-depth 5', '--rerank-depth needs --rerank'],
  ['a --score b --no-second-look', '--score reads a run'],
  ['a --score b --run c', '--score reads a run'],
  ['a --gap --depth 5', '--gap can be combined only with'],
  ['a --gap --pool b', '--gap can be combined only with'],
  ['a --score b --depth 5', '--score reads a run'],
  ['a --score b --pool c', '--score reads a run'],
  ['a --score b --mode related-keyword', 'accepts only --mode related'],
  ['--known-item --run c', '--known-item cannot be combined with'],
  ['--known-item --depth 5', '--known-item cannot be combined with'],
  ['--known-item --pool c', '--known-item cannot be combined with'],
  ['--known-item --mode related-semantic', 'it measures text queries'],
  ['a --known-item', 'without one'],
])('rejects evaluate %s', async (args, message) => {
  await expect(evaluateCommand().parseAsync(args.split(' '), { from: 'user' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(message),
  });
});

test.each(['nowhere --score b --mode related', 'nowhere --score b'])(
  'accepts evaluate %s, and reads its files',
  async (args) => {
    await expect(evaluateCommand().parseAsync(args.split(' '), { from: 'user' })).rejects.toMatchObject({
      code: 'NO_INPUT',
    });
  },
);
