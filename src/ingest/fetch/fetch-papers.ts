import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, PaperSearchError } from '../../errors.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { AllowedUrls } from './allowed-url.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { userAgent } from './contact.ts';
import { FetchFolder } from './fetch-folder.ts';
import { type FetchReport, fetchPages, type PageProgress } from './fetch-pages.ts';
import { DEFAULT_DATA, SERVICE_NAMES, type ServiceName } from './names.ts';
import { readPace, writePace } from './pace.ts';
import { PoliteClient } from './polite-client.ts';
import { checkSelection, type Selection } from './selection.ts';
import { withServiceLock } from './service-lock.ts';
import { CONNECTORS } from './services.ts';

export type FetchProgress =
  | ({ readonly kind: 'page'; readonly service: string } & PageProgress)
  | { readonly kind: 'retry'; readonly service: string; readonly waitMs: number; readonly reason: string }
  | { readonly kind: 'notice'; readonly message: string };

export interface FetchOptions {
  /** Where fetched pages are kept, in a folder a service. Default `data/fetched`. */
  readonly data?: string | undefined;
  /** An e-mail address for services to write to. Default: $PAPER_SEARCH_MAILTO. */
  readonly mailto?: string | undefined;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
  /** Aborting stops the fetch; the same call continues from there. */
  readonly signal?: AbortSignal | undefined;
  /** Keys of services and other environment variables. Default: the environment. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
}

/** A page of a thousand papers has some megabytes, the largest collection of the ACL Anthology some ten. */
const MAX_BYTES = 64_000_000;
const MAX_NAME = 40;

/**
 * Fetches a selection of a service's papers as files, page by page, into a folder that an ingest can read.
 * The same call again continues an interrupted fetch, or requests what has changed.
 * @param name of the folder. Default: derived from the selection.
 * @throws PaperSearchError BAD_REQUEST for a selection that the service does not support, FETCH_FAILED,
 *   FETCH_REFUSED, BAD_INPUT for a damaged folder; the signal's reason when it aborts.
 */
export async function fetchPapers(
  service: ServiceName,
  given: unknown,
  options: FetchOptions & { name?: string | undefined } = {},
): Promise<FetchReport> {
  const connector = CONNECTORS[service];
  const selection = checkSelection(service, connector.takes, given);
  const objection = connector.objection(selection);
  if (objection) throw new PaperSearchError('BAD_REQUEST', objection);
  const name = options.name ?? folderName(selection);
  if (!/^\w[\w.-]*$/.test(name)) {
    const message = `Expected letters, digits, dots and hyphens for --name, got "${name}".`;
    throw new PaperSearchError('BAD_REQUEST', message);
  }
  const data = options.data ?? DEFAULT_DATA;
  return locked(service, data, options, async (client, signal) => {
    const folder = await FetchFolder.open(join(data, service, name), service, selection);
    return fetchPages(folder, connector, client, pagesOptions(service, false, { ...options, signal }));
  });
}

/** What a sync fetched, and which folders failed. */
export interface SyncReport {
  readonly reports: readonly FetchReport[];
  readonly failures: readonly SyncFailure[];
}

export interface SyncFailure {
  readonly service: ServiceName;
  readonly folder: string;
  readonly error: PaperSearchError;
}

/** Errors of one service or folder, which do not affect the others. */
const OWN_FAILURES: ReadonlySet<ErrorCode> = new Set(['FETCH_FAILED', 'FETCH_REFUSED', 'BAD_INPUT']);

/**
 * Repeats what was fetched into `data` before: interrupted fetches continue, others fetch what is new since then. When a
 * folder fails, the others are still fetched.
 * @param services the services to repeat; all when it is empty.
 * @throws PaperSearchError NO_INPUT when there is nothing to repeat, BAD_REQUEST for an invalid address;
 *   the signal's reason when it aborts.
 */
export async function syncPapers(
  services: readonly ServiceName[],
  options: FetchOptions = {},
): Promise<SyncReport> {
  const data = options.data ?? DEFAULT_DATA;
  const reports: FetchReport[] = [];
  const failures: SyncFailure[] = [];
  for (const service of services.length > 0 ? services : SERVICE_NAMES) {
    const attempt = async (folder: string, work: () => Promise<void>) => {
      await work().catch((error: unknown) => {
        options.signal?.throwIfAborted();
        if (!(error instanceof PaperSearchError) || !OWN_FAILURES.has(error.code)) throw error;
        failures.push({ service, folder, error });
      });
    };
    const names = await readdir(join(data, service)).catch(() => []);
    const folders = names.filter((name) => !name.startsWith('.')).sort();
    if (folders.length === 0) continue;
    // One client a service: its pace holds from one folder to the next.
    await attempt(join(data, service), () =>
      locked(service, data, options, async (client, signal) => {
        for (const name of folders) {
          await attempt(join(data, service, name), async () => {
            const folder = await FetchFolder.reopen(join(data, service, name));
            if (!folder) return;
            const pages = pagesOptions(service, true, { ...options, signal });
            reports.push(await fetchPages(folder, CONNECTORS[service], client, pages));
          });
        }
      }),
    );
  }
  if (reports.length + failures.length > 0) return { reports, failures };
  const message = `Nothing was fetched into "${data}" before. Run "paper-search fetch" first.`;
  throw new PaperSearchError('NO_INPUT', message, { details: { data } });
}

/** Does some work with a client of the service, while no other process uses it for this folder. */
function locked<T>(
  service: ServiceName,
  data: string,
  options: FetchOptions,
  work: (client: PoliteClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, onProgress, clock = SYSTEM_CLOCK } = options;
  const message = `Another fetch from ${service} is under way, or was killed: waiting for up to 12 seconds…`;
  const onWait = () => onProgress?.({ kind: 'notice', message });
  return withServiceLock(data, service, { clock, signal, onWait }, async (lockSignal) => {
    const folder = join(data, service);
    const readyAt = await readPace(folder, clock.now(), CONNECTORS[service].intervalMs);
    const client = clientFor(service, { ...options, signal: lockSignal }, readyAt);
    try {
      return await work(client, lockSignal);
    } finally {
      await writePace(folder, client.readyAt);
    }
  });
}

function pagesOptions(
  service: string,
  incremental: boolean,
  { signal, onProgress, clock = SYSTEM_CLOCK }: FetchOptions,
) {
  const onPage = (progress: PageProgress) => onProgress?.({ kind: 'page', service, ...progress });
  return { incremental, now: clock.now(), onPage, signal };
}

function clientFor(service: ServiceName, options: FetchOptions, readyAt: number): PoliteClient {
  const connector = CONNECTORS[service];
  const { title, prefixes, intervalMs, contentType, hints, key, asksForContact } = connector;
  const { signal, onProgress, clock = SYSTEM_CLOCK, env = process.env } = options;
  const mailto = options.mailto ?? env.PAPER_SEARCH_MAILTO;
  const headers: Record<string, string> = { 'user-agent': userAgent(mailto) };
  const secret = key && env[key.variable]?.trim();
  if (key && secret) headers[key.header] = key.scheme ? `${key.scheme} ${secret}` : secret;
  if (asksForContact && !mailto) {
    const message = `${title} asks its users who they are, and serves them better: give an e-mail address with --mailto or PAPER_SEARCH_MAILTO.`;
    onProgress?.({ kind: 'notice', message });
  }
  return new PoliteClient({
    title,
    allowed: new AllowedUrls(prefixes, env.PAPER_SEARCH_FETCH_BASE),
    headers,
    secrets: secret ? [secret] : [],
    intervalMs,
    readyAt,
    timeoutMs: options.timeoutMs ?? connector.timeoutMs,
    maxBytes: options.maxBytes ?? MAX_BYTES,
    contentType,
    hints,
    clock,
    signal,
    onRetry: (waitMs, reason) => onProgress?.({ kind: 'retry', service, waitMs, reason }),
  });
}

/** A folder name that describes a selection and differs between selections. */
function folderName(selection: Selection): string {
  const said = Object.entries(selection).sort(([a], [b]) => compareTexts(a, b));
  const slug = said
    .flatMap(([, value]) => value)
    .join('-')
    .normalize('NFKD')
    .replace(/[^\w.]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, MAX_NAME);
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
  return slug ? `${slug}-${digest}` : digest;
}
