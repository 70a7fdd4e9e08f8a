import { join } from 'node:path';
import type { ModelRanking } from '../../encode/model-info.ts';
import { removeStale } from './clean-up.ts';
import { linkOrCopy } from './durable.ts';
import { asFailedChange } from './failed-change.ts';
import type { Manifest, Tuning } from './manifest.ts';
import { publishFiles } from './publish-files.ts';
import { currentSnapshot, missingIndex, readManifest } from './snapshot-reader.ts';

/**
 * Makes a snapshot current that differs from the current one in its weights only: its other files are the same on
 * disk. To be called by the holder of the ingest lock only.
 * @param tuning undefined for the default weights.
 * @returns the snapshot's name; that of the current one when it has these weights already.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_UNREADABLE, INDEX_UNWRITABLE or INDEX_CORRUPT;
 *   the signal's reason when it aborts.
 */
export async function publishTuning(
  indexFolder: string,
  tuning: Tuning | undefined,
  signal?: AbortSignal,
): Promise<string> {
  return publishManifest(indexFolder, (manifest) => ({ ...manifest, tuning }), signal);
}

/**
 * The same for how papers are ranked by the vectors of the index's model.
 * @throws as `publishTuning` does.
 */
export async function publishRanking(
  indexFolder: string,
  ranking: ModelRanking,
  signal?: AbortSignal,
): Promise<string> {
  const withRanking = (manifest: Manifest) => ({ ...manifest, model: { ...manifest.model, ranking } });
  return publishManifest(indexFolder, withRanking, signal);
}

async function publishManifest(
  indexFolder: string,
  change: (manifest: Manifest) => Manifest,
  signal?: AbortSignal,
): Promise<string> {
  const current = await currentSnapshot(indexFolder);
  if (current === undefined) throw missingIndex(indexFolder);
  // With its time, too: the content is as old as it was, and without the tuning the snapshot is the one before it.
  const { artifacts, tuning, ...others } = change(await readManifest(indexFolder, current));
  // In the order of the schema, since the name of a snapshot is a digest of its manifest's text.
  const manifest = { ...others, tuning, artifacts };
  const write = async (folder: string) => {
    for (const file of Object.keys(artifacts)) {
      await linkOrCopy(join(indexFolder, current, file), join(folder, file));
    }
    return manifest;
  };
  const name = await publishFiles(indexFolder, write, signal).catch(async (error: unknown) => {
    throw await asFailedChange(error, indexFolder, current);
  });
  await removeStale(indexFolder, name, current);
  return name;
}
