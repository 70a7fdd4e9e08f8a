import { PaperSearchError } from '../../errors.ts';
import { sleep } from '../../util/pause.ts';
import { errorOfAnswer, isPassing, readErrorAnswer } from './answer-error.ts';
import type { ClusterClient } from './cluster-client.ts';
import { isAnswer } from './response-error.ts';

/** Bytes of a request. More gains nothing, and a node refuses what does not fit into a tenth of its heap. */
const MAX_BYTES = 4 * 2 ** 20;
const MAX_ITEMS = 1_000;
/** How long one node may take, in milliseconds: a busy node takes minutes, and its answer is worth waiting for. */
const TIMEOUT_MS = 120_000;
/** Default of `patienceMs`: a cluster elects a manager and promotes replicas within a minute or two, also when busy. */
const PATIENCE_MS = 300_000;
const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 30_000;

/**
 * One change of one document. It can be sent twice when an answer is lost, so it must be the same when repeated: with a
 * version of its own (`version_type: 'external_gte'`), or a whole document. A repeated `create` conflicts with itself.
 */
export interface BulkItem {
  readonly action: 'index' | 'create' | 'update' | 'delete';
  readonly index: string;
  readonly id: string;
  /** The document; for an update, its body (`doc`, `script`, …). Absent for a delete. */
  readonly document?: unknown;
  /** Conditions of the change: versions and sequence numbers, as the cluster names them. */
  readonly when?: {
    readonly version?: number;
    readonly version_type?: 'external' | 'external_gte';
    readonly if_seq_no?: number;
    readonly if_primary_term?: number;
  };
}

/** What became of an item. `conflict`: its version is too old, or there is a document where it would create one. */
type BulkOutcome = 'created' | 'updated' | 'deleted' | 'noop' | 'not_found' | 'conflict';

export interface BulkOptions {
  /** Most bytes of a request, if it has more than one item. Default: 4 MiB. */
  readonly maxBytes?: number | undefined;
  /** Most items of a request. Default: 1,000. */
  readonly maxItems?: number | undefined;
  /** How long to try again without any success before giving up, in milliseconds. Default: 300,000. */
  readonly patienceMs?: number | undefined;
  /** Called once for every item, in order of acknowledgement: the cluster has stored it on all copies that it knows. */
  readonly onAcknowledged?: ((item: BulkItem, outcome: BulkOutcome) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How many items had which outcome, and what it took. */
export interface BulkReport extends Record<BulkOutcome, number> {
  readonly requests: number;
  /** Of requests, with those of repeated ones. */
  readonly bytes: number;
  /** Items that were sent again because the cluster was busy or unavailable. */
  readonly retried: number;
}

interface Line {
  readonly item: BulkItem;
  /** Two lines of JSON, or one for a delete. */
  readonly lines: readonly string[];
  readonly bytes: number;
}

/**
 * Writes items in their order, in requests of bounded size. While one request runs, the items of the next are read. Items
 * that the cluster rejects because it is busy (429) or lacks shards (503) are sent again after growing random pauses; two
 * items of one document are never in one request, so a repeated item does not overtake a later one.
 *
 * The package's own helper is not used: it never ends when an answer takes longer than its flush interval.
 * @throws PaperSearchError for the first item with another error, with the item and the reason; CLUSTER_UNAVAILABLE when
 *   nothing succeeds for `patienceMs`; otherwise as `ClusterClient.request`. What was acknowledged before stays.
 */
export async function bulk(
  client: ClusterClient,
  items: Iterable<BulkItem> | AsyncIterable<BulkItem>,
  options: BulkOptions = {},
): Promise<BulkReport> {
  const writer = new BulkWriter(client, options);
  const maxItems = options.maxItems ?? MAX_ITEMS;
  let running: Promise<void> = Promise.resolve();
  let batch: Line[] = [];
  let bytes = 0;
  let documents = new Set<string>();
  const flush = async () => {
    await running;
    running = writer.write(batch);
    // It is awaited later; until then, Node must not take it for unhandled.
    running.catch(() => {});
    batch = [];
    bytes = 0;
    documents = new Set();
  };
  for await (const item of items) {
    const line = lineOf(item);
    const document = `${item.index}/${item.id}`;
    const isFull = bytes + line.bytes > writer.maxBytes || batch.length >= maxItems;
    if (batch.length > 0 && (isFull || documents.has(document))) await flush();
    batch.push(line);
    bytes += line.bytes;
    documents.add(document);
  }
  await flush();
  await running;
  return writer.report;
}

class BulkWriter {
  readonly report = {
    created: 0,
    updated: 0,
    deleted: 0,
    noop: 0,
    not_found: 0,
    conflict: 0,
    requests: 0,
    bytes: 0,
    retried: 0,
  };
  /** Becomes smaller when something before the cluster accepts less. */
  maxBytes: number;
  readonly #client: ClusterClient;
  readonly #options: BulkOptions;
  readonly #patienceMs: number;

  constructor(client: ClusterClient, options: BulkOptions) {
    this.#client = client;
    this.#options = options;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
  }

  /** Returns when all lines are acknowledged. */
  async write(batch: readonly Line[]): Promise<void> {
    const { signal } = this.#options;
    let left = batch;
    let failures = 0;
    let lastSuccess = Date.now();
    while (left.length > 0) {
      const { again, reason } = await this.#try(left);
      if (again.length < left.length) {
        failures = 0;
        lastSuccess = Date.now();
      }
      left = again;
      if (left.length === 0) return;
      if (Date.now() - lastSuccess > this.#patienceMs) throw this.#givenUp(left, reason!);
      this.report.retried += left.length;
      const pause = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
      await sleep(pause * (0.5 + Math.random() / 2), signal);
      signal?.throwIfAborted();
    }
  }

  /** Sends lines once. @returns those to send again, and why. */
  async #try(lines: readonly Line[]): Promise<{ again: readonly Line[]; reason?: PaperSearchError }> {
    const bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
    this.report.requests++;
    this.report.bytes += bytes;
    let answer: { readonly items?: readonly Record<string, ItemAnswer>[] };
    try {
      answer = await this.#client.request('POST', '/_bulk', {
        lines: lines.flatMap((line) => line.lines),
        query: { filter_path: 'items.*.status,items.*.result,items.*.error' },
        timeoutMs: TIMEOUT_MS,
        signal: this.#options.signal,
        idempotent: true,
      });
    } catch (error) {
      if (error instanceof PaperSearchError && error.code === 'CLUSTER_UNAVAILABLE') {
        return { again: lines, reason: error };
      }
      if (isAnswer(error, 413)) return await this.#inHalves(lines, bytes, error);
      throw error;
    }
    const { items } = answer;
    if (items?.length !== lines.length) {
      const message = `The cluster answered ${items?.length ?? 0} of ${lines.length} changes.`;
      throw new PaperSearchError('CLUSTER_FAILED', message);
    }
    return this.#settle(lines, items);
  }

  #settle(lines: readonly Line[], items: readonly Record<string, ItemAnswer>[]) {
    const again: Line[] = [];
    let reason: PaperSearchError | undefined;
    let fatal: PaperSearchError | undefined;
    for (const [n, line] of lines.entries()) {
      const { status, result, error } = Object.values(items[n]!)[0]!;
      if (error === undefined) {
        this.#acknowledge(line.item, OUTCOMES.find((outcome) => outcome === result) ?? 'noop');
        continue;
      }
      const answer = readErrorAnswer(status, { error });
      if (status === 409) {
        this.#acknowledge(line.item, 'conflict');
      } else if (isPassing(answer)) {
        again.push(line);
        reason ??= errorOfAnswer(answer, nameOf(line.item));
      } else {
        // Those after it are acknowledged first: their outcomes are known, too.
        fatal ??= errorOfAnswer(answer, nameOf(line.item));
      }
    }
    if (fatal) throw fatal;
    return { again, ...(reason && { reason }) };
  }

  #acknowledge(item: BulkItem, outcome: BulkOutcome): void {
    this.report[outcome]++;
    this.#options.onAcknowledged?.(item, outcome);
  }

  /** A proxy in front of the cluster can accept less than the cluster. */
  async #inHalves(lines: readonly Line[], bytes: number, cause: unknown) {
    if (lines.length === 1) {
      const { item } = lines[0]!;
      const message = `The cluster, or a proxy before it, does not accept ${nameOf(item)}: it has ${bytes} bytes. Raise http.max_content_length of the cluster, or the limit of the proxy.`;
      throw new PaperSearchError('CLUSTER_FAILED', message, { details: { id: item.id, bytes }, cause });
    }
    this.maxBytes = Math.min(this.maxBytes, Math.ceil(bytes / 2));
    const middle = lines.length >> 1;
    await this.write(lines.slice(0, middle));
    await this.write(lines.slice(middle));
    return { again: [] };
  }

  #givenUp(left: readonly Line[], reason: PaperSearchError): PaperSearchError {
    const message = `${left.length} changes, the first ${nameOf(left[0]!.item)}, were not accepted for ${Math.round(this.#patienceMs / 1000)} s. ${reason.message}`;
    return new PaperSearchError('CLUSTER_UNAVAILABLE', message, { cause: reason });
  }
}

interface ItemAnswer {
  readonly status: number;
  readonly result?: string;
  readonly error?: unknown;
}

const OUTCOMES = ['created', 'updated', 'deleted', 'noop', 'not_found'] as const;

function lineOf(item: BulkItem): Line {
  const { action, index, id, document, when } = item;
  const head = JSON.stringify({ [action]: { _index: index, _id: id, ...when } });
  const lines = action === 'delete' ? [head] : [head, JSON.stringify(document)];
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  return { item, lines, bytes };
}

function nameOf({ action, index, id }: BulkItem): string {
  return `${action} of "${id}" in ${index}`;
}
