import { Option } from 'commander';
import { PaperSearchError } from '../errors.ts';
import type { FetchReport } from '../fetch/fetch-pages.ts';
import type { FetchOptions } from '../fetch/fetch-papers.ts';
import { DEFAULT_DATA } from '../fetch/names.ts';
import { createProgress } from './progress.ts';
import { renderReport } from './render.ts';
import { renderFetchProgress, renderFetchReport } from './render-fetch.ts';

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
 */
export async function fetchAndIngest(
  { data, mailto, index, json, ingest: wanted }: FetchCommandOptions,
  fetch: (options: FetchOptions) => Promise<readonly FetchReport[]>,
): Promise<void> {
  const stop = new AbortController();
  const onSignal = () => {
    const message = 'Stopped. The pages until now are kept; the same command goes on from here.';
    stop.abort(new PaperSearchError('STOPPED', message));
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const fetched = await fetch({
    data,
    mailto,
    signal: stop.signal,
    onProgress: (event) => process.stderr.write(`${renderFetchProgress(event)}\n`),
  });
  if (!json) for (const report of fetched) process.stdout.write(`${renderFetchReport(report)}\n`);
  const report = wanted ? await ingestFolders(fetched, index, stop.signal) : undefined;
  if (json) process.stdout.write(`${JSON.stringify({ fetched, ingest: report ?? null }, null, 2)}\n`);
  else if (report) process.stdout.write(`${renderReport(report)}\n`);
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
