import { PaperSearchError } from '../errors.ts';
import type { Engine } from '../search/engine.ts';
import { visibleText } from '../text/visible-text.ts';
import { formatReport } from '../watch/formats/formats.ts';
import type { RunOptions, WatchRun } from '../watch/run.ts';
import { Watches } from '../watch/watches.ts';
import { jsonText } from './json-text.ts';
import { openEngine } from './open-engine.ts';
import type { Place } from './place.ts';
import { writeError } from './write-error.ts';

/** What a command does with watches, once it has an open index. */
export interface WatchContext {
  readonly watches: Watches;
  readonly engine: Engine;
}

/** The watches of an index; notices about interrupted commands are printed to standard error. */
export function watchesOf(index: string): Watches {
  return new Watches(index, { onNotice: writeError });
}

/** Opens papers and the watches that are kept for them for one command, and closes them afterwards. */
export async function withWatches<T>(place: Place, use: (context: WatchContext) => Promise<T>): Promise<T> {
  const engine = await openEngine(place);
  try {
    return await use({ watches: watchesOf(place.index), engine });
  } finally {
    await engine.close();
  }
}

/**
 * Runs watches one after the other, and prints what is new; nothing, where nothing is. A watch that fails does not stop
 * the others.
 * @param names default: every watch.
 * @param isJson whether printed reports are JSON Lines, whatever the format of the watch.
 * @throws PaperSearchError with the messages of all failures and the code of the first, when everything is done.
 */
export async function runWatches(
  { watches, engine }: WatchContext,
  names: readonly string[],
  options: Omit<RunOptions, 'answer'>,
): Promise<void> {
  const failures: PaperSearchError[] = [];
  for (const name of names.length > 0 ? names : (await watches.list()).map((watch) => watch.name)) {
    try {
      const run = await watches.run(name, engine, { ...options, answer: printReports });
      for (const notice of run.reports.length === 0 ? run.notices : []) writeError(`${name}: ${notice}`);
      failures.push(...run.failed.map(({ error }) => error));
      if (process.stderr.isTTY) for (const line of deliveredLines(run)) process.stderr.write(`${line}\n`);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof PaperSearchError)) throw error;
      failures.push(new PaperSearchError(error.code, `${name}: ${error.message}`));
    }
  }
  const [first] = failures;
  if (first) throw new PaperSearchError(first.code, failures.map(({ message }) => message).join('\n'));
}

/** Prints the reports of a run, and returns when they are written. */
export async function printReports({ reports, format }: Pick<WatchRun, 'reports' | 'format'>): Promise<void> {
  for (const [place, report] of reports.entries()) {
    const text = await formatReport(report, format);
    await write(printed(text, format.format, place > 0));
  }
}

/** A report as it is printed: what a terminal could obey is replaced. */
function printed(text: string, format: WatchRun['format']['format'], isLater: boolean): string {
  if (format === 'json') return `${jsonText(JSON.parse(text), 0)}\n`;
  const isForPeople = format === 'text' || format === 'markdown';
  return `${isLater && isForPeople ? '\n' : ''}${process.stdout.isTTY ? visibleText(text.replaceAll('\r\n', '\n')) : text}`;
}

/** A report counts as delivered when the reader of a pipe has taken it. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** For people at a terminal; a task that runs at night must be silent when all is well. */
function deliveredLines({ watch, delivered, found, reports }: WatchRun): string[] {
  if (delivered.length === 0 && reports.length === 0 && found === 0) return [`${watch}: nothing new.`];
  return delivered.map(
    ({ place, papers }) => `${watch}: ${papers} ${papers === 1 ? 'paper' : 'papers'} → ${place}`,
  );
}
