import { setTimeout } from 'node:timers/promises';
import { PaperSearchError } from '../../errors.ts';
import type { IngestReport } from '../../ingest/report.ts';
import { type Program, RunningCommand } from './command.ts';
import type { PaperWriter, WriteDefaults } from './paper-writer.ts';
import { withSpooled } from './spool.ts';

export interface CommandWriterOptions {
  /** The command line of paper-search. */
  readonly program: Program;
  /** Folder of the index. */
  readonly index: string;
  /** Awaited before each change; what it throws refuses the change. */
  readonly beforeChange?: (() => Promise<void>) | undefined;
  /** Awaited after each change that succeeded, before its report is given. */
  readonly onWritten: () => Promise<void>;
  /** Told what the commands say on standard error, in pieces. */
  readonly onSaid: (said: string) => void;
  /** How long `close` lets a change under way go on (milliseconds). Default 2000. */
  readonly patienceMs?: number | undefined;
}

const PATIENCE_MS = 2000;

/**
 * Changes an index with commands of our own, each in a process of its own: reading and indexing would hold up every
 * request here, and what goes wrong there harms nobody here.
 */
export class CommandWriter implements PaperWriter {
  readonly #options: CommandWriterOptions;
  #running: RunningCommand | undefined;
  /** Ends the wait for the change under way. */
  #abandon: (reason: PaperSearchError) => void = () => {};
  #closed = false;

  constructor(options: CommandWriterOptions) {
    this.#options = options;
  }

  async add(papers: AsyncIterable<Uint8Array>, { venue, year }: WriteDefaults = {}): Promise<IngestReport> {
    this.#expectIdle();
    const defaults = [
      ...(venue === undefined ? [] : [`--venue=${venue}`]),
      ...(year === undefined ? [] : [`--year=${year}`]),
    ];
    const report = await withSpooled(papers, (input) => this.#run(['ingest', ...defaults, '-'], input));
    return report as IngestReport;
  }

  /** Ingests files and folders, as `add` does with bytes. What they had before and have no longer is taken out. */
  async replaceFiles(paths: readonly string[]): Promise<IngestReport> {
    return (await this.#run(['ingest', '--replace-source', '--', ...paths])) as IngestReport;
  }

  async remove(ids: readonly string[]): Promise<unknown> {
    return this.#run(['remove', '--', ...ids]);
  }

  /** Takes no more changes. One under way that does not end by itself in time rejects and is stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (!running) return;
    const patience = new AbortController();
    const { patienceMs = PATIENCE_MS } = this.#options;
    const tooLong = setTimeout(patienceMs, undefined, { signal: patience.signal });
    // However the change ends, or the pause is cut short: neither is an error here.
    await Promise.race([running.result, tooLong]).catch(() => {});
    patience.abort();
    await tooLong.catch(() => {});
    // It may take seconds to stop; who waits for it should hear before the connection is cut.
    this.#abandon(
      new PaperSearchError('STOPPED', 'The server stopped before the change was complete. Send it again.'),
    );
    await running.stop();
  }

  async #run([command, ...args]: readonly [string, ...string[]], input?: number): Promise<unknown> {
    const { program, index, onSaid, beforeChange, onWritten } = this.#options;
    await beforeChange?.();
    this.#expectIdle();
    const running = new RunningCommand(program, [command, '--json', `--index=${index}`, ...args], {
      input,
      onSaid,
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

  #expectIdle(): void {
    if (this.#closed) throw new PaperSearchError('STOPPED', 'The server is stopping.');
    if (!this.#running) return;
    const message = `This server is just writing to "${this.#options.index}". Try again in a few seconds.`;
    throw new PaperSearchError('INDEX_LOCKED', message);
  }
}
