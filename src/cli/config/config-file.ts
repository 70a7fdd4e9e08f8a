import { readFile } from 'node:fs/promises';
import { messageOf } from '../../errors.ts';

/** A mistake in the configuration, with its place. */
export interface Mistake {
  /** A file, with line and column or a setting; or an environment variable. */
  readonly place: string;
  readonly problem: string;
}

/** A configuration file as read. */
export interface ConfigFile {
  readonly file: string;
  readonly found: boolean;
  /** Its content, not validated; empty if the file is missing or unreadable. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly mistakes: readonly Mistake[];
}

/** Reads a configuration file: one JSON object. A missing file is not a mistake. */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    const mistakes = missing ? [] : [{ place: file, problem: `Cannot be read: ${messageOf(error)}.` }];
    return { file, found: !missing, content: {}, mistakes };
  }
  try {
    const content: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return { file, found: true, content: { ...content }, mistakes: [] };
    }
    return broken(file, 'Expected one JSON object: { "index": "…" }.');
  } catch (error) {
    return broken(`${file}${placeOf(messageOf(error), text)}`, `Not JSON: ${messageOf(error)}.`, file);
  }
}

function broken(place: string, problem: string, file: string = place): ConfigFile {
  return { file, found: true, content: {}, mistakes: [{ place, problem }] };
}

/** Line and column of an error of `JSON.parse`, if its message names a position. */
function placeOf(message: string, text: string): string {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}
