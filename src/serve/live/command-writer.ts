import { setTimeout } from 'node:timers/promises';
import { PaperSearchError } from '../../errors.ts';
import type { IdentifierSource } from '../../ingest/fetch/by-identifier.ts';
import type { IngestReport } from '../../ingest/report.ts';
import { type Program, RunningCommand } from './command.ts';
import type { FetchOutcome, PaperWriter, WriteDefaults } from './paper-writer.ts';
import { withSpooled } from './spool.ts';

export interface CommandWriterOptions {
  /** The command line of paper-search. */
  readonly program: Program;
  /** The options of the commands that name the index, or the corpus of a cluster. */
  readonly place: readonly string[];
  /** The place in words, for messages. */
  readonly placeText: string;
  /** Awaited before each change; an error refuses the change. */
  readonly beforeChange?: (() => Promise<void>) | undefined;
  /** Awaited after each successful change, before its report is returned. */
  readonly onWritten: () => Promise<void>;
  /** Receives the standard error of the commands, in pieces. */
  readonly onOutput: (said: string) => void;
  /** How long `close` waits for a running change (milliseconds). Default 2000. */
  readonly graceMs?: number | undefined;
}

const GRACE_MS = 2000;

/**
 * Changes papers with our own commands, each in its own process: parsing and indexing would block every request of
 * this process, and a crash does not affect the server.
 */
export class CommandWriter implements PaperWriter {
  readonly #options: CommandWriterOptions;
  #running: RunningCommand | undefined;
  /** Rejects the wait for the running change. */
  #abandon: (reason: PaperSearchError) => void = () => {};
  #closed = false;

  constructor(options: CommandWriterOptions) {
    this.#options = options;
  }

  async add(papers: AsyncIterable<Uint8Array>, { venue, year }: WriteDefaults = {}): Promise<IngestReport> {
    this.#assertIdle();
    const defaults = [
      ...(venue === undefined ? [] : [`--venue=${venue}`]),
      ...(year === undefined ? [] : [`--year=${year}`]),
    ];
    const report = await withSpooled(papers, (input) => this.#run(['ingest', ...defaults, '-'], input));
    return report as IngestReport;
  }

  /** Ingests files and folders, and removes the records that they no longer contain. */
  async replaceFiles(paths: readonly string[]): Promise<IngestReport> {
    return (await this.#run(['ingest', '--replace-source', '--', ...paths])) as IngestReport;
  }

  async remove(ids: readonly string[]): Promise<unknown> {
    return this.#run(['remove', '--', ...ids]);
  }

  /** See `PaperFetcher`. @param data where fetched pages are kept. */
  async fetch({ service, id }: IdentifierSource, data: string): Promise<FetchOutcome> {
    return (await this.#run(['fetch', service, `--data=${data}`, '--ids', id])) as FetchOutcome;
  }

  /** Writes an index of an older version as this one does. */
  async upgrade(): Promise<unknown> {
    return this.#run(['upgrade']);
  }

  /** Refuses further changes. A running change that does not end in time is rejected and stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (!running) return;
    const timer = new AbortController();
    const { graceMs = GRACE_MS } = this.#options;
    const tooLong = setTimeout(graceMs, undefined, { signal: timer.signal });
    // It does not matter here how the change or the timer ends.
    await Promise.race([running.result, tooLong]).catch(() => {});
    timer.abort();
    await tooLong.catch(() => {});
    // Stopping may take seconds; the client should get its answer before the connection is closed.
    this.#abandon(
      new PaperSearchError('STOPPED', 'The server stopped before the change was complete. Send it again.'),
    );
    await running.stop();
  }

  async #run([command, ...args]: readonly [string, ...string[]], input?: number): Promise<unknown> {
    const { program, place, onOutput, beforeChange, onWritten } = this.#options;
    await beforeChange?.();
    this.#assertIdle();
    const running = new RunningCommand(program, [command, '--json', ...place, ...args], {
      input,
      onOutput,
    });
    this.#running = running;
    try {
      const report = await new Promise((resolve, reject) => {
        this.#abandon = reject;
        running.result.then(resolve, reject);
      });
      await onWritten();
      return report;
    } finally {
      this.#running = undefined;
    }
  }

  #assertIdle(): void {
    if (this.#closed)
      throw new PaperSearchError('STOPPED', 'The server is stopping. Try again in a few seconds.');
    if (!this.#running) return;
    const message = `Another change is being written to ${this.#options.placeText}. Try again in a few seconds.`;
    throw new PaperSearchError('INDEX_LOCKED', message);
  }
}
