import { setTimeout } from 'node:timers/promises';
import type { Collections } from '../../collections/collections.ts';
import { PaperSearchError } from '../../errors.ts';
import type { ReviewService } from '../../review/service.ts';
import type { IndexStats } from '../../search/api.ts';
import type { Encoded } from '../../search/encoded.ts';
import { type Engine, withSnapshot } from '../../search/engine.ts';
import type { Watches } from '../../watch/watches.ts';
import type { Access } from '../access/access.ts';
import type { Writing } from './routes/write-papers.ts';

/** One index with all that belongs to it, as a server offers it. */
export interface Library {
  readonly engine: Engine;
  /** Changes the papers. Default: changes are refused. */
  readonly writing?: Writing | undefined;
  /** Who may change what, and whether reading needs a token. Default: every client may read, and none may change. */
  readonly access?: Access | undefined;
  /** Collections that are kept beside the papers. Default: none are, and requests for them are refused. */
  readonly collections?: Collections | undefined;
  /** Standing questions that are kept beside the papers. Default: none are, and requests for them are refused. */
  readonly watches?: Watches | undefined;
  /** Reviews of abstracts that are kept beside the papers. Default: none are, and requests for them are refused. */
  readonly reviews?: ReviewService | undefined;
}

/** A library with the name that its paths contain. */
export interface NamedLibrary extends Library {
  readonly name: string;
}

/** Name of the library of a server that has only one. */
export const ONLY_LIBRARY = 'default';

/** What can be the name of a library: it is written to URLs, logs and labels of metrics. */
export const LIBRARY_NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** The papers of a library now. */
export interface SnapshotState {
  readonly snapshot: string;
  readonly papers: number;
  /** How many of them have a vector; absent if all have one. */
  readonly encoded?: Encoded | undefined;
}

/** The papers of a library now, or why it has none. */
export type LibraryState =
  | ({ readonly name: string } & SnapshotState)
  | { readonly name: string; readonly error: { readonly code: string; readonly message: string } };

/** The libraries of a server; the first is the one at the short paths. */
export type Libraries = readonly [NamedLibrary, ...NamedLibrary[]];

/** How long a probe waits for the statistics of a library (milliseconds): a cluster may not answer at all. */
const MAX_STATS_MS = 2000;

/** The state of each library, in their order. A library that cannot be used does not hide the others. */
export function statesOf(libraries: readonly NamedLibrary[]): Promise<LibraryState[]> {
  return Promise.all(
    libraries.map(async ({ name, engine }) => {
      try {
        return { name, ...(await promptState(engine)) };
      } catch (thrown) {
        const error =
          thrown instanceof PaperSearchError
            ? thrown
            : new PaperSearchError(
                'INTERNAL',
                'This library cannot be used. The log of the server says why.',
              );
        return { name, error: { code: error.code, message: error.message } };
      }
    }),
  );
}

/** The papers of an engine, for probes. @throws PaperSearchError as `promptStats` does. */
export async function promptState(engine: Engine): Promise<SnapshotState> {
  const { snapshot, papers, encoded } = await promptStats(engine);
  return { snapshot, papers, ...(encoded && { encoded }) };
}

/**
 * The statistics of the papers of an engine, for probes, which expect an answer soon.
 * @throws PaperSearchError CLUSTER_UNAVAILABLE when there is none within two seconds; errors of the engine.
 */
export async function promptStats(engine: Engine): Promise<IndexStats> {
  const stats = withSnapshot(engine, (held) => held.stats());
  // The one that loses the race may fail later.
  stats.catch(() => {});
  const timer = new AbortController();
  const tooLong = setTimeout(MAX_STATS_MS, undefined, { signal: timer.signal }).then(() => {
    throw new PaperSearchError(
      'CLUSTER_UNAVAILABLE',
      `The cluster has not answered within ${MAX_STATS_MS / 1000} seconds.`,
    );
  });
  try {
    return await Promise.race([stats, tooLong]);
  } finally {
    timer.abort();
    tooLong.catch(() => {});
  }
}
