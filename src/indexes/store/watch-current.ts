import { unwatchFile, watch, watchFile } from 'node:fs';
import { currentFile, LAYOUT } from './layout.ts';
import { currentSnapshot } from './snapshot-reader.ts';

/** How often the pointer is read where the system reports no changes, as on network drives (milliseconds). */
const POLL_MS = 2000;
/** A rename is reported as several events: wait for all of them, then read once (milliseconds). */
const SETTLE_MS = 50;

/**
 * Watches which snapshot of an index is the current one.
 * @param onChange called soon after `CURRENT` names another snapshot, is gone or cannot be read; once at the start.
 * @param pollMs how often it is looked at in any case (milliseconds). Default 2000.
 * @returns a function that ends the watch. The watch alone keeps no process alive.
 */
export function watchCurrent(indexFolder: string, onChange: () => void, pollMs = POLL_MS): () => void {
  const file = currentFile(indexFolder);
  let seen: string | undefined | null = null;
  let settling: NodeJS.Timeout | undefined;
  let ended = false;
  const look = async () => {
    const name = await currentSnapshot(indexFolder).catch(() => undefined);
    if (ended || name === seen) return;
    seen = name;
    onChange();
  };
  const lookSoon = () => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS).unref();
  };
  const stopWatch = watchFolder(indexFolder, lookSoon);
  watchFile(file, { interval: pollMs, persistent: false }, lookSoon);
  void look();
  return () => {
    ended = true;
    clearTimeout(settling);
    unwatchFile(file, lookSoon);
    stopWatch();
  };
}

/** Asks the system to report changes, where it can; polling works without that. */
function watchFolder(indexFolder: string, onEvent: () => void): () => void {
  try {
    // The folder, not the file: a rename puts another file in its place.
    const watcher = watch(indexFolder, { persistent: false }, (_, name) => {
      if (name === null || name === LAYOUT.current) onEvent();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
