import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ModelInfo } from '../../encode/model-info.ts';
import { PaperSearchError } from '../../errors.ts';
import { sleep } from '../../util/pause.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { isAnswer } from '../client/response-error.ts';
import type { Version } from './key-store.ts';
import { KINDS_OF_CHANGE } from './notes.ts';
import { Watch, type Who, Worker } from './worker.ts';

/** What a corpus is changed by: one at a time. It is a document in the index of keys until its snapshot is published. */
export interface ChangeDocument {
  readonly kind: 'change';
  readonly id: string;
  readonly what: 'ingest' | 'remove';
  /** Equal for the same work: paths or ids, and the options that matter. A killed change is continued by the same work. */
  readonly digest: string;
  /** The work in words. */
  readonly text: string;
  /** Workers that share the work. */
  readonly shards: number;
  /** Digest of the files that the workers share; of several workers only. */
  readonly files?: string | undefined;
  readonly model: ModelInfo;
  readonly keepDuplicates: boolean;
  /** The index of the new snapshot, once there is one. */
  readonly snapshot?: string | undefined;
  readonly state: 'preparing' | 'writing' | 'publishing';
  /** The worker that prepares or publishes. */
  readonly owner: string;
  readonly by: Who;
}

/** One of the workers that share a change. */
interface ShardDocument {
  readonly kind: 'shard';
  readonly worker: string;
  readonly done: boolean;
  readonly by: Who;
}

/** A change that this worker takes part in. */
export interface Change {
  readonly document: ChangeDocument;
  /** The index of the new snapshot. */
  readonly snapshot: string;
  readonly worker: Worker;
  readonly shard: number;
  /** Whether all workers are done, and the one that was to publish has died: only that is left to do. */
  readonly isComplete: boolean;
}

export interface ChangeOptions {
  readonly client: ClusterClient;
  readonly corpus: string;
  /** The index of keys. */
  readonly index: string;
  readonly what: 'ingest' | 'remove';
  readonly digest: string;
  readonly text: string;
  readonly shard: number;
  readonly shards: number;
  readonly files?: string | undefined;
  readonly model: ModelInfo;
  readonly keepDuplicates: boolean;
  /** Whether an unfinished change of other work is dropped. */
  readonly discardUnfinished?: boolean | undefined;
  /** How long to wait for another change (milliseconds). Default 12,000. */
  readonly patienceMs?: number | undefined;
  readonly leaseMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: (() => void) | undefined;
  /** Makes the index of the new snapshot. @returns its name. */
  readonly prepare: () => Promise<string>;
  /** Deletes the index of a snapshot that was not published. */
  readonly drop: (snapshot: string) => Promise<void>;
  /** Whether a snapshot is the published one. */
  readonly isPublished: (snapshot: string) => Promise<boolean>;
}

const PATIENCE_MS = 12_000;
const POLL_MS = 500;
const CHANGE = 'change';

/**
 * The change of a corpus: which one runs, who takes part, who is done. Documents are created and changed only as they were
 * read, so two workers never both prepare or publish.
 */
export class Changes {
  readonly #options: ChangeOptions;
  readonly #watch: Watch;

  constructor(options: ChangeOptions) {
    this.#options = options;
    this.#watch = new Watch(options.client, options.index, options.leaseMs);
  }

  /**
   * Begins the change, or joins it where other workers have, or continues it where one was killed.
   * @throws PaperSearchError INDEX_LOCKED while another change of the corpus runs, or another process has this shard, or
   *   an unfinished change is there that `discardUnfinished` does not drop.
   */
  async join(): Promise<Change> {
    const { signal, onWait, patienceMs = PATIENCE_MS, leaseMs } = this.#options;
    const patience = Math.max(patienceMs, (leaseMs ?? 0) * 1.2);
    const started = performance.now();
    for (let round = 0; ; round++) {
      signal?.throwIfAborted();
      const obstacle = await this.#try();
      if (!(obstacle instanceof PaperSearchError)) {
        if (obstacle) return obstacle;
        continue;
      }
      if (performance.now() - started > patience) throw obstacle;
      if (round === 0) onWait?.();
      await sleep(POLL_MS, signal);
    }
  }

  /** @returns the change; an error where something is in the way; undefined to try again at once. */
  async #try(): Promise<Change | PaperSearchError | undefined> {
    const found = await this.#read<ChangeDocument>(CHANGE);
    if (!found) return this.#begin();
    const { document, version } = found;
    const alive = await this.#alive(document);
    if (document.digest !== this.#options.digest || document.shards !== this.#options.shards) {
      if (alive) return this.#busy(document, alive);
      if (document.state === 'publishing' && document.snapshot !== undefined) {
        // It died after its work: dropping or forgetting it is the same.
        if (await this.#options.isPublished(document.snapshot)) return this.#forget(document);
      }
      if (!this.#options.discardUnfinished) throw this.#unfinished(document);
      if (document.snapshot !== undefined) await this.#options.drop(document.snapshot);
      return this.#forget(document);
    }
    if (document.state !== 'writing') {
      if (await this.#watch.isAlive(document.owner)) return this.#busy(document, document.by);
      return this.#takeOver(document, version);
    }
    if (document.files !== this.#options.files) {
      if (alive) return this.#otherFiles(alive);
      // The files have changed since the workers were killed: all of them have to read theirs again.
      await this.#forgetShards(document);
      await this.#write({ ...document, files: this.#options.files }, version);
      return undefined;
    }
    return this.#takeShard(document);
  }

  async #begin(): Promise<Change | PaperSearchError | undefined> {
    const { what, digest, text, shards, files, model, keepDuplicates } = this.#options;
    const id = randomBytes(6).toString('hex');
    const worker = await this.#startWorker(id);
    const document: ChangeDocument = {
      kind: 'change',
      id,
      what,
      digest,
      text,
      shards,
      files,
      model,
      keepDuplicates,
      state: 'preparing',
      owner: worker.id,
      by: worker.who,
    };
    try {
      if (await this.#write(document, undefined)) return await this.#prepare(document, worker);
      await worker.stop();
      return undefined;
    } catch (error) {
      await worker.stop();
      throw error;
    }
  }

  /** Continues what a killed worker was doing before all began to write, or after all had. */
  async #takeOver(document: ChangeDocument, version: Version): Promise<Change | undefined> {
    const { snapshot, state } = document;
    const isComplete = state === 'publishing' && snapshot !== undefined;
    if (isComplete && (await this.#options.isPublished(snapshot))) return this.#forget(document);
    const worker = await this.#startWorker(document.id);
    try {
      const ours = { ...document, owner: worker.id };
      if (!(await this.#write(ours, version))) await worker.stop();
      else if (!isComplete) await this.#prepare(ours, worker);
      else return { document: ours, snapshot, worker, shard: this.#options.shard, isComplete };
      return undefined;
    } catch (error) {
      await worker.stop();
      throw error;
    }
  }

  async #prepare(document: ChangeDocument, worker: Worker): Promise<undefined> {
    const snapshot = await this.#options.prepare();
    const found = await this.#read<ChangeDocument>(CHANGE);
    const isOurs = found?.document.owner === worker.id;
    if (!isOurs || !(await this.#write({ ...document, snapshot, state: 'writing' }, found.version))) {
      await this.#options.drop(snapshot);
    }
    await worker.stop();
    return undefined;
  }

  async #takeShard(document: ChangeDocument): Promise<Change | PaperSearchError | undefined> {
    const { shard, shards } = this.#options;
    const name = `shard:${shard}`;
    const found = await this.#read<ShardDocument>(name);
    if (found && (await this.#watch.isAlive(found.document.worker))) {
      const { by } = found.document;
      const part = shards > 1 ? `Shard ${shard} of ${shards} of "${this.#options.corpus}"` : undefined;
      return part === undefined
        ? this.#busy(document, by)
        : locked(`${part} is being written by ${whoText(by)}. Each worker needs a number of its own.`, by);
    }
    const worker = await this.#startWorker(document.id);
    const ours: ShardDocument = { kind: 'shard', worker: worker.id, done: false, by: worker.who };
    if (await this.#write(ours, found?.version, name)) {
      return { document, snapshot: document.snapshot!, worker, shard, isComplete: false };
    }
    await worker.stop();
    return undefined;
  }

  /** Notes that this worker has done its part. @returns the parts that are not done yet. */
  async done({ document, worker, shard }: Change): Promise<number[]> {
    const ours: ShardDocument = { kind: 'shard', worker: worker.id, done: true, by: worker.who };
    const found = await this.#read<ShardDocument>(`shard:${shard}`);
    if (found?.document.worker !== worker.id) throw lostShard();
    if (!(await this.#write(ours, found.version, `shard:${shard}`))) throw lostShard();
    const missing: number[] = [];
    for (let each = 1; each <= document.shards; each++) {
      const other = await this.#read<ShardDocument>(`shard:${each}`);
      if (!other?.document.done) missing.push(each);
    }
    return missing;
  }

  /** Makes this worker the one that publishes. @returns whether it is. */
  async startPublishing({ document, worker }: Change): Promise<boolean> {
    const found = await this.#read<ChangeDocument>(CHANGE);
    if (found?.document.id !== document.id || found.document.state !== 'writing') return false;
    return this.#write({ ...found.document, state: 'publishing', owner: worker.id }, found.version);
  }

  /** Removes all documents of a change; those of keys and sources stay. */
  async #forget({ id }: ChangeDocument): Promise<undefined> {
    await this.forget(id);
    return undefined;
  }

  /** Abandons a change: the corpus is as it was. */
  async drop({ document, snapshot, worker }: Change): Promise<void> {
    await this.#options.drop(snapshot);
    await worker.stop();
    await this.forget(document.id);
  }

  /** Ends a change, published or dropped. */
  async forget(id: string): Promise<void> {
    const { client, index } = this.#options;
    await client.request('POST', `/${index}/_refresh`);
    await client.request('POST', `/${index}/_delete_by_query`, {
      query: { conflicts: 'proceed', refresh: true },
      body: { query: { terms: { kind: KINDS_OF_CHANGE } } },
    });
    const found = await this.#read<ChangeDocument>(CHANGE);
    if (found?.document.id === id) await client.request('DELETE', `/${index}/_doc/${CHANGE}`);
  }

  async #forgetShards({ shards }: ChangeDocument): Promise<void> {
    const { client, index } = this.#options;
    for (let shard = 1; shard <= shards; shard++) {
      await client.request('DELETE', `/${index}/_doc/shard:${shard}`).catch((error: unknown) => {
        if (!isAnswer(error, 404)) throw error;
      });
    }
  }

  /** A worker of a change that lives. */
  async #alive({ owner, shards, state, by }: ChangeDocument): Promise<Who | undefined> {
    if (state !== 'writing' && (await this.#watch.isAlive(owner))) return by;
    for (let shard = 1; shard <= shards; shard++) {
      const found = await this.#read<ShardDocument>(`shard:${shard}`);
      if (found && (await this.#watch.isAlive(found.document.worker))) return found.document.by;
    }
    return undefined;
  }

  #startWorker(change: string): Promise<Worker> {
    const { client, index, leaseMs, signal } = this.#options;
    return Worker.start({ client, index, change, leaseMs, signal });
  }

  async #read<T>(id: string): Promise<{ readonly document: T; readonly version: Version } | undefined> {
    const { client, index } = this.#options;
    try {
      const { _source, _seq_no, _primary_term } = await client.request<{
        _source: T;
        _seq_no: number;
        _primary_term: number;
      }>('GET', `/${index}/_doc/${id}`);
      return { document: _source, version: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
    } catch (error) {
      if (isAnswer(error, 404)) return undefined;
      throw error;
    }
  }

  /** Writes a document that is as it was read, or was not there. @returns whether it was. */
  async #write(
    document: ChangeDocument | ShardDocument,
    version: Version | undefined,
    id = CHANGE,
  ): Promise<boolean> {
    const { client, index } = this.#options;
    try {
      await client.request('PUT', `/${index}/_doc/${id}`, {
        query: version ? { ...version } : { op_type: 'create' },
        body: document,
      });
      return true;
    } catch (error) {
      if (!isAnswer(error, 409)) throw error;
      // A request that was repeated after its answer was lost meets what it wrote itself.
      const found = await this.#read(id);
      return isDeepStrictEqual(found?.document, JSON.parse(JSON.stringify(document)));
    }
  }

  #busy({ what, text, by }: ChangeDocument, who: Who): PaperSearchError {
    const { corpus } = this.#options;
    return locked(
      `The corpus "${corpus}" is being changed by ${whoText(who)} (${what} ${text}, since ${by.since}). Wait for it to end, then try again.`,
      who,
    );
  }

  #unfinished({ what, text, by }: ChangeDocument): PaperSearchError {
    const { corpus } = this.#options;
    return locked(
      `A change of the corpus "${corpus}" was not finished: ${what} ${text}, by ${whoText(by)}. Run the same command again to finish it, or add --discard-unfinished to this one to drop it.`,
      by,
    );
  }

  #otherFiles(who: Who): PaperSearchError {
    return locked(
      `The files are not those that another worker reads (${whoText(who)}). Workers that share an ingest need the same paths with the same content.`,
      who,
    );
  }
}

function lostShard(): PaperSearchError {
  return locked('This ingest was suspended for so long that another process took over its part.', undefined);
}

function locked(message: string, who: Who | undefined): PaperSearchError {
  return new PaperSearchError('INDEX_LOCKED', message, { details: { ...(who && { holder: who }) } });
}

function whoText({ host, pid, since }: Who): string {
  return `process ${pid} on ${host}, since ${since}`;
}
