import type { Encoder } from '../../encode/encoder.ts';
import { bundledModel } from '../../encode/model/minilm.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { infoOf } from '../../encode/models/model.ts';
import { findModel, modelOfIndex } from '../../encode/models/registry.ts';
import { createBulkEncoder } from '../../encode/process-encoder.ts';
import { PaperSearchError } from '../../errors.ts';
import { expectBuiltWith, nameOf } from '../../indexes/store/manifest.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { isAnswer } from '../client/response-error.ts';
import { keysIndexOf } from '../store/names.ts';
import { beginChange, currentSnapshot, dropSnapshot } from '../store/snapshots.ts';
import { type Change, Changes } from './change.ts';
import { KEYS_MAPPING, KeyStore } from './key-store.ts';
import { isChanged } from './notes.ts';
import type { ClusterChangeOptions } from './options.ts';
import { PaperStore } from './paper-store.ts';
import { SeenRecords } from './seen-records.ts';
import type { TransactionTools } from './transaction.ts';

/** The work that a change is begun for. */
export interface WorkOfChange {
  readonly what: 'ingest' | 'remove';
  readonly text: string;
  /** Equal for equal work, whatever the model is. */
  readonly digest: string;
  readonly shard: number;
  readonly shards: number;
  /** See `ChangeDocument.files`. */
  readonly files?: string | undefined;
  readonly rebuild?: boolean | undefined;
  readonly keepDuplicates?: boolean | undefined;
}

/** A change of a corpus that this process takes part in. */
export interface OpenChange {
  readonly client: ClusterClient;
  readonly corpus: string;
  readonly keysIndex: string;
  /** The index of the snapshot that the change is based on; undefined for a new or rebuilt corpus. */
  readonly basis: string | undefined;
  readonly change: Change;
  readonly changes: Changes;
  readonly model: ModelInfo;
  readonly tools: TransactionTools;
  /** After a failure: abandons the change if it has one worker and nothing was written, so that no one has to finish it. */
  dropUnlessWritten(): Promise<void>;
  /** Stops taking part. */
  close(): Promise<void>;
}

/** Settings of the index of keys: small documents that are read by id. */
const KEYS_SETTINGS = {
  index: { number_of_shards: 3, auto_expand_replicas: '0-1', refresh_interval: '60s' },
};

/**
 * Begins a change of a corpus, or joins or continues it.
 * @throws PaperSearchError as `ingestIntoCluster` does.
 */
export async function openChange(
  client: ClusterClient,
  options: ClusterChangeOptions,
  work: WorkOfChange,
): Promise<OpenChange> {
  const { corpus, signal, onProgress = () => {} } = options;
  const keysIndex = keysIndexOf(corpus);
  const present = await currentSnapshot(client, corpus);
  const basis = work.rebuild ? undefined : present;
  await ensureKeysIndex(client, keysIndex, basis && corpus);
  expectSameShards(options.primaryShards, basis?.meta.settings.shards, corpus);
  const { primaryShards: shards, replicas } = options;
  const keepDuplicates = expectSameMerging(work.keepDuplicates, basis?.meta.keepDuplicates, corpus);
  const encoder = await encoderFor(options, basis?.meta.model);
  const { model } = encoder;
  const closeEncoder = async () => {
    if (!options.encoder) await encoder.close();
  };
  try {
    const changes = new Changes({
      ...options,
      ...work,
      client,
      index: keysIndex,
      model,
      keepDuplicates,
      onWait: () => onProgress({ stage: 'waiting' }),
      prepare: () => beginChange(client, corpus, basis?.index, { model, keepDuplicates, shards, replicas }),
      drop: (snapshot) => dropSnapshot(client, snapshot),
      isPublished: async (snapshot) => (await currentSnapshot(client, corpus))?.index === snapshot,
    });
    const change = await changes.join();
    const { document, snapshot, worker } = change;
    try {
      expectBuiltWith('model', nameOf(document.model), nameOf(model));
      const tools: TransactionTools = {
        keys: new KeyStore(client, keysIndex),
        papers: new PaperStore(client, snapshot, document.id, basis?.index),
        worker,
        keepDuplicates,
        change: document.id,
        instant: Date.parse(document.by.since),
        encoder,
        seen: new SeenRecords(),
        onRetry: () => onProgress({ stage: 'replacing-encoder' }),
        signal,
      };
      const close = async () => {
        await worker.stop();
        await closeEncoder();
      };
      const dropUnlessWritten = async () => {
        if (document.shards > 1) return;
        try {
          if (!(await isChanged(client, keysIndex))) await changes.drop(change);
        } catch {
          // The failure itself is reported; the same work, done again, finds the change and continues.
        }
      };
      return {
        client,
        corpus,
        keysIndex,
        basis: basis?.index,
        change,
        changes,
        model,
        tools,
        dropUnlessWritten,
        close,
      };
    } catch (error) {
      await worker.stop();
      throw error;
    }
  } catch (error) {
    await closeEncoder();
    throw error;
  }
}

/** @param corpus that has papers already, whose keys must be there. */
async function ensureKeysIndex(
  client: ClusterClient,
  index: string,
  corpus: string | undefined,
): Promise<void> {
  if (await client.request<boolean>('HEAD', `/${index}`)) return;
  if (corpus !== undefined) {
    const message = `The index ${index} is missing, without which new records cannot be merged with the papers of "${corpus}". Restore it, or ingest everything again with --rebuild.`;
    throw new PaperSearchError('INDEX_CORRUPT', message, { details: { index } });
  }
  try {
    const body = { settings: KEYS_SETTINGS, mappings: KEYS_MAPPING };
    await client.request('PUT', `/${index}`, { body });
  } catch (error) {
    // Another worker was faster.
    if (!isAnswer(error, 400) || error.type !== 'resource_already_exists_exception') throw error;
  }
}

/** Whether records are kept separate. All papers would have to be grouped again to change it. */
function expectSameMerging(asked: boolean | undefined, found: boolean | undefined, corpus: string): boolean {
  if (asked === undefined || found === undefined || asked === found) return asked ?? found ?? false;
  const message = found
    ? `The corpus "${corpus}" keeps every record as a separate paper. Ingest into another corpus, or with --rebuild, to merge them.`
    : `The corpus "${corpus}" merges the records of one paper. Ingest into another corpus, or with --rebuild, to keep them separate.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { corpus } });
}

/** An index is cloned with its shards; their number cannot be changed then. */
function expectSameShards(asked: number | undefined, found: number | undefined, corpus: string): void {
  if (asked === undefined || found === undefined || asked === found) return;
  const message = `The corpus "${corpus}" has ${found} primary shards, which cannot be changed. Ingest into another corpus, or with --rebuild, to have ${asked}.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { corpus } });
}

async function encoderFor(
  { encoder, model: name, corpus, onProgress }: ClusterChangeOptions,
  found: ModelInfo | undefined,
): Promise<Encoder> {
  if (encoder) {
    if (found) expectBuiltWith('model', nameOf(found), nameOf(encoder.model));
    return encoder;
  }
  const model =
    name !== undefined ? await findModel(name) : found ? await modelOfIndex(found) : await bundledModel();
  if (found && infoOf(model).digest !== found.digest) {
    throw new PaperSearchError(
      'INDEX_INCOMPATIBLE',
      `The corpus "${corpus}" has the vectors of ${found.name}, not of ${model.name}. Ingest the papers into another corpus with --model ${model.name}. The corpus is unchanged.`,
      { details: { found: found.name, expected: model.name } },
    );
  }
  return createBulkEncoder({ model, onConvert: () => onProgress?.({ stage: 'converting-model' }) });
}
