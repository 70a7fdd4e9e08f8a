import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { makeFolder } from '../../util/make-folder.ts';
import { instantsOf } from './arrivals.ts';
import { removeIfPossible, replaceFile, syncFolder, syncParents, writeDurably } from './durable.ts';
import { currentFile, LAYOUT } from './layout.ts';
import { type Manifest, manifestText, snapshotDigest } from './manifest.ts';
import { readManifest } from './snapshot-reader.ts';
import { verifySnapshot } from './verify.ts';

/**
 * Puts a folder with the files of a snapshot beside the others and makes it the current one. Killed at any moment, the
 * index still opens: with the old snapshot before the last rename, with the new one after it.
 * @param write puts the files but the manifest into an empty folder, durably, and gives the manifest that names them.
 * @param signal aborting before the pointer is swapped rejects with its reason and leaves the old snapshot in use.
 * @returns the snapshot's name.
 */
export async function publishFiles(
  indexFolder: string,
  write: (folder: string) => Promise<Manifest>,
  signal?: AbortSignal,
): Promise<string> {
  await makeFolder(indexFolder);
  const building = join(indexFolder, `snapshot.${randomUUID()}.tmp`);
  let name: string;
  try {
    await mkdir(building);
    const manifest = await write(building);
    const digest = snapshotDigest(manifest);
    name = digest;
    // The same content may be there already: only a damaged copy is written again, under another name, since
    // readers may be using this one.
    let isThere = false;
    for (let n = 2; !isThere && existsSync(join(indexFolder, name)); n++) {
      isThere = await isIntact(indexFolder, name, manifest);
      if (!isThere) name = `${digest}-${n}`;
    }
    if (!isThere) {
      await writeDurably(join(building, LAYOUT.manifest), manifestText(manifest));
      await syncFolder(building);
      await rename(building, join(indexFolder, name));
    }
  } finally {
    await removeIfPossible(building);
  }
  // Also where it was there: the ingest that put it there may have been killed before it was synced.
  await syncFolder(indexFolder);
  if (!existsSync(currentFile(indexFolder))) await syncParents(indexFolder);
  signal?.throwIfAborted();
  await replaceFile(currentFile(indexFolder), `${name}\n`);
  return name;
}

/**
 * Whether a snapshot is whole and its papers came in when they did in another one of its digest. They did not where it
 * was never made current, or where papers were removed and added again.
 */
async function isIntact(indexFolder: string, name: string, wanted: Manifest): Promise<boolean> {
  try {
    const damages = await verifySnapshot(indexFolder, name);
    const found = instantsOf(await readManifest(indexFolder, name));
    return damages.length === 0 && isDeepStrictEqual(found, instantsOf(wanted));
  } catch {
    return false;
  }
}
