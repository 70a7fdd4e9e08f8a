import { join, resolve } from 'node:path';
import { PaperSearchError } from '../errors.ts';
import { indexFoldersIn } from '../indexes/store/index-folders.ts';
import { LIBRARY_NAME, ONLY_LIBRARY } from '../serve/http/libraries.ts';
import { type LibraryFolder, NAMES_OF_LIBRARIES } from './server-options.ts';

export interface LibraryOptions {
  /** The folder of the only index. */
  readonly index: string;
  readonly library?: readonly LibraryFolder[] | undefined;
  /** A folder whose folders are indexes. */
  readonly libraries?: string | undefined;
  /** The name of the library at the short paths. Default: the first. */
  readonly default?: string | undefined;
}

/**
 * The libraries to serve, the default one first.
 * @throws PaperSearchError BAD_REQUEST for a name that is used twice, unknown or not allowed, and for a folder without
 *   indexes.
 */
export async function libraryFolders(options: LibraryOptions): Promise<[LibraryFolder, ...LibraryFolder[]]> {
  const { index, library = [], libraries, default: first } = options;
  const found = [...library, ...(libraries === undefined ? [] : await indexesIn(libraries))];
  if (found.length === 0) {
    if (first === undefined) return [{ name: ONLY_LIBRARY, index }];
    throw wrong('--default needs libraries to choose from: --library NAME=DIR, or --libraries FOLDER.');
  }
  for (const [i, { name, index: folder }] of found.entries()) {
    const other = found
      .slice(0, i)
      .find((each) => each.name === name || resolve(each.index) === resolve(folder));
    if (other?.name === name) throw wrong(`Two libraries are named "${name}". Give one another name.`);
    if (other) throw wrong(`The libraries "${other.name}" and "${name}" have the same folder "${folder}".`);
  }
  const chosen = found.find(({ name }) => name === (first ?? found[0]!.name));
  if (chosen) return [chosen, ...found.filter((each) => each !== chosen)];
  const names = found.map(({ name }) => name).join(', ');
  throw wrong(`--default: there is no library "${first}". The libraries are: ${names}.`);
}

async function indexesIn(folder: string): Promise<LibraryFolder[]> {
  const found = (await indexFoldersIn(folder)).map((name) => ({ name, index: join(folder, name) }));
  const unfit = found.find(({ name }) => !LIBRARY_NAME.test(name));
  if (unfit) {
    throw wrong(
      `The folder "${unfit.index}" cannot be the name of a library: rename it, or use --library. ${NAMES_OF_LIBRARIES}`,
    );
  }
  if (found.length > 0) return found;
  throw wrong(
    `No folder in "${folder}" has an index. Make one: paper-search ingest <papers> --index ${join(folder, 'NAME')}`,
  );
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
