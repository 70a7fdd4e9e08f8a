import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import split2 from 'split2';
import { PaperSearchError } from '../errors.ts';

/** A file to read, and whether the user named it (or it was found in a folder). */
export interface InputFile {
  readonly file: string;
  readonly named: boolean;
}

/** Standard input, as a path on the command line. */
export const STDIN = '-';

/** Files in a corpus folder that are never papers. */
const NEVER_PAPERS = /^\.|^(?:readme|licen[cs]e|notice|changelog)(?:\.md|\.txt)?$|\.meta\.json$|^qrels$/i;

/**
 * The files behind the paths a user gave, folders walked in the order of names.
 * @throws PaperSearchError NO_INPUT when a path does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    if (path === STDIN) files.push({ file: STDIN, named: true });
    else if ((await statOf(path)).isDirectory()) files.push(...(await walk(normalize(path))));
    else files.push({ file: normalize(path), named: true });
  }
  return files;
}

async function statOf(path: string) {
  return stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'no such file or folder' : cause.message;
    throw new PaperSearchError('NO_INPUT', `Cannot read "${path}": ${reason}.`, { details: { path }, cause });
  });
}

async function walk(folder: string): Promise<InputFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  // Reading it as a file says why it cannot be read.
  if (!entries) return [{ file: folder, named: false }];
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = entries
    .filter((entry) => !NEVER_PAPERS.test(entry.name))
    .map(async (entry): Promise<InputFile[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      // A link to a folder may lead in a circle; one to nowhere is read, and says so.
      const isFolder = entry.isSymbolicLink() && (await stat(path).catch(() => undefined))?.isDirectory();
      return (entry.isFile() || entry.isSymbolicLink()) && !isFolder ? [{ file: path, named: false }] : [];
    });
  return (await Promise.all(found)).flat();
}

/**
 * The lines of a file or of standard input, gunzipped when the content is gzip. Lines end at LF or CRLF only:
 * other separators (U+2028) may stand inside a JSON string.
 */
export async function* readLines(file: string): AsyncIterable<string> {
  const { bytes, start } = file === STDIN ? await openStdin() : await openFile(file);
  const plain = start[0] === 0x1f && start[1] === 0x8b ? pipe(bytes, createGunzip()) : bytes;
  let first = true;
  try {
    for await (const line of pipe(plain, split2())) {
      yield first ? String(line).replace(/^\ufeff/, '') : String(line);
      first = false;
    }
  } finally {
    // Whoever stops early does not wait for what may never come.
    if (file === STDIN) process.stdin.destroy();
  }
}

/** A stream of bytes, and the first of them. */
interface Opened {
  readonly bytes: Readable;
  readonly start: Uint8Array;
}

async function openFile(file: string): Promise<Opened> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return { bytes: handle.createReadStream({ start: 0 }), start: buffer.subarray(0, bytesRead) };
}

async function openStdin(): Promise<Opened> {
  const chunks = process.stdin[Symbol.asyncIterator]();
  const first: IteratorResult<Buffer> = await chunks.next();
  const start = first.done ? Buffer.alloc(0) : first.value;
  async function* all() {
    yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { bytes: Readable.from(all()), start };
}

/** Like `pipe`, with errors handed on, so that whoever reads the end hears of them. */
function pipe<T extends NodeJS.ReadWriteStream & { destroy(error: Error): void }>(from: Readable, to: T): T {
  from.on('error', (error) => to.destroy(error));
  // Whoever stops reading early lets go of the file too.
  to.on('close', () => from.destroy());
  return from.pipe(to);
}

/** The sidecar of `page.txt` is `page.meta.json`; of `papers.jsonl.gz`, `papers.meta.json`. */
export function sidecarOf(file: string): string {
  const stem = basename(file)
    .replace(/\.gz$/, '')
    .replace(/\.[^.]+$/, '');
  return join(file, '..', `${stem}.meta.json`);
}
