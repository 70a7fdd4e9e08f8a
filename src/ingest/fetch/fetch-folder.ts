import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { syncFolder, writeDurably } from '../../indexes/store/durable.ts';
import { makeFolder } from '../../util/make-folder.ts';
import {
  type FetchRun,
  type FetchState,
  fetchStateSchema,
  type PageRecord,
  STATE_FILE,
} from './fetch-state.ts';
import type { ServiceName } from './names.ts';
import type { Selection } from './selection.ts';

/** The pages of a selection as files, and the progress of the fetch. */
export class FetchFolder {
  readonly folder: string;
  #state: FetchState;

  private constructor(folder: string, state: FetchState) {
    this.folder = folder;
    this.#state = state;
  }

  /**
   * Opens the folder of a selection, which need not exist.
   * @throws PaperSearchError BAD_REQUEST when it holds another selection's pages, BAD_INPUT when its state is
   *   damaged.
   */
  static async open(folder: string, service: ServiceName, selection: Selection): Promise<FetchFolder> {
    const state = await readState(folder);
    if (state && !isDeepStrictEqual([state.service, state.selection], [service, selection])) {
      const message = `"${folder}" holds what another selection gave. Choose another --name.`;
      throw new PaperSearchError('BAD_REQUEST', message, { details: { folder } });
    }
    return new FetchFolder(folder, state ?? { version: 1, service, selection, pages: [] });
  }

  /** Opens a folder that was fetched before; undefined where there is none. @throws as `open`. */
  static async reopen(folder: string): Promise<FetchFolder | undefined> {
    const state = await readState(folder);
    return state && new FetchFolder(folder, state);
  }

  get state(): FetchState {
    return this.#state;
  }

  /** A page that a request gave before, if it can be asked whether it has changed, and its file is there. */
  async kept(file: string, url: string): Promise<{ record: PageRecord; text: string } | undefined> {
    const record = this.#state.pages.find((page) => page.file === file && page.version?.url === url);
    const text = record && (await readFile(join(this.folder, file), 'utf8').catch(() => undefined));
    return record && text !== undefined ? { record, text } : undefined;
  }

  /** Begins a run, or continues it from another place. */
  async saveRun(run: FetchRun): Promise<void> {
    await this.#save({ ...this.#state, run });
  }

  /**
   * Stores a page and the progress of the run. The state is written last: a page that is missing from it is fetched
   * again.
   * @param content the page as it came; none when the file has it already. No record: the page was empty.
   */
  async savePage(run: FetchRun, record?: PageRecord, content?: Uint8Array): Promise<void> {
    if (record && content) await this.#replace(record.file, [content]);
    const pages = record
      ? [...this.#state.pages.filter(({ file }) => file !== record.file), record]
      : this.#state.pages;
    await this.#save({ ...this.#state, pages, run });
  }

  /** Ends the run. Pages that a full run did not return again are removed. */
  async finish(run: FetchRun): Promise<void> {
    const given = new Set(run.files);
    const gone = run.full ? this.#state.pages.filter(({ file }) => !given.has(file)) : [];
    const pages = this.#state.pages.filter((page) => !gone.includes(page));
    const { run: _, ...rest } = this.#state;
    // Before the state: a file that it does not know would stay, and be ingested, for ever.
    await this.#remove(gone);
    await this.#save({ ...rest, pages, completed: run.startedAt });
  }

  async #save(state: FetchState): Promise<void> {
    await this.#replace(STATE_FILE, `${JSON.stringify(state, null, 2)}\n`);
    this.#state = state;
  }

  /** Replaces a file in one step. What an interruption leaves has a name that an ingest skips. */
  async #replace(file: string, content: string | readonly Uint8Array[]): Promise<void> {
    const temporary = join(this.folder, `.${file}.tmp`);
    try {
      await makeFolder(this.folder);
      await writeDurably(temporary, content);
      await rename(temporary, join(this.folder, file));
      await syncFolder(this.folder);
    } catch (cause) {
      throw this.#unwritable(cause);
    }
  }

  /** Removes files so that they do not come back after a power cut. */
  async #remove(pages: readonly PageRecord[]): Promise<void> {
    if (pages.length === 0) return;
    try {
      for (const { file } of pages) await rm(join(this.folder, file), { force: true });
      await syncFolder(this.folder);
    } catch (cause) {
      throw this.#unwritable(cause);
    }
  }

  #unwritable(cause: unknown): PaperSearchError {
    const message = `Cannot write to "${this.folder}": ${messageOf(cause)}. What was fetched before is kept; the same command continues from there.`;
    return new PaperSearchError('FETCH_FAILED', message, { details: { folder: this.folder }, cause });
  }
}

async function readState(folder: string): Promise<FetchState | undefined> {
  const file = join(folder, STATE_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new PaperSearchError('BAD_INPUT', `Cannot read "${file}": ${error.message}.`, { cause: error });
  });
  if (text === undefined) return undefined;
  try {
    return fetchStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    const message = `"${file}" is damaged. Remove it; the fetch command then starts again. ${reason}`;
    throw new PaperSearchError('BAD_INPUT', message, { details: { file }, cause });
  }
}
