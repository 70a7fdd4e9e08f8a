import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, normalize, resolve } from 'node:path';
import { PaperSearchError } from '../../errors.ts';
import { realPathOf } from './real-path.ts';

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
 * The files behind the paths a user gave, each once, folders walked in the order of names.
 * @throws PaperSearchError NO_INPUT when a path does not exist.
 */
export async function listFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) {
    if (path === STDIN) files.push({ file: STDIN, named: true });
    else if ((await statOf(path)).isDirectory()) files.push(...(await walk(normalize(path))));
    else files.push({ file: normalize(path), named: true });
  }
  return onceEach(files);
}

/** One path a file: that of the file itself before that of a link, else the first. */
async function onceEach(files: readonly InputFile[]): Promise<InputFile[]> {
  const reals = await Promise.all(files.map(({ file }) => (file === STDIN ? STDIN : realPathOf(file))));
  const chosen = new Map<string, number>();
  files.forEach(({ file }, at) => {
    const real = reals[at]!;
    if (!chosen.has(real) || (resolve(file) === real && resolve(files[chosen.get(real)!]!.file) !== real)) {
      chosen.set(real, at);
    }
  });
  return files.filter((_, at) => chosen.get(reals[at]!) === at);
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
  if (isIndex(entries)) return [];
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = entries
    .filter((entry) => !NEVER_PAPERS.test(entry.name))
    .map(async (entry): Promise<InputFile[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() || (entry.isSymbolicLink() && (await isReadable(path)))
        ? [{ file: path, named: false }]
        : [];
    });
  return (await Promise.all(found)).flat();
}

/**
 * Whether a link is followed. One to a folder may lead in a circle, one to a pipe or a device has no end; one to
 * nowhere is read, and says so.
 */
async function isReadable(link: string): Promise<boolean> {
  const target = await stat(link).catch(() => undefined);
  return target === undefined || target.isFile();
}

/**
 * Whether a folder is an index of this program. An index may be in a folder of papers; reading it would add the same
 * papers again as another source. An index contains the pointer file and a snapshot named by its digest.
 */
function isIndex(entries: readonly Dirent[]): boolean {
  return (
    entries.some((entry) => entry.name === 'CURRENT' && entry.isFile()) &&
    entries.some((entry) => entry.isDirectory() && /^[0-9a-f]{16}(?:-\d+)?$/.test(entry.name))
  );
}

/** The sidecar of `page.txt` is `page.meta.json`; of `papers.jsonl.gz`, `papers.meta.json`. */
export function sidecarOf(file: string): string {
  const stem = basename(file)
    .replace(/\.gz$/, '')
    .replace(/\.[^.]+$/, '');
  return join(file, '..', `${stem}.meta.json`);
}
