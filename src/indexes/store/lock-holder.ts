import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LAYOUT } from './layout.ts';

const HolderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** ISO 8601, UTC. */
  since: z.iso.datetime(),
});

/** Who holds the lock of an index. */
export type LockHolder = z.infer<typeof HolderSchema>;

const fileOf = (indexFolder: string) => join(indexFolder, LAYOUT.holder);

/** Notes that this process holds the lock. Only for messages: the lock works without the note. @returns the note. */
export async function noteHolder(indexFolder: string): Promise<LockHolder> {
  const holder: LockHolder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  await writeFile(fileOf(indexFolder), `${JSON.stringify(holder)}\n`).catch(() => {});
  return holder;
}

/** Removes the note. A note that stays belongs to a process that has ended; the next holder overwrites it. */
export async function forgetHolder(indexFolder: string, holder: LockHolder): Promise<void> {
  // A process that took the lock over has its own note there.
  const present = await readHolder(indexFolder);
  if (present && (present.pid !== holder.pid || present.since !== holder.since)) return;
  await rm(fileOf(indexFolder), { force: true }).catch(() => {});
}

/** Who holds the lock, as far as noted. */
export async function readHolder(indexFolder: string): Promise<LockHolder | undefined> {
  try {
    return HolderSchema.parse(JSON.parse(await readFile(fileOf(indexFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether a holder runs on this machine, with the same clock; an unknown one is assumed to. */
export function isNear(holder: LockHolder | undefined): boolean {
  return holder === undefined || holder.host === hostname();
}

/** Who it is in words, for messages. */
export function holderText(holder: LockHolder | undefined): string {
  return holder
    ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
    : 'a process that is not known';
}
