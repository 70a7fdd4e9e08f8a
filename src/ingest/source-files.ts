import { dirname, isAbsolute, normalize, sep } from 'node:path';
import { STDIN } from '../papers/read/files.ts';

/**
 * Whether a record's file is one that a path on the command line means: the file itself or one in that folder.
 * @param path as the user gave it. @param file as `paper.source` has it.
 */
export function isFileOf(path: string, file: string): boolean {
  if (path === STDIN || file === STDIN) return path === file;
  const place = normalize(path);
  if (file === place) return true;
  if (place === '.' || place === `.${sep}`)
    return !isAbsolute(file) && file !== '..' && !file.startsWith(`..${sep}`);
  return file.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);
}

/**
 * Whether a file, or a folder that contains it, is one of these places.
 * @param places as the corpus names files, and folders that it could not list. @param file as `paper.source` has it.
 */
export function isWithin(places: ReadonlySet<string>, file: string): boolean {
  for (let place = file; ; place = dirname(place)) {
    // A folder that the user named may end in a separator.
    if (places.has(place) || places.has(`${place}${sep}`)) return true;
    if (place === dirname(place)) return false;
  }
}
