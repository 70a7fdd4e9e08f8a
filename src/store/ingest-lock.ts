import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { check, lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../errors.ts';
import { LAYOUT } from './layout.ts';

/** A holder that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;
const RETRY_MS = 1000;
const MOST_RETRIES = 12;

export interface LockOptions {
  /** Called once when another ingest holds the lock. */
  readonly onWait: () => void;
  /** Called when the lock was taken away, because this process stood still for too long. */
  readonly onLost: (error: PaperSearchError) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes sure that one ingest at a time writes to an index. A lock left by a killed ingest is waited for until
 * it is stale; one that is renewed belongs to an ingest that runs.
 * @returns a function that gives the lock back.
 * @throws PaperSearchError INDEX_LOCKED while another ingest runs, INDEX_UNWRITABLE when the folder is not ours
 *   to write.
 */
export async function lockForIngest(indexFolder: string, options: LockOptions): Promise<() => Promise<void>> {
  const { onWait, onLost, signal } = options;
  const path = join(indexFolder, LAYOUT.lock);
  const onCompromised = () => {
    const message = `This ingest stood still for so long that another one took over "${indexFolder}". Run it again.`;
    onLost(new PaperSearchError('INDEX_LOCKED', message));
  };
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      await mkdir(indexFolder, { recursive: true });
      const release = await lock(path, {
        realpath: false,
        stale: STALE_MS,
        update: STALE_MS / 4,
        onCompromised,
      });
      const owner = join(indexFolder, LAYOUT.owner);
      // For people: whether it is there or right changes nothing.
      await writeFile(owner, JSON.stringify(thisProcess())).catch(() => {});
      return async () => {
        await rm(owner, { force: true }).catch(() => {});
        // A lock that was taken away is not ours to give back.
        await release().catch(() => {});
      };
    } catch (cause) {
      if (!isLocked(cause)) {
        const message = `Cannot write to the index folder "${indexFolder}": ${messageOf(cause)}.`;
        throw new PaperSearchError('INDEX_UNWRITABLE', message, { details: { index: indexFolder }, cause });
      }
      if (attempt >= MOST_RETRIES) throw locked(indexFolder, await lockOwner(indexFolder), cause);
    }
    if (attempt === 0) onWait();
    // Aborting ends the pause; the next round throws the signal's reason.
    await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

/** Who holds the lock of an index. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When it took the lock, ISO 8601. */
  readonly since: string;
}

function thisProcess(): LockOwner {
  return { pid: process.pid, host: hostname(), since: new Date().toISOString() };
}

/**
 * Who is writing to an index.
 * @returns undefined when nobody is; `owner` is undefined where it is not known.
 */
export async function lockHolder(
  indexFolder: string,
): Promise<{ readonly owner: LockOwner | undefined } | undefined> {
  const path = join(indexFolder, LAYOUT.lock);
  const held = await check(path, { realpath: false, stale: STALE_MS }).catch(() => false);
  return held ? { owner: await lockOwner(indexFolder) } : undefined;
}

async function lockOwner(indexFolder: string): Promise<LockOwner | undefined> {
  try {
    const { pid, host, since } = JSON.parse(await readFile(join(indexFolder, LAYOUT.owner), 'utf8'));
    return { pid: Number(pid), host: String(host), since: String(since) };
  } catch {
    return undefined;
  }
}

/** Who it is in words, for messages. */
export function ownerText(owner: LockOwner | undefined): string {
  return owner
    ? `process ${owner.pid} on ${owner.host}, since ${owner.since}`
    : 'a process that is not known';
}

function locked(indexFolder: string, owner: LockOwner | undefined, cause: unknown): PaperSearchError {
  const who = owner ? ` (${ownerText(owner)})` : '';
  const message = `Another ingest is writing to "${indexFolder}"${who}. Wait for it to end, then try again.`;
  return new PaperSearchError('INDEX_LOCKED', message, { details: { index: indexFolder, owner }, cause });
}
