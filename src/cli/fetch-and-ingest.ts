import { Option } from 'commander';
import { ERRORS, PaperSearchError } from '../errors.ts';
import type { FetchReport } from '../ingest/fetch/fetch-pages.ts';
import type { FetchOptions, SyncFailure, SyncReport } from '../ingest/fetch/fetch-papers.ts';
import { DEFAULT_DATA } from '../ingest/fetch/names.ts';
import { jsonText } from './json-text.ts';
import { createProgress } from './progress.ts';
import { renderReport } from './render.ts';
import { renderFetchProgress, renderFetchReport } from './render-fetch.ts';
import { writeError } from './write-error.ts';

/** Options that `fetch` and `sync` share. */
export interface FetchCommandOptions {
  readonly data: string;
  readonly mailto?: string;
  readonly ingest: boolean;
  readonly index: string;
  readonly json?: boolean;
}

export const dataOption = () =>
  new Option('--data <dir>', 'where fetched pages are kept').default(DEFAULT_DATA);
export const mailtoOption = () =>
  new Option('--mailto <address>', 'your e-mail address, for the service (default: $PAPER_SEARCH_MAILTO)');
export const noIngestOption = () => new Option('--no-ingest', 'keep the pages and leave the index as it is');

/**
 * Runs a fetch, then ingests the folders it names, and prints what was done. Ctrl-C stops either; pages and
 * index stay whole.
 * @throws PaperSearchError for what could not be fetched, when the rest is done; with `json`, the output and the exit
 *   code tell it.
 */
export async function fetchAndIngest(
  { data, mailto, index, json, ingest: wanted }: FetchCommandOptions,
  fetch: (options: FetchOptions) => Promise<SyncReport>,
): Promise<void> {
  const stop = new AbortController();
  const onSignal = () => {
    const message = 'Stopped. The pages until now are kept; the same command goes on from here.';
    stop.abort(new PaperSearchError('STOPPED', message));
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const { reports, failures } = await fetch({
    data,
    mailto,
    signal: stop.signal,
    onProgress: (event) => process.stderr.write(`${renderFetchProgress(event)}\n`),
  });
  if (!json) for (const report of reports) process.stdout.write(`${renderFetchReport(report)}\n`);
  const ingested = wanted ? await ingestFolders(reports, index, stop.signal) : undefined;
  if (json) {
    const failed = failures.map(({ service, folder, error }) => ({
      service,
      folder,
      message: error.message,
    }));
    process.stdout.write(`${jsonText({ fetched: reports, failed, ingest: ingested ?? null })}\n`);
  } else if (ingested) process.stdout.write(`${renderReport(ingested)}\n`);
  if (failures.length === 0) return;
  const failure = failureOf(failures);
  // The JSON has told it already; thrown, it would be followed by another.
  if (!json) throw failure;
  writeError(failure.message);
  process.exitCode = ERRORS[failure.code].exitCode;
}

/** One error of all: the code of the first, the messages of each. */
function failureOf(failures: readonly SyncFailure[]): PaperSearchError {
  const lines = failures.map(({ folder, error }) => `${folder}: ${error.message}`);
  return new PaperSearchError(failures[0]!.error.code, lines.join('\n'));
}

/** Ingests the folders that have pages. The ingest passes over what it knows. */
async function ingestFolders(fetched: readonly FetchReport[], index: string, signal: AbortSignal) {
  const folders = fetched.filter(({ keptPages }) => keptPages > 0).map(({ folder }) => folder);
  if (folders.length === 0) return undefined;
  const { ingest } = await import('../ingest/ingest.ts');
  const progress = createProgress();
  return ingest(folders, { index, signal, onProgress: (event) => progress.update(event) }).finally(() =>
    progress.end(),
  );
}
