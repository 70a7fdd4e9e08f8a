import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../util/make-folder.ts';

/** How much of a file has arrived, in thousands of bytes. */
export interface HubProgress {
  readonly stage: 'downloading';
  readonly file: string;
  readonly done: number;
  /** As the hub states it; `done` where it does not. */
  readonly total: number;
}

export interface DownloadOptions {
  readonly onProgress?: ((progress: HubProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Of the file that identifies the version of a partial download. */
const TAG = '.etag';
const PART = '.part';

/**
 * Files of a hub by their address, on disk. A download that was interrupted continues where it stopped, if the file is
 * still the same. (The downloads of transformers.js start again from zero, and one that is killed leaves half a file in its cache.)
 */
export class HubFiles {
  readonly #folder: string;
  readonly #options: DownloadOptions;

  constructor(folder: string, options: DownloadOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * The file at an address, downloaded unless it is there already; undefined when the hub does not have it.
   * @throws Error when it does not arrive.
   */
  async read(url: string): Promise<Uint8Array | undefined> {
    const file = this.#fileOf(url);
    const known = await readFile(file).catch(() => undefined);
    if (known) return known;
    return (await this.#download(url, file)) ? readFile(file) : undefined;
  }

  #fileOf(url: string): string {
    const name = url.slice(url.lastIndexOf('/') + 1).replace(/[^\w.-]/g, '_');
    return join(this.#folder, createHash('sha256').update(url).digest('hex').slice(0, 16), name);
  }

  /** @returns whether the hub has the file. */
  async #download(url: string, file: string): Promise<boolean> {
    const { signal, onProgress } = this.#options;
    const part = file + PART;
    const [tag, before] = await Promise.all([
      readFile(file + TAG, 'utf8').catch(() => undefined),
      stat(part).then(
        ({ size }) => size,
        () => 0,
      ),
    ]);
    const continues = tag !== undefined && before > 0;
    const headers = {
      ...authorization(url),
      ...(continues && { range: `bytes=${before}-`, 'if-range': tag }),
    };
    const response = await fetch(url, { headers, signal: signal ?? null });
    if (response.status === 404) {
      await response.body?.cancel();
      return false;
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new Error(`${url} answered with status ${response.status}`);
    }
    const isRest = response.status === 206;
    let done = isRest ? before : 0;
    const length = Number(response.headers.get('content-length'));
    const total = length > 0 ? done + length : undefined;
    await makeFolder(join(file, '..'));
    const etag = response.headers.get('etag');
    if (etag && !etag.startsWith('W/')) await writeFile(file + TAG, etag);
    else await rm(file + TAG, { force: true });
    const handle = await open(part, isRest ? 'a' : 'w');
    try {
      for await (const chunk of response.body) {
        await handle.appendFile(chunk);
        done += chunk.length;
        const thousands = (bytes: number) => Math.ceil(bytes / 1000);
        onProgress?.({
          stage: 'downloading',
          file: url.slice(url.lastIndexOf('/') + 1),
          done: thousands(done),
          total: thousands(total ?? done),
        });
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (total !== undefined && done !== total) {
      throw new Error(`${url} ended after ${done} of ${total} bytes`);
    }
    await rename(part, file);
    await rm(file + TAG, { force: true });
    return true;
  }
}

/** A hub's own token, which is sent to that hub alone. */
function authorization(url: string): { authorization?: string } {
  const token = process.env.HF_TOKEN;
  return token && new URL(url).hostname === 'huggingface.co' ? { authorization: `Bearer ${token}` } : {};
}
