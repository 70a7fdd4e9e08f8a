import { sep } from 'node:path';
import { type Fault, isEnd, Killed, systemError } from './fault-kinds.ts';
import { PowerCut } from './power-cut.ts';

/** Steps that need no room: they work on a full disk. */
const FREEING = new Set(['unlink', 'rmdir', 'ftruncate', 'utimes']);

/** The folder of the papers to ingest. */
const CORPUS = `${sep}corpus`;

/** What a step that writes is to do. */
type WriteOrder = 'whole' | 'half, then fail' | 'half';

/**
 * Counts the steps below one folder, and makes one of them go wrong. `patched-fs.ts` asks it before every step.
 */
class FaultyDisk {
  /** Steps so far that changed the disk, and that read from it. */
  writes = 0;
  reads = 0;
  /** The steps by name and path, for reports. */
  readonly trace: string[] = [];
  /** The step that the fault came at, by name and path; undefined until then. */
  firedAt: string | undefined;
  #root: string | undefined;
  #fault: Fault | undefined;
  #dead = false;
  #powerCut: PowerCut | undefined;

  /** Begins to count below a folder. @param fault what goes wrong; nothing by default. */
  watch(root: string, fault?: Fault): void {
    this.writes = 0;
    this.reads = 0;
    this.trace.length = 0;
    this.firedAt = undefined;
    this.#root = root;
    this.#fault = fault;
    this.#dead = false;
    this.#powerCut = fault?.kind.startsWith('power') ? new PowerCut(root) : undefined;
  }

  /** Ends counting. After a power cut, the folder then holds what was on the disk. */
  release(): void {
    const [root, fault] = [this.#root, this.#fault];
    this.#root = undefined;
    if (!root || fault?.side !== 'write' || !this.#powerCut) return;
    this.#powerCut.restore(fault.kind, fault.seed);
  }

  /** Does something that is no part of what is watched. */
  aside<T>(work: () => T): T {
    const root = this.#root;
    this.#root = undefined;
    try {
      return work();
    } finally {
      this.#root = root;
    }
  }

  /** Whether a path is one that is watched. */
  watches(path: string): boolean {
    return this.#root !== undefined && (path === this.#root || path.startsWith(this.#root + sep));
  }

  /** Whether the process was killed: no later step has an effect. */
  get isDead(): boolean {
    return this.#dead;
  }

  /** Whether a power cut will want to know what was synced. */
  get powerCut(): PowerCut | undefined {
    return this.#dead ? undefined : this.#powerCut;
  }

  /**
   * To be called before a step that changes the disk.
   * @throws what the step is to throw instead of being done.
   */
  beforeWrite(syscall: string, path: string): WriteOrder {
    if (!this.watches(path)) return 'whole';
    if (this.#dead) throw new Killed();
    this.writes++;
    this.trace.push(`${syscall} ${path.slice(this.#root!.length)}`);
    const fault = this.#fault;
    if (fault?.side !== 'write' || this.writes < fault.at) return 'whole';
    if (this.writes > fault.at) {
      const isOver =
        !fault.kind.endsWith('lasting') || (fault.kind === 'ENOSPC-lasting' && FREEING.has(syscall));
      if (isOver) return 'whole';
      throw systemError(fault.kind === 'ENOSPC-lasting' ? 'ENOSPC' : 'EROFS', syscall, path);
    }
    this.firedAt = this.trace.at(-1);
    if (fault.kind === 'short-reported') return 'half';
    if (fault.kind === 'short-error') {
      if (syscall === 'write') return 'half, then fail';
      throw systemError('EIO', syscall, path);
    }
    if (isEnd(fault.kind)) {
      this.#dead = true;
      if (fault.kind === 'kill-torn' && syscall === 'write') return 'half, then fail';
      throw new Killed();
    }
    const code = fault.kind.replace('-lasting', '') as 'EIO' | 'ENOSPC' | 'EACCES' | 'EROFS';
    throw systemError(code, syscall, path);
  }

  /** To be called before a step that reads from the disk. @throws what the step is to throw instead. */
  beforeRead(syscall: string, path: string): void {
    // What an ingest makes of files that it cannot read is another matter: it goes on without them.
    if (!this.watches(path) || path.includes(CORPUS)) return;
    this.reads++;
    const fault = this.#fault;
    if (fault?.side !== 'read' || this.reads !== fault.at) return;
    this.firedAt = `${syscall} ${path.slice(this.#root!.length)}`;
    throw systemError(fault.kind, syscall, path);
  }
}

/** The one disk: `node:fs` is one, too. */
export const disk = new FaultyDisk();
