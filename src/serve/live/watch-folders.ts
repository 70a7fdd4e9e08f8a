import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { listFiles, sidecarOf } from '../../papers/read/files.ts';
import { sleep } from '../../util/pause.ts';

export interface WatchOptions {
  /** Ingests the folders; never called before its last call has ended. */
  readonly ingest: () => Promise<void>;
  /** Told why something was not ingested. */
  readonly onError: (error: unknown) => void;
  /** Time between two looks (milliseconds). Default 1000. Longer where looking takes long. */
  readonly pollMs?: number | undefined;
  /** Aborting ends the watch. */
  readonly signal: AbortSignal;
}

/** Looking takes at most this share of the time. */
const MAX_BUSY = 1 / 20;

/**
 * Ingests folders now and whenever a file in them has changed and then stayed as it is from one look to the next.
 * It looks instead of being told, so that it works on every drive. What goes wrong is told and tried again at the next
 * change; an index that another ingest holds, at the next look.
 * @returns when the signal aborts, and an ingest under way has ended.
 */
export async function watchFolders(folders: readonly string[], options: WatchOptions): Promise<void> {
  const { ingest, onError, pollMs = 1000, signal } = options;
  let ingested: string | undefined;
  let seen: string | undefined;
  let told = '';
  const tell = (error: unknown) => {
    if (messageOf(error) === told) return;
    told = messageOf(error);
    onError(error);
  };
  while (!signal.aborted) {
    const started = performance.now();
    try {
      const now = await stateOf(folders);
      const tookMs = performance.now() - started;
      const isFirst = ingested === undefined;
      if (now !== ingested && (isFirst || now === seen)) {
        ingested = now;
        await ingest();
        told = '';
      }
      seen = now;
      await sleep(Math.max(pollMs, tookMs / MAX_BUSY), signal);
    } catch (error) {
      if (signal.aborted) return;
      tell(error);
      // Not ingested yet, and the next look may find it as it is.
      if (error instanceof PaperSearchError && error.code === 'INDEX_LOCKED') ingested = '';
      await sleep(pollMs, signal);
    }
  }
}

/**
 * The folders that have files to read. One without any may be a drive that is not there: it should be left out where
 * what is gone from a folder is taken out of the index.
 * @throws PaperSearchError NO_INPUT when none has any, or one does not exist.
 */
export async function foldersWithFiles(folders: readonly string[]): Promise<string[]> {
  const counted = await Promise.all(
    folders.map(async (folder) => ({ folder, files: (await listFiles([folder])).length })),
  );
  const filled = counted.filter(({ files }) => files > 0).map(({ folder }) => folder);
  if (filled.length > 0) return filled;
  const names = folders.map((folder) => `"${folder}"`).join(', ');
  throw new PaperSearchError('NO_INPUT', `There are no files in ${names}. What was read from there stays.`);
}

/** Equal as long as no file that would be read was added, removed or written. */
async function stateOf(folders: readonly string[]): Promise<string> {
  const digest = createHash('sha256');
  for (const { file } of await listFiles(folders)) {
    for (const path of [file, sidecarOf(file)]) {
      const found = await stat(path).catch(() => undefined);
      if (found) digest.update(`${path}\0${found.size}\0${found.mtimeMs}\0${found.ino}\n`);
    }
  }
  return digest.digest('hex');
}
