import { setTimeout } from 'node:timers/promises';
import type { ClusterEngine } from '../cluster/cluster-engine.ts';
import { messageOf, PaperSearchError } from '../errors.ts';
import { withSnapshot } from '../search/engine.ts';
import { CommandWriter } from '../serve/live/command-writer.ts';
import { foldersWithFiles, watchFolders } from '../serve/live/watch-folders.ts';
import { byLine, expectOutside, type LiveIndexOptions, type LivePapers, PROGRAM } from './live-index.ts';
import { openCorpus } from './open-engine.ts';
import { type ClusterPlace, placeArguments, placeText } from './place.ts';
import { renderReport } from './render.ts';

/** How often a new snapshot is looked for, to report it and to run watches (milliseconds). Requests find it themselves. */
const LOOK_MS = 5000;

/** A corpus of a cluster that is served, and changed by this server and by others at the same time. */
export class LiveCluster implements LivePapers {
  readonly engine: ClusterEngine;
  readonly writer: CommandWriter;
  readonly #options: LiveIndexOptions;

  /**
   * Opens a corpus; if there is none, ingests the watched folders first.
   * @param index the folder of what is kept beside the papers.
   * @throws PaperSearchError what `openCluster` and ingesting throw; BAD_REQUEST for such a folder inside one to watch.
   */
  static async open(index: string, cluster: ClusterPlace, options: LiveIndexOptions): Promise<LiveCluster> {
    const { encoderOf, onCacheLookup, say, watch, signal } = options;
    if (watch) expectOutside(index, watch);
    const place = { index, cluster };
    let engine: ClusterEngine | undefined;
    const writer = new CommandWriter({
      program: PROGRAM,
      place: placeArguments(place),
      placeText: placeText(place),
      onWritten: async () => engine?.refresh(),
      onOutput: byLine(say),
    });
    const open = () => openCorpus(cluster, { encoderOf, onCacheLookup });
    engine = await open().catch(async (error: unknown) => {
      if (!watch || !(error instanceof PaperSearchError) || error.code !== 'INDEX_MISSING') throw error;
      const stop = () => void writer.close();
      signal.addEventListener('abort', stop);
      say(renderReport(await writer.replaceFiles(watch), { isCorpus: true }));
      signal.removeEventListener('abort', stop);
      return open();
    });
    return new LiveCluster(engine, writer, options);
  }

  private constructor(engine: ClusterEngine, writer: CommandWriter, options: LiveIndexOptions) {
    this.engine = engine;
    this.writer = writer;
    this.#options = options;
  }

  async watch(): Promise<void> {
    const { watch, signal, say } = this.#options;
    const looking = this.#lookForSnapshots();
    if (watch) {
      await watchFolders(watch, {
        ingest: async () =>
          say(
            renderReport(await this.writer.replaceFiles(await foldersWithFiles(watch)), { isCorpus: true }),
          ),
        onError: (error) => say(`Ingest failed: ${messageOf(error)}`),
        signal,
      });
    }
    await looking;
  }

  close(): Promise<void> {
    return this.writer.close();
  }

  /** Reports each new snapshot, and an unreachable cluster once. */
  async #lookForSnapshots(): Promise<void> {
    const { signal, say, onReplaced } = this.#options;
    let seen: string | undefined;
    let problem = '';
    while (!signal.aborted) {
      try {
        const { snapshot, papers } = await withSnapshot(this.engine, (held) => held.stats());
        if (problem !== '') say('The cluster answers again.');
        problem = '';
        if (seen !== undefined && seen !== snapshot) {
          say(`Now serving ${papers} papers (snapshot ${snapshot}).`);
          onReplaced?.();
        }
        seen = snapshot;
      } catch (error) {
        if (signal.aborted) return;
        if (messageOf(error) !== problem) say(`The cluster cannot be used: ${messageOf(error)}`);
        problem = messageOf(error);
      }
      // Aborting ends the pause.
      await setTimeout(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
