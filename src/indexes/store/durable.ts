import { randomUUID } from 'node:crypto';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Writes a file and waits until it is on the disk. */
export async function writeDurably(file: string, content: string | readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, 'w');
  try {
    if (typeof content === 'string') await handle.writeFile(content);
    else for (const part of content) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until a file is on the disk. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a file that never changes a second place: as a link, or as a copy where the file system has no links. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
    await syncFile(to);
  }
}

/** Replaces a file in one step: readers see the old content or the new, whole. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, content);
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } finally {
    await removeIfPossible(temporary);
  }
}

/**
 * Removes a file or folder, if the system lets us. For what an error or the end of a task leaves behind: it must not
 * hide that error, and the next ingest tries again.
 */
export async function removeIfPossible(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {});
}

/** Error codes of systems that cannot sync folders. A failing disk has others. */
const NO_FOLDER_SYNC = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF']);

/** Makes renames inside a folder survive a power cut. Not every system can; there the rename is all we can do. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync();
  } catch (error) {
    if (!NO_FOLDER_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle?.close();
  }
}

/** Makes a folder that was just made survive a power cut, with all folders that may have been made for it. */
export async function syncParents(folder: string): Promise<void> {
  for (let path = resolve(folder); path !== dirname(path); path = dirname(path)) {
    await syncFolder(dirname(path));
  }
}
