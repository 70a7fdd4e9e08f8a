import { Collections } from '../collections/collections.ts';
import { CollectionStore } from '../collections/store.ts';
import { Reviews } from '../review/reviews.ts';
import { type Access, libraryAccess } from '../serve/access/access.ts';
import { AuditLog } from '../serve/access/audit.ts';
import { Tokens } from '../serve/access/tokens.ts';
import type { NamedLibrary } from '../serve/http/libraries.ts';
import { WatchRunner } from '../serve/live/watch-runner.ts';
import { Watches } from '../watch/watches.ts';
import { LiveCluster } from './live-cluster.ts';
import { LiveIndex, type LiveIndexOptions, type LivePapers } from './live-index.ts';
import { type Logger, logError } from './log.ts';
import type { ClusterPlace } from './place.ts';
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
  /** Where the papers are. Default: in the index. */
  readonly cluster?: ClusterPlace | undefined;
  /** Whether what is new for watches with a folder or a webhook is delivered. */
  readonly runWatches?: boolean | undefined;
}

/** A library that a server has opened: its papers, who may use it, and what belongs to it. */
export interface ServedLibrary extends NamedLibrary {
  readonly live: LivePapers;
  readonly access: Access;
  /** Stops changes, and writes what is not recorded yet. The engine is closed by the server. */
  close(): Promise<void>;
}

/** Opens a library. @throws PaperSearchError as `LiveIndex.open`, `LiveCluster.open` and `Tokens.open` do. */
export async function openLibrary(
  { name, index }: LibraryFolder,
  options: ServedLibraryOptions,
): Promise<ServedLibrary> {
  const { log, isOneOfSeveral, serverToken, isPrivate, fetchInto, runWatches, cluster } = options;
  const own = isOneOfSeveral ? log.child({ library: name }) : log;
  const onNotice = (text: string) => own.warn(text);
  const tokens = await Tokens.open(index, { onNotice });
  let runner: WatchRunner | undefined;
  const say = (line: string) => own.info(line);
  const liveOptions = { ...options, say, onReplaced: () => runner?.trigger() };
  const live = cluster
    ? await LiveCluster.open(index, cluster, liveOptions)
    : await LiveIndex.open(index, liveOptions);
  const watches = new Watches(index, { onNotice });
  if (runWatches) {
    runner = new WatchRunner({ watches, engine: live.engine, say, onError: onNotice });
    runner.trigger();
  }
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
    watches,
    reviews: new Reviews(index, live.engine, { onNotice }),
    close: async () => {
      await Promise.all([runner?.close(), live.close()]);
      await audit.flush();
    },
  };
}
