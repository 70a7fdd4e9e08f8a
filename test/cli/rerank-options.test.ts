import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  type RerankOptions,
  rerankBudgetOption,
  rerankDepthOption,
  rerankOption,
  rerankRequest,
} from '../../src/cli/rerank-options.ts';

const read = (args: string) =>
  new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addOption(rerankOption())
    .addOption(rerankDepthOption())
    .addOption(rerankBudgetOption())
    .parse(args.split(' ').filter(Boolean), { from: 'user' })
    .opts<RerankOptions>();

describe('the options of reranking', () => {
  test.each([
    ['', {}],
    ['--rerank 0', { rerank: 0 }],
    ['--rerank 20', { rerank: 20 }],
    ['--rerank sentences', { rerankBy: 'sentences' }],
    ['--rerank 3-layers', { rerankBy: '3-layers' }],
    ['--rerank tiny --rerank-depth 7', { rerankBy: 'tiny', rerank: 7 }],
    ['--rerank 20 --rerank-budget 300', { rerank: 20, rerankBudgetMs: 300 }],
    ['--rerank tiny --rerank-budget 300', { rerankBy: 'tiny', rerankBudgetMs: 300 }],
  ])('%s becomes %o', (args, request) => {
    expect(rerankRequest(read(args))).toEqual(request);
  });

  test.each(['101', '-1', '1.5'])('reject a number of papers that is not allowed: %s', (number) => {
    expect(() => read(`--rerank=${number}`)).toThrow('Expected a whole number from 0 to 100.');
  });

  test.each([
    ['--rerank-depth 5', '--rerank-depth needs --rerank'],
    ['--rerank 5 --rerank-depth 5', 'cannot be combined with --rerank 5'],
    ['--rerank-budget 5', '--rerank-budget needs --rerank.'],
    ['--rerank 0 --rerank-budget 5', '--rerank-budget needs --rerank.'],
  ])('reject %s', (args, message) => {
    expect(() => rerankRequest(read(args))).toThrow(message);
  });
});
