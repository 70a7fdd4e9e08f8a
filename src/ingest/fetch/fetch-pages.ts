import { PaperSearchError } from '../../errors.ts';
import type { Connector, PageReading } from './connector.ts';
import type { FetchFolder } from './fetch-folder.ts';
import type { FetchRun, PageRecord } from './fetch-state.ts';
import type { PoliteClient } from './polite-client.ts';

/** The result of one fetch. */
export interface FetchReport {
  readonly service: string;
  readonly folder: string;
  /** Papers on the pages of this fetch, an interrupted part before it included. */
  readonly papers: number;
  /** Papers that the service has, where it says so. */
  readonly total?: number | undefined;
  /** Pages that were fetched now, and pages that the service reported as unchanged. */
  readonly newPages: number;
  readonly unchangedPages: number;
  /** Pages in the folder, those of earlier fetches included. */
  readonly keptPages: number;
  /** Messages for the user. */
  readonly notices: readonly string[];
}

export interface PageProgress {
  readonly pages: number;
  readonly papers: number;
  readonly total?: number | undefined;
}

export interface FetchPagesOptions {
  /** Request only what may be new since the last fetch, where the service supports it. */
  readonly incremental: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onPage: (progress: PageProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Statuses by which a service may say that it does not know a cursor any more. */
const STALE: ReadonlySet<number> = new Set([400, 404, 410]);

/**
 * Fetches the selection of a folder, page by page, and records after each where the next one begins. An interrupted
 * fetch continues there; when the service has forgotten the cursor, it starts again.
 * @throws PaperSearchError FETCH_FAILED or FETCH_REFUSED; the signal's reason when it aborts. The pages until
 *   then are kept.
 */
export async function fetchPages(
  folder: FetchFolder,
  connector: Connector,
  client: PoliteClient,
  options: FetchPagesOptions,
): Promise<FetchReport> {
  let run = await beginRun(folder, connector, options);
  const notices: string[] = [];
  let newPages = 0;
  let unchangedPages = 0;
  let resuming = run.cursor !== undefined;
  let restarted = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const page = await fetchPage(folder, connector, client, run);
    if (page.kind === 'refused') {
      if (restarted || !(page.stale || (resuming && STALE.has(page.status)))) {
        throw refused(connector, page.reason);
      }
      notices.push(`${connector.title} has forgotten where the fetch was: it started again.`);
      restarted = true;
      resuming = false;
      run = startOver(run);
      await folder.saveRun(run);
      continue;
    }
    resuming = false;
    const { reading, record, content } = page;
    if (page.missing) notices.push(`${connector.title} has no ${page.missing}.`);
    if (content) newPages++;
    else if (record) unchangedPages++;
    const papers = run.papers + reading.papers;
    const total = reading.total ?? run.total;
    const files = record ? [...run.files, record.file] : run.files;
    run = { ...run, papers, files, cursor: reading.next, total };
    const done = reading.next === undefined || papers >= (run.selection.limit ?? Number.POSITIVE_INFINITY);
    await folder.savePage(run, record, content);
    options.onPage({ pages: run.files.length, papers, total });
    if (done) break;
  }
  await folder.finish(run);
  const { papers, total, selection } = run;
  if (connector.exactTotals && papers < (total ?? 0) && selection.limit === undefined) {
    notices.push(`${connector.title} has ${total} papers and gave ${papers}: fetch again for the others.`);
  }
  const { service, pages } = folder.state;
  return {
    service,
    folder: folder.folder,
    papers,
    total,
    newPages,
    unchangedPages,
    keptPages: pages.length,
    notices,
  };
}

async function beginRun(
  folder: FetchFolder,
  connector: Connector,
  { incremental, now }: FetchPagesOptions,
): Promise<FetchRun> {
  const { run: interrupted, completed, selection, pages } = folder.state;
  if (interrupted) return connector.resumable ? interrupted : startOver(interrupted);
  const narrowed = incremental && completed ? connector.since(selection, completed.slice(0, 10)) : undefined;
  const last = Math.max(0, ...pages.map(({ file }) => Number.parseInt(file, 10)));
  const run: FetchRun = {
    startedAt: new Date(now).toISOString(),
    selection: narrowed ?? selection,
    full: narrowed === undefined,
    firstNumber: narrowed ? last + 1 : 1,
    papers: 0,
    files: [],
  };
  await folder.saveRun(run);
  return run;
}

function startOver({ cursor: _, total: __, ...run }: FetchRun): FetchRun {
  return { ...run, papers: 0, files: [] };
}

type FetchedPage =
  | {
      readonly kind: 'page';
      readonly reading: Extract<PageReading, { kind: 'page' }>;
      /** None for an empty page. */
      readonly record?: PageRecord;
      /** None for a page that has not changed. */
      readonly content?: Uint8Array;
      /** Name of a page that the service does not have. */
      readonly missing?: string;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly stale: boolean; readonly reason: string };

async function fetchPage(
  folder: FetchFolder,
  connector: Connector,
  client: PoliteClient,
  run: FetchRun,
): Promise<FetchedPage> {
  const { selection, cursor } = run;
  const today = run.startedAt.slice(0, 10);
  const url = connector.request(selection, cursor, today);
  const name = connector.pageName?.(selection, cursor, today) ?? numbered(run.firstNumber + run.files.length);
  const file = `${name}.${connector.fileEnding}`;
  const read = (text: string) => connector.read(text, selection, cursor, today);

  const kept = await folder.kept(file, url.href);
  const keptReading = kept && read(kept.text);
  const validators = (keptReading?.kind === 'page' && kept?.record.version) || {};
  let reading: PageReading | undefined;
  const answer = await client.get(url, validators, (text) => {
    reading = read(text);
    return reading.kind === 'again' ? reading.reason : undefined;
  });

  if (answer.kind === 'not-modified' && kept && keptReading?.kind === 'page') {
    return { kind: 'page', reading: keptReading, record: kept.record };
  }
  if (answer.kind === 'refused' && answer.status === 404) {
    const skipped = connector.afterMissing?.(selection, cursor, today);
    if (skipped?.kind === 'page') return { kind: 'page', reading: skipped, missing: name };
  }
  if (answer.kind === 'content' && reading?.kind === 'page') {
    // An ingest cannot recognise the format of an empty page.
    if (reading.papers === 0) return { kind: 'page', reading };
    const { etag, lastModified } = answer.validators;
    const version = etag || lastModified ? { url: url.href, etag, lastModified } : undefined;
    return { kind: 'page', reading, record: { file, version }, content: answer.body.bytes };
  }
  if (reading?.kind === 'stale' || reading?.kind === 'refused') {
    return { kind: 'refused', status: 200, stale: reading.kind === 'stale', reason: reading.reason };
  }
  const reason = answer.kind === 'refused' ? answer.reason : 'an answer without content';
  return {
    kind: 'refused',
    status: answer.kind === 'refused' ? answer.status : 200,
    stale: false,
    reason,
  };
}

/** Files in the order of their numbers are in the order of their names. */
function numbered(number: number): string {
  return String(number).padStart(5, '0');
}

function refused({ title }: Connector, reason: string): PaperSearchError {
  return new PaperSearchError('FETCH_REFUSED', `${title} refused: ${reason}.`, {
    details: { service: title },
  });
}
