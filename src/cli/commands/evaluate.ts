import { Command, Option } from 'commander';
import type { EvaluatedMode, Evaluation } from '../../eval/evaluate.ts';
import type { FusionName } from '../../fusion/methods.ts';
import { SEARCH_MODES } from '../../types.ts';
import { fusionOption, indexOption, jsonOption } from '../options.ts';
import { withSearcher } from '../with-searcher.ts';

interface Options {
  readonly index: string;
  readonly mode?: EvaluatedMode;
  readonly qrels: string;
  readonly fusion: FusionName;
  readonly json?: boolean;
}

/** `paper-search evaluate`: answers against a test collection. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('measure the answers against a BEIR test collection whose corpus is in the index')
    .argument('<dir>', 'folder with queries.jsonl and qrels/')
    .addOption(
      new Option('--mode <mode>', 'default: all three search modes').choices([...SEARCH_MODES, 'related']),
    )
    .option('--qrels <name>', 'judgments: qrels/NAME.tsv', 'test')
    .addOption(fusionOption())
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Example:
  $ paper-search ingest scifact --index scifact-index
  $ paper-search evaluate scifact --index scifact-index`,
    )
    .action(async (folder: string, { index, mode, qrels, fusion, json }: Options) => {
      const { evaluate } = await import('../../eval/evaluate.ts');
      const modes: readonly EvaluatedMode[] = mode ? [mode] : [...SEARCH_MODES].reverse();
      const results = await withSearcher(index, async (searcher) => {
        const evaluations: Evaluation[] = [];
        for (const each of modes)
          evaluations.push(await evaluate(searcher, folder, { mode: each, qrels, fusion }));
        return evaluations;
      });
      process.stdout.write(`${json ? JSON.stringify(results, null, 2) : table(results)}\n`);
    });
}

function table(results: readonly Evaluation[]): string {
  const header = 'mode       queries  nDCG@10  recall@10  recall@100';
  const rows = results.map((result) =>
    [
      result.mode.padEnd(9),
      String(result.queries).padStart(8),
      result['ndcg@10'].toFixed(4).padStart(8),
      result['recall@10'].toFixed(4).padStart(10),
      result['recall@100'].toFixed(4).padStart(11),
    ].join(' '),
  );
  return [header, ...rows].join('\n');
}
