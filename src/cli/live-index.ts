import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Encoder } from '../encode/encoder.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { messageOf, PaperSearchError } from '../errors.ts';
import { isUpgradable } from '../indexes/store/manifest.ts';
import { currentSnapshot } from '../indexes/store/snapshot-reader.ts';
import type { Engine } from '../search/engine.ts';
import { CommandWriter } from '../serve/live/command-writer.ts';
import { LiveEngine } from '../serve/live/live-engine.ts';
import { RetryingEngine } from '../serve/live/retrying-engine.ts';
import { foldersWithFiles, watchFolders } from '../serve/live/watch-folders.ts';
import { placeArguments, placeText } from './place.ts';
import { renderReport } from './render.ts';

/** Papers that are served and changed at the same time. */
export interface LivePapers {
  /** The caller closes it. */
  readonly engine: Engine;
  readonly writer: CommandWriter;
  /** Ingests what changes in the folders until the signal aborts. */
  watch(): Promise<void>;
  /** Stops all changes, including one in progress. */
  close(): Promise<void>;
}

export interface LiveIndexOptions {
  /** Folders to ingest now and when they change. */
  readonly watch: readonly string[] | undefined;
  /** Aborting stops the first ingest and the watch. */
  readonly signal: AbortSignal;
  /** Called with each line of output. */
  readonly say: (line: string) => void;
  /** Makes the encoder of a model. */
  readonly encoderOf: (model: ModelInfo) => Promise<Encoder>;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup: (found: boolean) => void;
  /** Whether an index that cannot be opened is tried again, instead of an error. Default: an error. */
  readonly retries?: boolean | undefined;
  /** Called when another snapshot is served. */
  readonly onReplaced?: (() => void) | undefined;
}

export const PROGRAM = {
  file: process.execPath,
  args: [fileURLToPath(new URL('./main.js', import.meta.url))],
};

/** An index that is served and changed at the same time. */
export class LiveIndex implements LivePapers {
  /** The caller closes it. */
  readonly engine: LiveEngine | RetryingEngine;
  readonly writer: CommandWriter;
  readonly #options: LiveIndexOptions;

  /**
   * Opens an index; if there is none, ingests the watched folders first.
   * @throws PaperSearchError what opening and ingesting throw, unless `retries` is set; BAD_REQUEST for an index inside
   *   a folder to watch.
   */
  static async open(index: string, options: LiveIndexOptions): Promise<LiveIndex> {
    const { watch, signal, say, encoderOf, onCacheLookup, retries } = options;
    if (watch) expectOutside(index, watch);
    let engine: LiveEngine | RetryingEngine | undefined;
    const writer = new CommandWriter({
      program: PROGRAM,
      place: placeArguments({ index }),
      placeText: placeText({ index }),
      beforeChange: async () => {
        if (engine) await expectInPlace(index);
      },
      onWritten: async () => engine?.refresh(),
      onOutput: byLine(say),
    });
    if (watch && (await currentSnapshot(index)) === undefined) {
      const stop = () => void writer.close();
      signal.addEventListener('abort', stop);
      say(renderReport(await writer.replaceFiles(watch)));
      signal.removeEventListener('abort', stop);
    }
    const open = () =>
      LiveEngine.open(index, {
        encoderOf,
        onCacheLookup,
        onReplaced: ({ papers, snapshot }) => {
          say(`Now serving ${papers} papers (snapshot ${snapshot}).`);
          options.onReplaced?.();
        },
        onError: (error) => say(`The new snapshot cannot be used: ${messageOf(error)}`),
      });
    const openUpgraded = () =>
      open().catch(async (error: unknown) => {
        if (!isUpgradable(error)) throw error;
        say(`The index "${index}" was written by an older version and is upgraded first.`);
        await writer.upgrade();
        return open();
      });
    engine = retries
      ? await RetryingEngine.open(openUpgraded, {
          onError: (error) => say(`This library cannot be used: ${messageOf(error)}`),
          onOpened: (papers) => {
            say(`Now serving ${papers} papers.`);
            options.onReplaced?.();
          },
        })
      : await openUpgraded();
    return new LiveIndex(engine, writer, options);
  }

  private constructor(engine: LiveIndex['engine'], writer: CommandWriter, options: LiveIndexOptions) {
    this.engine = engine;
    this.writer = writer;
    this.#options = options;
  }

  async watch(): Promise<void> {
    const { watch, signal, say } = this.#options;
    if (!watch) return;
    await watchFolders(watch, {
      ingest: async () => say(renderReport(await this.writer.replaceFiles(await foldersWithFiles(watch)))),
      onError: (error) => say(`Ingest failed: ${messageOf(error)}`),
      signal,
    });
  }

  close(): Promise<void> {
    return this.writer.close();
  }
}

/** An index that has disappeared (an unmounted volume, say) must not be replaced by a new one with a few papers. */
async function expectInPlace(index: string): Promise<void> {
  if ((await currentSnapshot(index)) !== undefined) return;
  const message = `The folder "${index}" no longer has the index that is being served, so nothing was changed. Put it back, or restart the server.`;
  throw new PaperSearchError('INDEX_MISSING', message, { details: { index } });
}

/** Splits chunks of text into lines. */
export function byLine(say: (line: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split(/[\r\n]+/);
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') say(line);
  };
}

/** An ingest would change the watched folder and so start the next ingest. */
export function expectOutside(index: string, folders: readonly string[]): void {
  const around = folders.find(
    (folder) => !/^\.\.(?:[/\\]|$)/.test(relative(resolve(folder), resolve(index))),
  );
  if (around === undefined) return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `The folder of the index, "${index}", is inside the watched folder "${around}". Choose another --index.`,
  );
}
