/**
 * Puts `disk` between this process and `node:fs`. A patch, and not an interface in `src/indexes/store/`: an interface
 * would show only the steps that use it, while libraries (the lock) and later code write without it. It has to be the
 * first import of a program, since some libraries copy `node:fs` when they are loaded.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { Killed, systemError } from './fault-kinds.ts';
import { disk } from './faulty-disk.ts';
import { realFs, realPromises } from './real-fs.ts';

/** The paths of open files, by their descriptors. */
const paths = new Map<number, string>();
// biome-ignore lint/suspicious/noExplicitAny: the arguments of node:fs are passed on unchanged.
type Any = any;

const pathOf = (descriptor: number) => paths.get(descriptor) ?? '';
/** Whether opening with these flags can change the disk. */
function writes(flags: string | number | undefined): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;
  return flags !== undefined && flags !== 'r' && flags !== 'rs';
}

function beforeOpen(path: unknown, flags: string | number | undefined): void {
  if (writes(flags)) disk.beforeWrite('open', String(path));
  else disk.beforeRead('open', String(path));
}

/** Writes all bytes or the half that the fault leaves. @returns the number of bytes written. */
function write(descriptor: number, bytes: Uint8Array, position: number | null): number {
  const order = disk.beforeWrite('write', pathOf(descriptor));
  const length = order === 'whole' ? bytes.length : Math.floor(bytes.length / 2);
  const written = realFs.writeSync(descriptor, bytes, 0, length, position);
  if (order !== 'half, then fail') return written;
  if (disk.isDead) throw new Killed();
  throw systemError('EIO', 'write', pathOf(descriptor));
}

/** Reports a sync without doing it: the files need not survive a restart. */
function sync(descriptor: number): void {
  const path = pathOf(descriptor);
  disk.beforeWrite('fsync', path);
  if (disk.watches(path)) disk.powerCut?.synced(path);
  else realFs.fsyncSync(descriptor);
}

/** Steps with one path and one effect. */
const ONE_PATH = ['mkdir', 'rmdir', 'unlink', 'utimes', 'truncate', 'mkdtemp'] as const;
const TWO_PATHS = ['rename', 'link', 'copyFile', 'symlink'] as const;
const READS = ['readFile', 'readdir'] as const;

function patchPromises(): void {
  const promises = fs.promises as Any;
  for (const name of [...ONE_PATH, ...TWO_PATHS]) {
    promises[name] = async (...args: Any[]) => {
      const target = (TWO_PATHS as readonly string[]).includes(name) ? args[1] : args[0];
      // An existing folder is not a step: recursive mkdir does not change it.
      const isThere = name === 'mkdir' && args[1]?.recursive && realFs.existsSync(target);
      if (!isThere) disk.beforeWrite(name.toLowerCase(), String(target));
      if (name === 'rename') disk.powerCut?.renamed(String(target));
      return (realPromises as Any)[name](...args);
    };
  }
  for (const name of READS) {
    promises[name] = async (...args: Any[]) => {
      disk.beforeRead(name === 'readdir' ? 'scandir' : 'read', String(args[0]));
      return (realPromises as Any)[name](...args);
    };
  }
  promises.writeFile = async (path: string, data: string | Uint8Array) => {
    const handle = await promises.open(path, 'w');
    await handle.writeFile(data).finally(() => handle.close());
  };
  promises.rm = async (path: string, options: Any) => remove(String(path), options ?? {});
  promises.open = async (path: string, flags?: string | number, mode?: number) => {
    beforeOpen(path, flags);
    const handle = await realPromises.open(path, flags, mode);
    paths.set(handle.fd, String(path));
    return handle;
  };
}

/** Removes as `rm` does, in the steps that the system would see. */
function remove(path: string, { recursive, force }: { recursive?: boolean; force?: boolean }): void {
  const stat = realFs.lstatSync(path, { throwIfNoEntry: false });
  if (!stat && force) return;
  if (!stat?.isDirectory()) {
    disk.beforeWrite('unlink', path);
    realFs.unlinkSync(path);
    return;
  }
  if (!recursive) throw systemError('EIO', 'rm of a folder', path);
  for (const name of realFs.readdirSync(path)) remove(join(path, name), { recursive, force: true });
  disk.beforeWrite('rmdir', path);
  realFs.rmdirSync(path);
}

async function patchHandles(): Promise<void> {
  const sample = await realPromises.open(process.execPath);
  const prototype = Object.getPrototypeOf(sample);
  const { close, read, truncate, stat } = prototype;
  await sample.close();
  prototype.writeFile = async function (this: FileHandle, data: string | Uint8Array) {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    for (let done = 0; done < bytes.length; ) done += write(this.fd, bytes.subarray(done), null);
  };
  prototype.sync = async function (this: FileHandle) {
    sync(this.fd);
  };
  prototype.datasync = prototype.sync;
  prototype.truncate = async function (this: FileHandle, length?: number) {
    disk.beforeWrite('ftruncate', pathOf(this.fd));
    return truncate.call(this, length);
  };
  prototype.read = async function (this: FileHandle, ...args: Any[]) {
    disk.beforeRead('read', pathOf(this.fd));
    return read.apply(this, args);
  };
  prototype.stat = async function (this: FileHandle, ...args: Any[]) {
    disk.beforeRead('fstat', pathOf(this.fd));
    return stat.apply(this, args);
  };
  prototype.close = function (this: FileHandle) {
    paths.delete(this.fd);
    return close.call(this);
  };
}

function patchSync(): void {
  const patched = fs as Any;
  patched.openSync = (path: string, flags?: string | number, mode?: number) => {
    beforeOpen(path, flags);
    const descriptor = realFs.openSync(path, flags ?? 'r', mode);
    paths.set(descriptor, String(path));
    return descriptor;
  };
  patched.closeSync = (descriptor: number) => {
    paths.delete(descriptor);
    realFs.closeSync(descriptor);
  };
  patched.writeSync = (descriptor: number, bytes: Any, offset?: Any, length?: number, position?: number) => {
    const path = pathOf(descriptor);
    if (!disk.watches(path)) return realFs.writeSync(descriptor, bytes, offset, length, position);
    const start = offset ?? 0;
    return write(descriptor, bytes.subarray(start, start + (length ?? bytes.length)), position ?? null);
  };
  patched.readSync = (descriptor: number, ...args: Any[]) => {
    disk.beforeRead('read', pathOf(descriptor));
    return (realFs.readSync as Any)(descriptor, ...args);
  };
  patched.fsyncSync = sync;
  patched.rmSync = (path: string, options: Any) => remove(String(path), options ?? {});
  patched.readdirSync = (path: string, ...args: Any[]) => {
    disk.beforeRead('scandir', String(path));
    return (realFs.readdirSync as Any)(path, ...args);
  };
  for (const name of ['mkdirSync', 'rmdirSync', 'unlinkSync', 'writeFileSync'] as const) {
    patched[name] = (path: string, ...args: Any[]) => {
      disk.beforeWrite(name.replace('Sync', ''), String(path));
      return (realFs as Any)[name](path, ...args);
    };
  }
}

/** The functions with callbacks: those of the lock, and of streams that read. */
function patchCallbacks(): void {
  const patched = fs as Any;
  const guarded = (name: string, check: (...args: Any[]) => void) => {
    patched[name] = (...args: Any[]) => {
      try {
        check(...args);
      } catch (error) {
        process.nextTick(args.at(-1), error);
        return;
      }
      (realFs as Any)[name](...args);
    };
  };
  for (const name of ['mkdir', 'rmdir', 'unlink', 'utimes']) {
    guarded(name, (path) => void disk.beforeWrite(name, String(path)));
  }
  guarded('read', (descriptor) => disk.beforeRead('read', pathOf(descriptor)));
  patched.open = (path: string, ...args: Any[]) => {
    const callback = args.pop();
    try {
      beforeOpen(path, args[0]);
    } catch (error) {
      process.nextTick(callback, error);
      return;
    }
    (realFs.open as Any)(path, ...args, (error: Error | null, descriptor: number) => {
      if (!error) paths.set(descriptor, String(path));
      callback(error, descriptor);
    });
  };
  patched.close = (descriptor: number, callback: Any) => {
    paths.delete(descriptor);
    realFs.close(descriptor, callback);
  };
}

patchPromises();
await patchHandles();
patchSync();
patchCallbacks();
syncBuiltinESMExports();
