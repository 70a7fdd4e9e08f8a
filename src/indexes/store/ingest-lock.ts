import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { check, lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { sleep } from '../../util/pause.ts';
import { LAYOUT } from './layout.ts';
import { forgetHolder, holderText, isNear, type LockHolder, noteHolder, readHolder } from './lock-holder.ts';

const STALE_MS = 10_000;
const RETRY_MS = 1000;
/** Longer than it takes to recognise a dead holder. */
const PATIENCE_MS = 12_000;

export interface LockOptions {
  /** Called once when another ingest holds the lock. */
  readonly onWait: () => void;
  /** Called when the lock was lost, because this process was suspended for too long. */
  readonly onLost: (error: PaperSearchError) => void;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for another ingest (milliseconds). Default 12,000. */
  readonly patienceMs?: number | undefined;
  /** A holder that has not renewed its lock for so long is dead (milliseconds). Default 10,000, at least 2,000. */
  readonly staleMs?: number | undefined;
}

/**
 * Makes sure that one ingest at a time writes to an index. A lock left by a killed ingest is waited for until
 * it is stale; one that is renewed belongs to an ingest that runs. The lock is a folder with the time of its last
 * renewal. That of another machine, or of a container with a host name of its own, is stale when it is not renewed
 * while we watch it, because its clock may differ from ours.
 * @returns a function that releases the lock.
 * @throws PaperSearchError INDEX_LOCKED while another ingest runs, INDEX_UNWRITABLE when the folder cannot be
 *   written.
 */
export async function lockForIngest(indexFolder: string, options: LockOptions): Promise<() => Promise<void>> {
  const { onWait, onLost, signal, patienceMs = PATIENCE_MS, staleMs = STALE_MS } = options;
  const path = join(indexFolder, LAYOUT.lock);
  const onCompromised = () => {
    const message = `This ingest was suspended for so long that another one took over "${indexFolder}". Run it again.`;
    onLost(new PaperSearchError('INDEX_LOCKED', message));
  };
  const started = performance.now();
  const renewals = new Renewals(`${path}.lock`);
  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted();
    let cause: unknown;
    try {
      await makeFolder(indexFolder);
      const mayTry = isNear(await readHolder(indexFolder)) || (await renewals.unchangedMs()) > staleMs;
      if (mayTry) {
        const release = await lock(path, {
          realpath: false,
          stale: staleMs,
          update: staleMs / 4,
          onCompromised,
        });
        const holder = await noteHolder(indexFolder);
        return async () => {
          await forgetHolder(indexFolder, holder);
          // A lock that another process took over must not be released.
          await release().catch(() => {});
        };
      }
    } catch (error) {
      if (!isLocked(error)) {
        const message = `Cannot write to the index folder "${indexFolder}": ${messageOf(error)}.`;
        throw new PaperSearchError('INDEX_UNWRITABLE', message, {
          details: { index: indexFolder },
          cause: error,
        });
      }
      cause = error;
    }
    if (isFirst) onWait();
    if (performance.now() - started >= patienceMs) {
      throw locked(indexFolder, await readHolder(indexFolder), cause);
    }
    // Aborting ends the pause; the next round throws the signal's reason.
    await sleep(Math.min(RETRY_MS, patienceMs), signal);
  }
}

/** Whether an ingest is writing to an index; `readHolder` returns which. */
export async function isBeingWritten(indexFolder: string): Promise<boolean> {
  return check(join(indexFolder, LAYOUT.lock), { realpath: false, stale: STALE_MS }).catch(() => false);
}

/** Watches whether a lock is renewed, by our clock alone. */
class Renewals {
  readonly #path: string;
  #renewed: number | undefined;
  #since = Number.NEGATIVE_INFINITY;

  constructor(path: string) {
    this.#path = path;
  }

  /** For how long it has not been renewed, as far as we have watched it (milliseconds); Infinity when there is no lock. */
  async unchangedMs(): Promise<number> {
    const found = await stat(this.#path).catch(() => undefined);
    if (!found) return Number.POSITIVE_INFINITY;
    if (found.mtimeMs !== this.#renewed) {
      this.#renewed = found.mtimeMs;
      this.#since = performance.now();
    }
    return performance.now() - this.#since;
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

function locked(indexFolder: string, holder: LockHolder | undefined, cause: unknown): PaperSearchError {
  const who = holder ? ` (${holderText(holder)})` : '';
  const lockFolder = join(indexFolder, `${LAYOUT.lock}.lock`);
  const far = isNear(holder) ? '' : ` If that process is gone, remove ${lockFolder}.`;
  const message = `Another ingest is writing to "${indexFolder}"${who}. Wait for it to end, then try again.${far}`;
  return new PaperSearchError('INDEX_LOCKED', message, {
    details: { index: indexFolder, ...(holder && { holder }) },
    cause,
  });
}
