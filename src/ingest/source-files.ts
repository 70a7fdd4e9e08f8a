import { isAbsolute, normalize, sep } from 'node:path';
import { STDIN } from '../corpus/files.ts';

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
