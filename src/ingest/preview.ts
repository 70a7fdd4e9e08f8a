import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import { listFiles } from '../papers/read/files.ts';
import { type Reading, type ReadingOptions, readRecords } from './read-records.ts';

const MAX_EXAMPLES = 3;

/** What an ingest would read. */
export interface Preview extends Omit<Reading, 'statuses'> {
  /** Records met, those that are rejected among them; papers that are not, and how many of these have no abstract. */
  readonly read: number;
  readonly papers: number;
  readonly withoutAbstract: number;
  /** Up to three papers as they would be kept, of different files where there are several. */
  readonly examples: readonly Paper[];
}

/**
 * Reads files as `ingest` does, and touches no index.
 * @throws PaperSearchError NO_INPUT, BAD_INPUT or BAD_REQUEST as `ingest` does; the signal's reason when it aborts.
 */
export async function preview(
  paths: readonly string[],
  options: ReadingOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<Preview> {
  const files = await listFiles(paths);
  if (files.length === 0)
    throw new PaperSearchError('NO_INPUT', `There are no files in ${paths.join(', ')}.`);
  let papers = 0;
  let withoutAbstract = 0;
  const firsts = new Map<string, Paper>();
  const others: Paper[] = [];
  const { statuses: _, ...reading } = await readRecords(files, options, (paper) => {
    papers++;
    if (paper.abstract === '') withoutAbstract++;
    if (!firsts.has(paper.source.file)) firsts.set(paper.source.file, paper);
    else if (others.length < MAX_EXAMPLES) others.push(paper);
    return undefined;
  });
  const examples = [...firsts.values(), ...others].slice(0, MAX_EXAMPLES);
  return { read: papers + reading.rejected.length, papers, withoutAbstract, examples, ...reading };
}
