import { Command, Option } from 'commander';
import { LEXICAL_ENGINE_NAMES, type LexicalEngineName } from '../../lexical/engines.ts';
import { indexOption, jsonOption, wholeNumber } from '../options.ts';
import { createProgress } from '../progress.ts';
import { renderReport } from '../render.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
  readonly venue?: string;
  readonly year?: number;
  readonly keywordEngine?: LexicalEngineName;
  readonly rebuild?: boolean;
  readonly keepDuplicates?: boolean;
  readonly replaceSource?: boolean;
}

/** `paper-search ingest`: papers into the index. */
export function ingestCommand(): Command {
  return new Command('ingest')
    .description('read papers into the index')
    .argument('<path...>', 'files or folders, gzipped or plain; - is standard input')
    .addOption(indexOption())
    .option('--venue <name>', 'venue of papers whose source names none')
    .option('--year <year>', 'year of papers whose source names none', wholeNumber(1000, 9999))
    .addOption(
      new Option(
        '--keyword-engine <name>',
        'what answers keyword queries (default: what the index has)',
      ).choices(LEXICAL_ENGINE_NAMES),
    )
    .option('--rebuild', 'start from no papers instead of adding to those in the index')
    .option('--replace-source', 'take out what these files and folders had before and have no longer')
    .option('--keep-duplicates', 'let every record be a paper of its own, from now on')
    .option('--no-keep-duplicates', 'put the records of one paper together again')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Formats (told by content): session pages of virtual conferences as text, JSON Lines with one paper a line, and
corpus.jsonl of BEIR test collections. Facts that a page lacks go into a sidecar file: page.meta.json beside
page.txt, with {"venue": "ICLR", "year": 2025}.

Records of one paper become one, wherever they come from: those that share a DOI, an arXiv, OpenReview, ACL Anthology
or Semantic Scholar id; then those of one title whose authors and years agree. "paper-search why ID" explains it.

Examples:
  $ paper-search ingest data
  $ paper-search ingest library/ --replace-source
  $ paper-search ingest oral-6a.txt --venue ICLR --year 2025
  $ zcat papers.jsonl.gz | paper-search ingest - --index my-index`,
    )
    .action(async (paths: string[], options: Options) => {
      const { ingest } = await import('../../ingest/ingest.ts');
      const progress = createProgress();
      const signal = stopOnSignals('Stopped. The index is as it was; the same command goes on from here.');
      const { json, ...rest } = options;
      const report = await ingest(paths, {
        ...rest,
        signal,
        onProgress: (event) => progress.update(event),
      }).finally(() => progress.end());
      process.stdout.write(`${json ? JSON.stringify(report, null, 2) : renderReport(report)}\n`);
    });
}
