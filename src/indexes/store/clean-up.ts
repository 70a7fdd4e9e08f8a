import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PaperSearchError } from '../../errors.ts';
import { corrupt } from './corrupt.ts';
import { removeIfPossible, replaceFile } from './durable.ts';
import { currentFile, isSnapshotName, isUnfinishedName, LAYOUT } from './layout.ts';
import { readManifest } from './snapshot-reader.ts';
import { unreadable } from './unreadable.ts';
import { type Damage, verifySnapshot } from './verify.ts';

/**
 * Removes what no reader needs any more: what interrupted ingests left, and all snapshots except the current one and the
 * one before, which a reader may be opening at this moment. What cannot be removed is left for the next time: the
 * change itself is complete. To be called by the holder of the ingest lock only.
 * @param before the snapshot before; the current one where nothing has changed: then the newest of the others stays.
 */
export async function removeStale(
  indexFolder: string,
  current: string,
  before: string | undefined,
): Promise<void> {
  const names: string[] = await readdir(indexFolder).catch(() => []);
  const others = names.filter((name) => isSnapshotName(name) && name !== current);
  const stale = names.filter(isUnfinishedName);
  if (before !== current) stale.push(...others.filter((name) => name !== before));
  else stale.push(...(await allButNewest(indexFolder, others)));
  if (await isJournalOfThePast(indexFolder, current)) stale.push(LAYOUT.journal);
  for (const name of stale) await removeIfPossible(join(indexFolder, name));
}

/**
 * Names the newest whole snapshot in `CURRENT` where there is no such file: an ingest was killed before it wrote it,
 * or it was lost. To be called by the holder of the ingest lock only.
 * @throws PaperSearchError INDEX_CORRUPT or INDEX_UNREADABLE where there are snapshots and none is whole; what the
 *   system says when the file cannot be written.
 */
export async function restorePointer(indexFolder: string): Promise<void> {
  const names: string[] = await readdir(indexFolder).catch(() => []);
  if (names.includes(LAYOUT.current)) return;
  let found: Damage | undefined;
  for (const name of await byAge(indexFolder, names.filter(isSnapshotName))) {
    const [damage] = await verifySnapshot(indexFolder, name);
    if (!damage) return replaceFile(currentFile(indexFolder), `${name}\n`);
    found ??= damage;
  }
  // Starting over would remove what may be recovered by other means.
  if (found?.code !== undefined)
    throw unreadable(found.file, Object.assign(new Error(found.reason), { code: found.code }));
  if (found) throw corrupt(found.file, `${found.reason}, and ${LAYOUT.current} is missing`);
}

/** All snapshots except the newest; none when they cannot be read. */
async function allButNewest(indexFolder: string, names: readonly string[]): Promise<string[]> {
  try {
    const [newest] = await byAge(indexFolder, names);
    return names.filter((name) => name !== newest);
  } catch {
    return [];
  }
}

/**
 * Snapshots with a sound manifest, the newest first: by their time, then, as tuned ones share it, by that of the file.
 * @throws PaperSearchError INDEX_UNREADABLE.
 */
async function byAge(indexFolder: string, names: readonly string[]): Promise<string[]> {
  const found: { name: string; createdAt: string; mtimeMs: number }[] = [];
  for (const name of names) {
    const manifest = await readManifest(indexFolder, name).catch((error: PaperSearchError) => {
      if (error.code === 'INDEX_UNREADABLE') throw error;
      return undefined;
    });
    const file = await stat(join(indexFolder, name, LAYOUT.manifest)).catch(() => undefined);
    if (manifest && file) found.push({ name, createdAt: manifest.createdAt, mtimeMs: file.mtimeMs });
  }
  const compare = (a: string, b: string) => (a === b ? 0 : a > b ? -1 : 1);
  return found
    .sort((a, b) => compare(a.createdAt, b.createdAt) || b.mtimeMs - a.mtimeMs)
    .map(({ name }) => name);
}

/**
 * Whether the vectors in the journal are of an ingest that ended: the pointer was written after them, and its snapshot is
 * complete.
 */
async function isJournalOfThePast(indexFolder: string, current: string): Promise<boolean> {
  const manifest = await readManifest(indexFolder, current).catch(() => undefined);
  if (manifest?.unfinished) return false;
  const [journal, pointer] = await Promise.all(
    [join(indexFolder, LAYOUT.journal), currentFile(indexFolder)].map((file) =>
      stat(file).catch(() => undefined),
    ),
  );
  return journal !== undefined && pointer !== undefined && journal.mtimeMs <= pointer.mtimeMs;
}
