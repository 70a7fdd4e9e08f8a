import { expect, test } from 'vitest';
import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';

test.each([
  ['a --gap --mode keyword', '--gap goes with nothing but'],
  ['a --gap --rerank 5', '--gap goes with nothing but'],
  ['a --gap --no-second-look', '--gap goes with nothing but'],
  ['a --gap --against b', '--gap goes with nothing but'],
  ['a --score b --mode keyword', 'no --mode but related'],
  ['a --score b --rerank 5', '--score reads a run'],
  ['a --score b --no-second-look', '--score reads a run'],
  ['a --score b --run c', '--score reads a run'],
  ['--known-item --run c', '--known-item goes without'],
  ['a --known-item', 'without one'],
])('evaluate %s is refused', async (args, message) => {
  await expect(evaluateCommand().parseAsync(args.split(' '), { from: 'user' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(message),
  });
});

test.each(['nowhere --score b --mode related', 'nowhere --score b'])(
  'evaluate %s goes on to read its files',
  async (args) => {
    await expect(evaluateCommand().parseAsync(args.split(' '), { from: 'user' })).rejects.toMatchObject({
      code: 'NO_INPUT',
    });
  },
);
