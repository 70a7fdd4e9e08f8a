import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { listFiles, sidecarOf } from '../../papers/read/files.ts';
import { sleep } from '../../util/pause.ts';

export interface WatchOptions {
  /** Ingests the folders; never called again before the last call has ended. */
  readonly ingest: () => Promise<void>;
  /** Called with the reason when an ingest failed. */
  readonly onError: (error: unknown) => void;
  /** Time between two checks (milliseconds). Default 1000. Longer where a check is slow. */
  readonly pollMs?: number | undefined;
  /** Aborting ends the watch. */
  readonly signal: AbortSignal;
}

/** Checks take at most this share of the time. */
const MAX_BUSY = 1 / 20;

/**
 * Ingests folders now, and whenever a file in them has changed and was then unchanged between two checks. It polls, so
 * it works on every kind of drive. An error is reported, and the ingest is repeated at the next change; when another
 * ingest has the lock, at the next check.
 * @returns when the signal aborts and a running ingest has ended.
 */
export async function watchFolders(folders: readonly string[], options: WatchOptions): Promise<void> {
  const { ingest, onError, pollMs = 1000, signal } = options;
  let ingested: string | undefined;
  let seen: string | undefined;
  let lastReported = '';
  const report = (error: unknown) => {
    if (messageOf(error) === lastReported) return;
    lastReported = messageOf(error);
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
        lastReported = '';
      }
      seen = now;
      await sleep(Math.max(pollMs, tookMs / MAX_BUSY), signal);
    } catch (error) {
      if (signal.aborted) return;
      report(error);
      // Not ingested yet, although the files may not change before the next check.
      if (error instanceof PaperSearchError && error.code === 'INDEX_LOCKED') ingested = '';
      await sleep(pollMs, signal);
    }
  }
}

/**
 * The folders that contain files. An empty folder may be a drive that is not mounted: it must be skipped when papers
 * that are missing from a folder are removed from the index.
 * @throws PaperSearchError NO_INPUT when no folder contains files, or one does not exist.
 */
export async function foldersWithFiles(folders: readonly string[]): Promise<string[]> {
  const counted = await Promise.all(
    folders.map(async (folder) => ({ folder, files: (await listFiles([folder])).length })),
  );
  const filled = counted.filter(({ files }) => files > 0).map(({ folder }) => folder);
  if (filled.length > 0) return filled;
  const names = folders.map((folder) => `"${folder}"`).join(', ');
  throw new PaperSearchError(
    'NO_INPUT',
    `There are no files in ${names}. Papers that were read from there stay in the index.`,
  );
}

/** A digest that changes when a file is added, removed or written. */
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
