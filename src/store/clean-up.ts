import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeIfPossible, replaceFile } from './durable.ts';
import { currentFile, isSnapshotName, isUnfinishedName, LAYOUT } from './layout.ts';
import { readManifest } from './snapshot-reader.ts';
import { verifySnapshot } from './verify.ts';

/**
 * Removes what no reader needs any more: what interrupted ingests left, and all snapshots but the current one and the
 * one before, which a reader may be opening at this moment. What cannot be removed stays for the next time: the
 * change that it followed is made. To be called by the holder of the ingest lock only.
 * @param before the snapshot before; the current one where nothing has changed: then the newest of the others stays.
 */
export async function removeStale(
  indexFolder: string,
  current: string,
  before: string | undefined,
): Promise<void> {
  const names: string[] = await readdir(indexFolder).catch(() => []);
  const others = names.filter((name) => isSnapshotName(name) && name !== current);
  const kept = before === current ? (await byAge(indexFolder, others))[0] : before;
  const stale = [...others.filter((name) => name !== kept), ...names.filter(isUnfinishedName)];
  if (await isJournalOfThePast(indexFolder)) stale.push(LAYOUT.journal);
  for (const name of stale) await removeIfPossible(join(indexFolder, name));
}

/**
 * Names the newest whole snapshot in `CURRENT` where there is no such file: an ingest was killed before it wrote it,
 * or it was lost. To be called by the holder of the ingest lock only.
 * @throws what the system says when the file cannot be written.
 */
export async function restorePointer(indexFolder: string): Promise<void> {
  const names: string[] = await readdir(indexFolder).catch(() => []);
  if (names.includes(LAYOUT.current)) return;
  for (const name of await byAge(indexFolder, names.filter(isSnapshotName))) {
    if ((await verifySnapshot(indexFolder, name)).length > 0) continue;
    await replaceFile(currentFile(indexFolder), `${name}\n`);
    return;
  }
}

/** Snapshots with a manifest, the newest first: by their time, then, as tuned ones share it, by that of the file. */
async function byAge(indexFolder: string, names: readonly string[]): Promise<string[]> {
  const found: { name: string; createdAt: string; mtimeMs: number }[] = [];
  for (const name of names) {
    const manifest = await readManifest(indexFolder, name).catch(() => undefined);
    const file = await stat(join(indexFolder, name, LAYOUT.manifest)).catch(() => undefined);
    if (manifest && file) found.push({ name, createdAt: manifest.createdAt, mtimeMs: file.mtimeMs });
  }
  const compare = (a: string, b: string) => (a === b ? 0 : a > b ? -1 : 1);
  return found
    .sort((a, b) => compare(a.createdAt, b.createdAt) || b.mtimeMs - a.mtimeMs)
    .map(({ name }) => name);
}

/** Whether the vectors in the journal are of an ingest that ended: the pointer was written after them. */
async function isJournalOfThePast(indexFolder: string): Promise<boolean> {
  const [journal, pointer] = await Promise.all(
    [join(indexFolder, LAYOUT.journal), currentFile(indexFolder)].map((file) =>
      stat(file).catch(() => undefined),
    ),
  );
  return journal !== undefined && pointer !== undefined && journal.mtimeMs <= pointer.mtimeMs;
}
