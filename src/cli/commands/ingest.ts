import { Command, InvalidArgumentError, Option } from 'commander';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { KEYWORD_ENGINE_NAMES, type KeywordEngineName } from '../../indexes/keyword/engine-names.ts';
import type { ReadingOptions } from '../../ingest/read-records.ts';
import type { IngestReport } from '../../ingest/report.ts';
import type { PlaceIngestOptions, PlaceReport, Shard } from '../change-papers.ts';
import { jsonText } from '../json-text.ts';
import {
  type ColumnMap,
  columnMap,
  indexOption,
  jsonOption,
  timeZone,
  watchesOption,
  wholeNumber,
} from '../options.ts';
import { CLUSTER_GROUP, type Place, type PlaceOptions, placeAndOthers } from '../place.ts';
import { createProgress } from '../progress.ts';
import { renderReport } from '../render.ts';
import { renderFormats, renderPreview } from '../render-preview.ts';
import { runAllWatches } from '../run-all-watches.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

/** Standard output, as the file of a report. */
const STDOUT = '-';
/** The papers were ingested, but some records or files were not. */
const REJECTED_EXIT_CODE = 6;

interface Options extends PlaceOptions {
  readonly json?: boolean;
  readonly format?: string;
  readonly venue?: string;
  readonly year?: number;
  readonly timeZone?: string;
  readonly map?: ColumnMap;
  readonly keywordEngine?: KeywordEngineName;
  readonly model?: string;
  readonly rebuild?: boolean;
  readonly ifEmpty?: boolean;
  readonly keepDuplicates?: boolean;
  readonly replaceSource?: boolean;
  readonly corpusMap?: boolean;
  readonly sentenceVectors?: boolean;
  readonly waitForVectors?: boolean;
  readonly report?: string;
  readonly retractions?: string;
  readonly venueAliases?: string;
  readonly dryRun?: boolean;
  readonly listFormats?: boolean;
  readonly watches?: boolean;
  readonly shard?: Shard;
  readonly primaryShards?: number;
  readonly replicas?: number;
  readonly discardUnfinished?: boolean;
}

/** `paper-search ingest`: reads papers into the index. */
export function ingestCommand(): Command {
  return new Command('ingest')
    .description('read papers from files into the index')
    .argument('[path...]', 'files or folders, gzipped or plain; - is standard input')
    .addOption(indexOption())
    .option('--list-formats', 'list the formats that can be read')
    .option('--format <name>', 'read every file as this format (default: detected from the content)')
    .option('--dry-run', 'show what would be read, with three sample papers, and leave the index unchanged')
    .option('--venue <name>', 'venue of papers whose source does not name one')
    .option('--year <year>', 'year of papers whose source does not name one', wholeNumber(1000, 9999))
    .option(
      '--time-zone <zone>',
      'time zone of the conference, such as Asia/Singapore: times of sessions are converted to it',
      timeZone,
    )
    .option(
      '--map <field=heading,...>',
      'which column holds which field, for headings that are not recognised',
      columnMap,
    )
    .addOption(
      new Option(
        '--keyword-engine <name>',
        'engine for keyword queries (default: the engine of the index)',
      ).choices(KEYWORD_ENGINE_NAMES),
    )
    .option('--model <name>', 'embedding model of a new index (default: the bundled one)')
    .option(
      '--retractions <file>',
      'mark papers by the list of Retraction Watch (CSV), those in the index too',
    )
    .option('--venue-aliases <file>', 'more names of venues that are one: JSON {"name": ["other name", …]}')
    .option('--rebuild', 'start with an empty index instead of adding to it')
    .option('--if-empty', 'do nothing if there is an index already, whatever it contains')
    .option('--replace-source', 'remove papers that these files and folders no longer contain')
    .option('--keep-duplicates', 'keep every record as a separate paper, from now on')
    .option('--no-keep-duplicates', 'merge the records of one paper again')
    .option('--corpus-map', 'make a map of the papers (default: as the index has it; a new index has a map)')
    .option('--no-corpus-map', 'do not make a map, from now on')
    .option(
      '--sentence-vectors',
      'also store a vector of every sentence, from now on: a larger index, faster reranking by sentences',
    )
    .option('--no-sentence-vectors', 'do not store them, from now on')
    .option(
      '--wait-for-vectors',
      'publish nothing before all papers are encoded (default: they can be searched by words before)',
    )
    .option(
      '--report <file>',
      'also write the report to a file, as JSON, with each merge and its reason (- prints it)',
    )
    .addOption(
      new Option('--shard <i/n>', 'read one of n parts of the files: n processes share one ingest')
        .argParser(shardOf)
        .helpGroup(CLUSTER_GROUP),
    )
    .addOption(
      new Option('--primary-shards <n>', 'shards of a new corpus (default: 3)')
        .argParser(wholeNumber(1, 1000))
        .helpGroup(CLUSTER_GROUP),
    )
    .addOption(
      new Option('--replicas <n>', 'copies of each shard, from now on (default: 1)')
        .argParser(wholeNumber(0, 10))
        .helpGroup(CLUSTER_GROUP),
    )
    .addOption(
      new Option(
        '--discard-unfinished',
        'drop an interrupted change by others instead of waiting until it is continued',
      ).helpGroup(CLUSTER_GROUP),
    )
    .addOption(watchesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Formats are detected from the content; --list-formats lists them. What a page does not say can be put in a sidecar file: page.meta.json
beside page.txt, containing {"venue": "ICLR", "year": 2025, "timeZone": "Asia/Singapore"}.

Records of one paper become one, wherever they come from: those that share an identifier (DOI, arXiv, PubMed, ...); then
those of one title whose authors and years agree, unless identifiers of one kind differ. "paper-search why ID" explains a
merge, --report lists all; "paper-search split" undoes one, "paper-search join" makes one.

Exit code 0: every record was ingested; ${REJECTED_EXIT_CODE}: the papers were ingested but some records were rejected, or a file is in
no format that can be read; the report says which and why. With any other exit code the ingest did not end: what it published stays,
and the next ingest continues.

Examples:
  $ paper-search ingest data
  $ paper-search ingest dump.jsonl.gz --dry-run
  $ paper-search ingest library/ --replace-source --report report.json
  $ paper-search ingest table.csv --map title=Überschrift,abstract=Inhalt
  $ paper-search ingest data --model bge-small-en-v1.5 --index bge
  $ paper-search ingest oral-6a.txt --venue ICLR --year 2025
  $ zcat papers.jsonl.gz | paper-search ingest - --index my-index`,
    )
    .action(async (paths: string[], given: Options) => {
      const { place, others: asked } = placeAndOthers(given);
      const { json, report: reportFile, dryRun, listFormats, map, watches, ifEmpty, ...others } = asked;
      const options = { ...others, columns: map };
      const print = (value: unknown, text: string) =>
        process.stdout.write(`${json ? jsonText(value) : text}\n`);
      if (listFormats) {
        const { READERS } = await import('../../papers/read/formats.ts');
        const formats = READERS.map(({ format, description, files }) => ({ format, description, files }));
        print(formats, renderFormats(formats));
        return;
      }
      if (paths.length === 0 && options.retractions === undefined) {
        throw new PaperSearchError(
          'BAD_REQUEST',
          'Name what to ingest: files, folders, or - for standard input.',
        );
      }
      if (ifEmpty) {
        const { hasPapers, subjectOf } = await import('../change-papers.ts');
        if (await hasPapers(place)) {
          const what = place.cluster ? 'papers' : 'an index';
          const result = { index: place.cluster?.corpus ?? place.index, ingested: false };
          print(result, `${subjectOf(place)} has ${what} already; nothing was ingested.`);
          return;
        }
      }
      const { rejected, ...result } = dryRun
        ? await dryRunOf(paths, options)
        : await ingestWithProgress(place, paths, { ...options, listMerges: reportFile !== undefined });
      // The report is written before anything is printed, so that with --json its error is the only output.
      if (reportFile === STDOUT) process.stdout.write(`${jsonText(result.report)}\n`);
      else {
        if (reportFile !== undefined) await writeReport(reportFile, result.report);
        print({ ...result.report, merges: undefined }, result.text);
      }
      if (rejected) process.exitCode = REJECTED_EXIT_CODE;
      if (watches && !dryRun) await runAllWatches(place, { json });
    });
}

/** Parses `3/8`. @throws InvalidArgumentError for anything else. */
function shardOf(text: string): Shard {
  const [, number, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number !== undefined && of !== undefined && number >= 1 && number <= of) return { number, of };
  throw new InvalidArgumentError('Expected a part of a whole, such as 3/8.');
}

interface Outcome {
  readonly report: object;
  readonly text: string;
  readonly rejected: boolean;
}

async function dryRunOf(paths: readonly string[], options: ReadingOptions): Promise<Outcome> {
  const { preview } = await import('../../ingest/preview.ts');
  const signal = stopOnSignals('Stopped.');
  const report = await preview(paths, { ...options, signal });
  return { report, text: renderPreview(report), rejected: isPartial(report) };
}

async function ingestWithProgress(
  place: Place,
  paths: readonly string[],
  options: PlaceIngestOptions,
): Promise<Outcome> {
  const { ingestInto } = await import('../change-papers.ts');
  const progress = createProgress();
  const signal = stopOnSignals(
    `Stopped. ${place.cluster ? 'What is served is unchanged' : 'What is published stays in use'}; run the same command again to resume.`,
  );
  const onProgress: typeof progress.update = (event) => progress.update(event);
  const report = await ingestInto(place, paths, { ...options, signal, onProgress }).finally(() =>
    progress.end(),
  );
  return { report, text: textOf(report, place, options.shard), rejected: isPartial(report) };
}

/** A report as text; of a worker that is not the last one, with the workers that it waits for. */
function textOf(report: PlaceReport, { cluster }: Place, shard: Shard | undefined): string {
  const { waitingFor = [] } = report;
  const isPublished = waitingFor.length === 0;
  const text = renderReport(report, { isCorpus: cluster !== undefined, isPublished });
  if (shard === undefined || isPublished) return text;
  const others = waitingFor.map((number) => `${number}/${shard.of}`).join(', ');
  return `${text}\nNot published yet: --shard ${others} ${waitingFor.length === 1 ? 'has' : 'have'} not finished. The last one publishes.`;
}

/** Whether something that may hold papers was not read. */
function isPartial({ rejected, skipped }: Pick<IngestReport, 'rejected' | 'skipped'>): boolean {
  return rejected.length > 0 || skipped.some(({ isUnknown }) => isUnknown);
}

async function writeReport(file: string, report: object): Promise<void> {
  const { replaceFile } = await import('../../indexes/store/durable.ts');
  await replaceFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((cause: unknown) => {
    const message = `The report could not be written to "${file}": ${messageOf(cause)}. Everything else was done.`;
    throw new PaperSearchError('BAD_REQUEST', message, { details: { file }, cause });
  });
}
