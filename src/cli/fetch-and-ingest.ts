import { Option } from 'commander';
import { ERRORS, PaperSearchError } from '../errors.ts';
import type { FetchReport } from '../ingest/fetch/fetch-pages.ts';
import type { FetchOptions, SyncFailure, SyncReport } from '../ingest/fetch/fetch-papers.ts';
import { DEFAULT_DATA } from '../ingest/fetch/names.ts';
import { jsonText } from './json-text.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { createProgress } from './progress.ts';
import { renderReport } from './render.ts';
import { renderFetchProgress, renderFetchReport } from './render-fetch.ts';
import { runAllWatches } from './run-all-watches.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { writeError } from './write-error.ts';

/** Options that `fetch` and `sync` share. */
export interface FetchCommandOptions extends PlaceOptions {
  readonly data: string;
  readonly mailto?: string;
  readonly ingest: boolean;
  readonly json?: boolean;
  readonly watches?: boolean;
}

export const dataOption = () =>
  new Option('--data <dir>', 'folder for the fetched pages').default(DEFAULT_DATA);
export const mailtoOption = () =>
  new Option(
    '--mailto <address>',
    'your e-mail address, sent to the service (default: $PAPER_SEARCH_MAILTO)',
  );
export const noIngestOption = () => new Option('--no-ingest', 'keep the pages and leave the index unchanged');

/**
 * Runs a fetch, then ingests the folders it names, and prints what was done. Ctrl-C stops either step; pages and
 * index stay intact.
 * @throws PaperSearchError for what could not be fetched, after the rest is done; with `json`, the output and the exit
 *   code report it instead.
 */
export async function fetchAndIngest(
  options: FetchCommandOptions,
  fetch: (options: FetchOptions) => Promise<SyncReport>,
): Promise<void> {
  const { data, mailto, json, ingest: wanted, watches } = options;
  const place = placeOf(options);
  const signal = stopOnSignals(
    'Stopped. The pages fetched so far are kept; run the same command again to resume.',
  );
  const { reports, failures } = await fetch({
    data,
    mailto,
    signal,
    onProgress: (event) => process.stderr.write(`${renderFetchProgress(event)}\n`),
  });
  if (!json) for (const report of reports) process.stdout.write(`${renderFetchReport(report)}\n`);
  const ingested = wanted ? await ingestFolders(reports, place, signal) : undefined;
  if (json) {
    const failed = failures.map(({ service, folder, error }) => ({
      service,
      folder,
      message: error.message,
    }));
    process.stdout.write(`${jsonText({ fetched: reports, failed, ingest: ingested ?? null })}\n`);
  } else if (ingested)
    process.stdout.write(`${renderReport(ingested, { isCorpus: place.cluster !== undefined })}\n`);
  // Also when a service failed: the others may have brought new papers.
  if (watches && ingested) await runAllWatches(place, { json });
  if (failures.length === 0) return;
  const failure = failureOf(failures);
  // The JSON output reports it already; throwing would print a second JSON value.
  if (!json) throw failure;
  writeError(failure.message);
  process.exitCode = ERRORS[failure.code].exitCode;
}

/** One error for all failures: the code of the first, the messages of all. */
function failureOf(failures: readonly SyncFailure[]): PaperSearchError {
  const lines = failures.map(({ folder, error }) => `${folder}: ${error.message}`);
  return new PaperSearchError(failures[0]!.error.code, lines.join('\n'));
}

/** Ingests the folders that have pages; papers that are in the index already are skipped. */
async function ingestFolders(fetched: readonly FetchReport[], place: Place, signal: AbortSignal) {
  const folders = fetched.filter(({ keptPages }) => keptPages > 0).map(({ folder }) => folder);
  if (folders.length === 0) return undefined;
  const { ingestInto } = await import('./change-papers.ts');
  const progress = createProgress();
  return ingestInto(place, folders, { signal, onProgress: (event) => progress.update(event) }).finally(() =>
    progress.end(),
  );
}
