import { Collections } from '../collections/collections.ts';
import { CollectionStore } from '../collections/store.ts';
import { type Access, libraryAccess } from '../serve/access/access.ts';
import { AuditLog } from '../serve/access/audit.ts';
import { Tokens } from '../serve/access/tokens.ts';
import type { NamedLibrary } from '../serve/http/libraries.ts';
import { LiveIndex, type LiveIndexOptions } from './live-index.ts';
import { type Logger, logError } from './log.ts';
import type { LibraryFolder } from './server-options.ts';

export interface ServedLibraryOptions extends Omit<LiveIndexOptions, 'say'> {
  readonly log: Logger;
  /** Whether to name the library in the log. */
  readonly isOneOfSeveral: boolean;
  /** The token that allows everything. */
  readonly serverToken?: string | undefined;
  /** Whether reading needs a token. */
  readonly isPrivate?: boolean | undefined;
  /** Where papers that clients ask for are fetched into. Default: nothing is fetched. */
  readonly fetchInto?: string | undefined;
}

/** A library that a server has opened: its index, who may use it, and what belongs to it. */
export interface ServedLibrary extends NamedLibrary {
  readonly live: LiveIndex;
  readonly access: Access;
  /** Stops changes, and writes what is not recorded yet. The engine is closed by the server. */
  close(): Promise<void>;
}

/** Opens a library. @throws PaperSearchError as `LiveIndex.open` and `Tokens.open` do. */
export async function openLibrary(
  { name, index }: LibraryFolder,
  options: ServedLibraryOptions,
): Promise<ServedLibrary> {
  const { log, isOneOfSeveral, serverToken, isPrivate, fetchInto } = options;
  const own = isOneOfSeveral ? log.child({ library: name }) : log;
  const onNotice = (text: string) => own.warn(text);
  const tokens = await Tokens.open(index, { onNotice });
  const live = await LiveIndex.open(index, { ...options, say: (line) => own.info(line) });
  const audit = new AuditLog(index, { onError: (error) => logError(own, error) });
  return {
    name,
    live,
    engine: live.engine,
    writing: {
      writer: live.writer,
      fetch: fetchInto === undefined ? undefined : (source) => live.writer.fetch(source, fetchInto),
    },
    access: libraryAccess({ tokens, serverToken, audit, isPrivate }),
    collections: new Collections(new CollectionStore(index, { onNotice })),
    close: async () => {
      await live.close();
      await audit.flush();
    },
  };
}
