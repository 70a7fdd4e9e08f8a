import { Command, InvalidArgumentError, Option } from 'commander';
import { PaperSearchError } from '../../errors.ts';
import {
  DEFAULT_DEPTH,
  EVALUATED_MODES,
  type EvaluatedMode,
  isRelatedMode,
} from '../../quality/evaluate/modes.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import type { SearchMode } from '../../search/mode.ts';
import { rerankedDepth } from '../../search/rerank/depth.ts';
import type { Progress } from '../../util/progress.ts';
import { jsonText } from '../json-text.ts';
import { withSnapshot } from '../open-engine.ts';
import { fusionOption, indexOption, jsonOption, wholeNumber } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { createProgress } from '../progress.ts';
import { type RerankOptions, rerankDepthOption, rerankOption, rerankRequest } from '../rerank-options.ts';

interface Options extends Omit<RerankOptions, 'rerankBudget'>, PlaceOptions {
  readonly mode?: readonly EvaluatedMode[];
  readonly qrels: string;
  readonly fusion: FusionName;
  readonly json?: boolean;
  readonly run?: string;
  readonly against?: string;
  readonly score?: string;
  readonly knownItem?: boolean;
  readonly queries: number;
  readonly seed: number;
  readonly gap?: boolean;
  readonly depth?: number;
  readonly pool?: string;
  readonly fallback: boolean;
  readonly secondLook: boolean;
}

const SEARCHED = EVALUATED_MODES.filter(isSearchMode);

/** `paper-search evaluate`: measures answers with a test collection, or without one by known-item search. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('measure the answers with a BEIR test collection whose corpus is in the index')
    .argument('[dir]', 'folder with queries.jsonl and qrels/')
    .addOption(
      new Option('--mode <modes>', `${EVALUATED_MODES.join(', ')}; several separated by commas`)
        .argParser(modesOf)
        .default(undefined, 'the three search modes'),
    )
    .option('--qrels <name>', 'judgments: qrels/NAME.tsv', 'test')
    .addOption(fusionOption())
    .option(
      '--run <file>',
      'write the answers as a TREC run; with several modes, one file per mode: NAME.MODE.EXT',
    )
    .option('--against <file>', 'compare with a TREC run: differences and p-values')
    .option('--score <file>', 'measure a TREC run instead of an index')
    .option(
      '--gap',
      'how much reranking the first 100 papers improves on hybrid, and how much a perfect order would',
    )
    .option('--no-fallback', 'keep answers that are not strong, without a spelling or sentence retry')
    .addOption(new Option('--no-second-look', 'the former name of --no-fallback').hideHelp())
    .addOption(rerankOption())
    .addOption(rerankDepthOption())
    .addOption(
      new Option('--depth <n>', `papers to rank for each query (default: ${DEFAULT_DEPTH})`).argParser(
        wholeNumber(1),
      ),
    )
    .option(
      '--pool <file>',
      'rank only the candidates of each query: TREC or BEIR judgments, a TREC run, or JSON',
    )
    .option(
      '--known-item',
      'without a collection: test whether sentences and shortened titles find their papers',
    )
    .addOption(
      new Option('--queries <n>', 'queries of each kind for --known-item')
        .argParser(wholeNumber(1))
        .default(200),
    )
    .addOption(
      new Option('--seed <n>', 'random seed for --known-item')
        .argParser(wholeNumber(0, 2 ** 32 - 1))
        .default(1),
    )
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Means are over the queries that have a relevant paper. p comes from the paired, two-sided randomisation test of that
one difference; it is not corrected for the number of measures and modes. --json also prints every query.

For "related", each query names its paper in metadata.doc; "related-keyword" and "related-semantic" measure the two
parts of its similarity. JSON for --pool has, for each query, a list of paper ids, {"cands": [ids]} or numbers by id;
queries without candidates are not measured.

Examples:
  $ paper-search ingest scifact --index scifact-index
  $ paper-search evaluate scifact --index scifact-index
  $ paper-search evaluate scifact --index scifact-index --mode keyword --run bm25.run
  $ paper-search evaluate scifact --index scifact-index --mode hybrid --against bm25.run
  $ paper-search evaluate scifact --score theirs.run --against bm25.run
  $ paper-search evaluate cacm-related --index cacm-index --mode related --qrels cocited
  $ paper-search evaluate cacm-related --index cacm-index --mode related-keyword,related-semantic,related
  $ paper-search evaluate csfcube --index csfcube-index --mode related --pool csfcube/pool.json
  $ paper-search evaluate scifact --index scifact-index --gap
  $ paper-search evaluate scifact --index scifact-index --mode hybrid --rerank sentences --rerank-depth 20
  $ paper-search evaluate --known-item --queries 100`,
    )
    .action(async (folder: string | undefined, given: Options) => {
      const options = { ...given, fallback: given.fallback && given.secondLook };
      expectFitting(folder, options);
      const { renderEvaluations, renderGap, renderKnownItems } = await import('../render-evaluation.ts');
      const progress = createProgress();
      const onProgress = (done: number, total: number) =>
        progress.update({ stage: 'searching', done, total });
      const print = (results: unknown, text: string) =>
        process.stdout.write(`${options.json ? jsonText(results) : text}\n`);
      if (folder === undefined) {
        const results = await knownItems(options, onProgress).finally(() => progress.end());
        print(results, renderKnownItems(results));
      } else if (options.gap) {
        const { measureGap } = await import('../../quality/evaluate/gap.ts');
        const { qrels, fusion } = options;
        const gap = await withSnapshot(placeOf(options), (snapshot) =>
          measureGap(snapshot, folder, { qrels, fusion, onProgress }),
        ).finally(() => progress.end());
        print(gap, renderGap(gap));
      } else {
        const { evaluateCollection } = await import('../evaluate-collection.ts');
        const notices: string[] = [];
        const results = await evaluateCollection(folder, {
          ...options,
          ...placeOf(options),
          ...rerankRequest(options),
          modes: options.mode ?? SEARCHED,
          onProgress: (event) => progress.update(event),
          onNotice: (notice) => notices.push(notice),
        }).finally(() => progress.end());
        for (const notice of notices) process.stderr.write(`paper-search: ${notice}\n`);
        print(results, renderEvaluations(results));
      }
    });
}

async function knownItems(
  { mode, fusion, fallback, queries, seed, ...asked }: Options,
  onProgress: Progress,
) {
  const { evaluateKnownItems } = await import('../../quality/evaluate/known-item.ts');
  const modes = (mode ?? SEARCHED).filter(isSearchMode);
  const options = { modes, fusion, ...rerankRequest(asked), fallback, queries, seed, onProgress };
  return withSnapshot(placeOf(asked), (snapshot) => evaluateKnownItems(snapshot, options));
}

/** @throws PaperSearchError BAD_REQUEST for options that exclude each other. */
function expectFitting(
  folder: string | undefined,
  { knownItem, mode, run, against, score, gap, fallback, depth, pool, ...asked }: Options,
): void {
  const expect = (holds: boolean, message: string) => {
    if (!holds) throw new PaperSearchError('BAD_REQUEST', message);
  };
  expect(
    (folder === undefined) === (knownItem ?? false),
    'Name the folder of a collection, or use --known-item without one.',
  );
  if (knownItem) {
    expect(
      !run && !against && !score && !depth && !pool,
      '--known-item cannot be combined with --run, --against, --score, --depth or --pool.',
    );
    expect(
      mode?.every(isSearchMode) ?? true,
      '--known-item cannot be combined with a mode for related papers: it measures text queries.',
    );
  }
  const asksAsUsual = rerankedDepth(rerankRequest(asked)) === 0 && fallback;
  expect(
    !gap || (!knownItem && !run && !against && !score && !mode && !depth && !pool && asksAsUsual),
    '--gap can be combined only with --qrels and --fusion.',
  );
  if (score) {
    expect(
      !run && !depth && !pool && asksAsUsual,
      '--score reads a run, so it cannot be combined with --run, --depth, --pool, --rerank or --no-fallback.',
    );
    // It checks that the queries are papers.
    expect(mode?.every((name) => name === 'related') ?? true, '--score accepts only --mode related.');
  }
}

function isSearchMode(mode: EvaluatedMode): mode is SearchMode {
  return !isRelatedMode(mode);
}

function modesOf(text: string): EvaluatedMode[] {
  return text.split(',').map((name) => {
    const mode = EVALUATED_MODES.find((known) => known === name.trim());
    if (mode) return mode;
    throw new InvalidArgumentError(`Allowed choices are ${EVALUATED_MODES.join(', ')}, separated by commas.`);
  });
}
