import { sep } from 'node:path';
import { type Fault, isEnd, Killed, systemError } from './fault-kinds.ts';
import { PowerCut } from './power-cut.ts';

/** Steps that need no space: they work on a full disk. */
const FREEING = new Set(['unlink', 'rmdir', 'ftruncate', 'utimes']);

/** The folder of the papers to ingest. */
const CORPUS = `${sep}corpus`;

/** How a write is done. */
type WriteOrder = 'whole' | 'half, then fail' | 'half';

/**
 * Counts the steps below one folder, and makes one of them fail. `patched-fs.ts` calls it before every step.
 */
class FaultyDisk {
  /** Steps so far that changed the disk, and that read from it. */
  writes = 0;
  reads = 0;
  /** The steps by name and path, for reports. */
  readonly trace: string[] = [];
  /** The step at which the fault was injected, by name and path; undefined until then. */
  firedAt: string | undefined;
  #root: string | undefined;
  #fault: Fault | undefined;
  #dead = false;
  #powerCut: PowerCut | undefined;

  /** Starts counting below a folder. @param fault the fault to inject; default: no fault. */
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

  /** Stops counting. After a power cut, the folder then contains what was on the disk. */
  release(): void {
    const [root, fault] = [this.#root, this.#fault];
    this.#root = undefined;
    if (!root || fault?.side !== 'write' || !this.#powerCut) return;
    this.#powerCut.restore(fault.kind, fault.seed);
  }

  /** Runs a function without counting its steps. */
  aside<T>(work: () => T): T {
    const root = this.#root;
    this.#root = undefined;
    try {
      return work();
    } finally {
      this.#root = root;
    }
  }

  /** Whether the steps of a path are counted. */
  watches(path: string): boolean {
    return this.#root !== undefined && (path === this.#root || path.startsWith(this.#root + sep));
  }

  /** Whether the process was killed: later steps have no effect. */
  get isDead(): boolean {
    return this.#dead;
  }

  /** Whether synced data has to be recorded for a power cut. */
  get powerCut(): PowerCut | undefined {
    return this.#dead ? undefined : this.#powerCut;
  }

  /**
   * Has to be called before a step that changes the disk.
   * @throws the error that the step has to throw instead.
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

  /** Has to be called before a step that reads from the disk. @throws the error that the step has to throw instead. */
  beforeRead(syscall: string, path: string): void {
    // Files that an ingest cannot read are tested elsewhere: it continues without them.
    if (!this.watches(path) || path.includes(CORPUS)) return;
    this.reads++;
    const fault = this.#fault;
    if (fault?.side !== 'read' || this.reads !== fault.at) return;
    this.firedAt = `${syscall} ${path.slice(this.#root!.length)}`;
    throw systemError(fault.kind, syscall, path);
  }
}

/** The only disk: there is only one `node:fs`, too. */
export const disk = new FaultyDisk();
