import { type Command, Option } from 'commander';
import type { ExportFormatName } from '../papers/write/formats.ts';
import type { Hit } from '../search/api.ts';
import { type Encoded, encodedNote } from '../search/encoded.ts';
import { rejectedNote } from '../search/match/rejected.ts';
import type { SearchMode } from '../search/mode.ts';
import { visibleText } from '../text/visible-text.ts';
import { jsonText } from './json-text.ts';
import { openHit } from './open-hit.ts';
import { wholeNumber } from './options.ts';
import { writePaged } from './pager.ts';

/** Formats of an answer: `json` is the whole answer; `table` is for people; the others contain only the papers. */
export const ANSWER_FORMATS = [
  'table',
  'json',
  'jsonl',
  'bibtex',
  'ris',
  'csl-json',
  'zotero-rdf',
  'csv',
  'markdown',
  'text',
] as const satisfies readonly ('table' | ExportFormatName)[];
type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** Options of commands that print hits. */
export interface AnswerOptions {
  readonly format: AnswerFormat;
  readonly json?: boolean;
  readonly abstract?: boolean;
  readonly pager: boolean;
  readonly open?: number;
}

/** An answer that is printed in any format. */
interface PrintedAnswer {
  readonly hits: readonly Hit[];
  readonly rejectedHidden?: number | undefined;
  readonly mode?: SearchMode | undefined;
  readonly encoded?: Encoded | undefined;
}

/** Adds the options of `AnswerOptions`, and `--json`. */
export function addAnswerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'how to print the hits').choices(ANSWER_FORMATS).default('table'),
    )
    .addOption(new Option('--json', 'same as --format json').implies({ format: 'json' }))
    .addOption(new Option('--abstract', 'show whole abstracts, short summaries and links to code'))
    .addOption(new Option('--no-pager', 'do not use a pager for long output'))
    .addOption(new Option('--open <n>', 'open the web page of hit n in a browser').argParser(wholeNumber(1)));
}

/**
 * Prints an answer, and opens the hit that was asked for.
 * @param render it as a table. @throws PaperSearchError BAD_REQUEST for a hit that cannot be opened.
 */
export async function printAnswer(
  response: PrintedAnswer,
  { format, pager, open }: AnswerOptions,
  render: () => string,
): Promise<void> {
  await writePaged(await textOf(response, format, render), { paged: pager });
  if (open !== undefined) await openHit(response.hits, open);
}

/** The remark on rejected submissions that an answer hides. */
export function rejectedRemark(hidden: number): string {
  return rejectedNote(hidden, 'Add --rejected show');
}

async function textOf(
  { hits, ...rest }: PrintedAnswer,
  format: AnswerFormat,
  render: () => string,
): Promise<string> {
  if (format === 'table') return `${render()}\n`;
  if (format === 'json') return `${jsonText({ ...rest, hits })}\n`;
  if (rest.rejectedHidden) process.stderr.write(`${rejectedRemark(rest.rejectedHidden)}\n`);
  const vectors = rest.encoded && rest.mode && encodedNote(rest.encoded, rest.mode);
  if (vectors !== undefined) process.stderr.write(`${vectors}\n`);
  // A line can be ingested, and its id read by commands that take ids.
  if (format === 'jsonl') {
    return hits.map(({ rank, score, paper }) => `${jsonText({ ...paper, rank, score }, 0)}\n`).join('');
  }
  // Loaded only here, so that other formats do not wait for it.
  const { exportPapers } = await import('../papers/write/formats.ts');
  const { leftOut } = await import('../papers/write/left-out.ts');
  const papers = hits.map(({ paper }) => paper);
  const text = exportPapers(papers, format);
  const missing = leftOut(papers, format);
  if (missing.length > 0)
    process.stderr.write(`Not in ${format}, which has no field for it: ${missing.join(', ')}.\n`);
  return process.stdout.isTTY ? visibleText(text.replaceAll('\r\n', '\n')) : text;
}
