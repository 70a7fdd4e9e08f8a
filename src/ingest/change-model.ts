import { currentSnapshot, missingIndex } from '../indexes/store/snapshot-reader.ts';
import { updateIndex } from './update-index.ts';
import type { UpdateOptions } from './update-options.ts';

/** What a change of the model did. */
export interface ModelChange {
  /** Folder of the index, and the name of the current snapshot afterwards. */
  readonly index: string;
  readonly snapshot: string;
  readonly model: string;
  readonly papers: number;
  /** Texts that were encoded. */
  readonly encoded: number;
}

/**
 * Has the papers of an index encoded by another model. Meanwhile the current snapshot stays in use. After an
 * interruption, the same call continues where it stopped. Weights that `tune` fitted are dropped: they suit the old model.
 * @throws PaperSearchError NOT_FOUND for an unknown model; INDEX_MISSING, and what `ingest` throws.
 */
export async function changeModel(
  model: string,
  options: Pick<UpdateOptions, 'index' | 'onProgress' | 'signal'> = {},
): Promise<ModelChange> {
  const index = options.index ?? 'index';
  if ((await currentSnapshot(index)) === undefined) throw missingIndex(index);
  const { snapshot, assembled, encoded } = await updateIndex(
    { ...options, model, changeModel: true },
    async () => undefined,
  );
  return { index, snapshot, model, papers: assembled.papers.length, encoded };
}
