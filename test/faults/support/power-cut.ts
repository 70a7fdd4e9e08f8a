import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { realFs } from './real-fs.ts';

/** A file as it is on the disk. */
interface Content {
  readonly bytes: Uint8Array;
  readonly mtime: Date;
}

/** Names in a folder and their targets. */
type Entries = ReadonlyMap<string, string>;

/**
 * The content of a disk after a power cut. A file has its last synced content, and a folder its last synced names. This
 * is the least that POSIX guarantees; most file systems keep more.
 */
export class PowerCut {
  readonly #root: string;
  #lastRenamed: string | undefined;
  /** By the identity of the file or folder. */
  readonly #contents = new Map<string, Content>();
  readonly #folders = new Map<string, Entries>();
  /** Whether an identity is that of a folder. */
  readonly #isFolder = new Map<string, boolean>();

  /** Treats everything below a folder as synced. */
  constructor(root: string) {
    this.#root = root;
    this.#isFolder.set(idOf(root), true);
    this.#take(root);
  }

  /** Records a new name of a file or folder, which is not synced. */
  renamed(path: string): void {
    this.#lastRenamed = path;
  }

  /** Records that a file or folder was synced. */
  synced(path: string): void {
    const stat = realFs.statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) this.#folders.set(idOf(path), this.#entries(path));
    else this.#contents.set(idOf(path), contentOf(path));
  }

  /**
   * Changes the folder to the content of the disk.
   * @param kind one of those that begin with `power`. @param seed draws which unsynced data survives.
   */
  restore(kind: string, seed: number): void {
    const stays = (what: 'name' | 'content', path: string) => {
      if (kind === 'power-last-name') return what === 'name' && path === this.#lastRenamed;
      if (kind !== 'power-random') return what === 'name' && kind === 'power-names';
      const place = relative(this.#root, path).replace(/[0-9a-f-]{36}/g, '*');
      return createHash('sha256').update(`${seed} ${what} ${place}`).digest()[0]! < 128;
    };
    const plan: { path: string; content: Content | undefined }[] = [];
    const walk = (id: string, livePath: string | undefined, path: string) => {
      if (!this.#isFolder.get(id)) {
        const live = livePath === undefined ? undefined : contentOf(livePath);
        const content = live && stays('content', path) ? live : this.#contents.get(id);
        const nothing = { bytes: new Uint8Array(), mtime: live?.mtime ?? new Date(0) };
        plan.push({ path, content: content ?? nothing });
        return;
      }
      plan.push({ path, content: undefined });
      const synced = this.#folders.get(id) ?? new Map<string, string>();
      const live = livePath === undefined ? synced : this.#entries(livePath);
      for (const name of new Set([...synced.keys(), ...live.keys()])) {
        const child = (stays('name', join(path, name)) ? live : synced).get(name);
        if (child === undefined) continue;
        const isLive = livePath !== undefined && live.get(name) === child;
        walk(child, isLive ? join(livePath, name) : undefined, join(path, name));
      }
    };
    walk(idOf(this.#root), this.#root, this.#root);
    realFs.rmSync(this.#root, { recursive: true });
    for (const { path, content } of plan) {
      if (!content) {
        realFs.mkdirSync(path);
        continue;
      }
      realFs.writeFileSync(path, content.bytes);
      realFs.utimesSync(path, content.mtime, content.mtime);
    }
  }

  #take(path: string): void {
    this.synced(path);
    const entries = this.#folders.get(idOf(path));
    for (const name of entries?.keys() ?? []) this.#take(join(path, name));
  }

  #entries(folder: string): Entries {
    return new Map(
      realFs.readdirSync(folder, { withFileTypes: true }).map((entry) => {
        const id = idOf(join(folder, entry.name));
        this.#isFolder.set(id, entry.isDirectory());
        return [entry.name, id];
      }),
    );
  }
}

function contentOf(path: string): Content {
  return { bytes: realFs.readFileSync(path), mtime: realFs.statSync(path).mtime };
}

/** The inode number of a file is reused after its removal; together with the birth time it is unique. */
function idOf(path: string): string {
  const { ino, birthtimeNs } = realFs.statSync(path, { bigint: true });
  return `${ino} ${birthtimeNs}`;
}
