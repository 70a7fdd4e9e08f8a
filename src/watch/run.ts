import { randomUUID } from 'node:crypto';
import { messageOf, PaperSearchError } from '../errors.ts';
import type { AppendLog } from '../indexes/store/append-log.ts';
import { type Clock, SYSTEM_CLOCK } from '../ingest/fetch/clock.ts';
import type { Engine, Snapshot } from '../search/engine.ts';
import { withSnapshot } from '../search/engine.ts';
import type { WatchDelivery } from './definition.ts';
import { sendReport, targetsOf, writeReport } from './deliver.ts';
import type { FoundPaper, Target, WatchEvent } from './events.ts';
import { findNew } from './find-new.ts';
import { reportOf, type WatchReport } from './report.ts';
import { type Delivery, openTargets, ReportedPapers, stateOf, type WatchState } from './state.ts';

/** Papers of one report: a first run over a whole index finds thousands. */
const MAX_REPORTED = 500;

export interface RunOptions {
  /** Replaces parts of how the watch is delivered, in this run. */
  readonly delivery?: Partial<Pick<WatchDelivery, 'format' | 'folder'>> | undefined;
  /**
   * Hands over the reports of a watch without a folder and a webhook, after everything else of the run; they are delivered
   * when it resolves. Without it, they wait for a run with it.
   */
  readonly answer?: ((run: WatchRun) => Promise<void>) | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a run did. */
export interface WatchRun {
  readonly watch: string;
  readonly snapshot: string;
  /** Papers that were found in this run. */
  readonly found: number;
  /** Reports for whoever ran the watch. */
  readonly reports: readonly WatchReport[];
  /** Reports that were delivered elsewhere, earlier ones too: a file, or the host of a webhook. */
  readonly delivered: readonly {
    readonly delivery: string;
    readonly to: Target;
    readonly place: string;
    readonly papers: number;
  }[];
  /** Reports that could not be delivered. The next run tries again. */
  readonly failed: readonly {
    readonly delivery: string;
    readonly to: Target;
    readonly error: PaperSearchError;
  }[];
  /** What the reports leave out, and what to do about it. */
  readonly notices: readonly string[];
  /** How the reports are written. */
  readonly format: WatchDelivery;
}

/** What a run works with. */
export interface RunContext {
  readonly name: string;
  readonly log: Pick<AppendLog<WatchEvent>, 'entries' | 'refresh' | 'append'>;
  readonly engine: Engine;
  /** The secret of the webhook. */
  readonly secretOf: (delivery: WatchDelivery) => Promise<string>;
  /** Throws when another process may be running the watch. */
  readonly assertHeld: () => void;
}

/**
 * Finds what is new for a watch, and delivers it with everything that is not delivered yet. A report is written to the
 * log before it is delivered and marked after: a run that is interrupted between the two delivers the same report again,
 * with the same number, and no paper is in two reports. The caller holds the lock of the watch.
 * @throws PaperSearchError NOT_FOUND for a watch that was removed, and as `findNew`. A report that cannot be delivered is
 *   not an error.
 */
export function runOnce(context: RunContext, options: RunOptions): Promise<WatchRun> {
  return withSnapshot(context.engine, (snapshot) => runOn(snapshot, context, options));
}

async function runOn(snapshot: Snapshot, context: RunContext, options: RunOptions): Promise<WatchRun> {
  const { name, log } = context;
  await log.refresh();
  const before = expectState(name, stateOf(log.entries));
  const delivery: WatchDelivery = { ...before.definition.delivery, ...options.delivery };
  const targets = targetsOf(delivery);
  const { papers, notices } = await findNew(before, snapshot);
  context.assertHeld();
  await log.append((entries) => eventsFor(papers, stateOf(entries), snapshot.id, targets));
  const state = expectState(name, stateOf(log.entries));
  const open = state.deliveries.filter((each) => openTargets(each, targets).length > 0);
  const run = new Run(snapshot, delivery, context, options, state);
  for (const each of open) await run.deliver(each, openTargets(each, targets));
  const reports = await Promise.all(
    open
      .filter((each) => openTargets(each, targets).includes('answer'))
      .map((each) => reportOf(name, state.definition, each, snapshot, notices)),
  );
  const { delivered, failed } = run;
  const done: WatchRun = {
    watch: name,
    snapshot: snapshot.id,
    found: papers.length,
    reports: options.answer ? reports : [],
    delivered,
    failed,
    notices,
    format: delivery,
  };
  await options.answer?.(done);
  if (options.answer && reports.length > 0) {
    await log.append(() =>
      reports.map((report) => ({ kind: 'delivered', delivery: report.delivery, to: 'answer' })),
    );
  }
  return done;
}

export function expectState(name: string, state: WatchState | undefined): WatchState {
  if (state) return state;
  const message = `There is no watch "${name}". List them with "paper-search watch list".`;
  throw new PaperSearchError('NOT_FOUND', message, { details: { watch: name } });
}

/** The events of a run, without papers that have been reported meanwhile. */
function eventsFor(
  papers: readonly FoundPaper[],
  state: WatchState | undefined,
  snapshot: string,
  to: readonly Target[],
): WatchEvent[] {
  if (!state) return [];
  const reported = new ReportedPapers(state.deliveries);
  const fresh = papers.filter((paper) =>
    paper.status === undefined ? !reported.has(paper) : !reported.hasStatus(paper, paper.status),
  );
  if (fresh.length === 0) {
    // One entry a snapshot: a watch that runs every few minutes must not fill the disk.
    return state.lastRun?.snapshot === snapshot ? [] : [{ kind: 'nothing', snapshot }];
  }
  const events: WatchEvent[] = [];
  for (let start = 0; start < fresh.length; start += MAX_REPORTED) {
    const part = fresh.slice(start, start + MAX_REPORTED);
    events.push({ kind: 'found', delivery: randomUUID(), snapshot, to: [...to], papers: part });
  }
  return events;
}

/** Delivers the reports of one run, and remembers what became of them. */
class Run {
  readonly delivered: WatchRun['delivered'][number][] = [];
  readonly failed: WatchRun['failed'][number][] = [];
  readonly #snapshot: Snapshot;
  readonly #delivery: WatchDelivery;
  readonly #context: RunContext;
  readonly #options: RunOptions;
  readonly #state: WatchState;

  constructor(
    snapshot: Snapshot,
    delivery: WatchDelivery,
    context: RunContext,
    options: RunOptions,
    state: WatchState,
  ) {
    this.#snapshot = snapshot;
    this.#delivery = delivery;
    this.#context = context;
    this.#options = options;
    this.#state = state;
  }

  async deliver(open: Delivery, targets: readonly Target[]): Promise<void> {
    const { name, log, assertHeld } = this.#context;
    const report = await reportOf(name, this.#state.definition, open, this.#snapshot);
    for (const to of targets) {
      // One after the other, in the order in which papers were found: the next one would fail as well.
      if (to === 'answer' || this.failed.some((failure) => failure.to === to)) continue;
      assertHeld();
      let place: string;
      try {
        place = await this.#deliverTo(to, report, open.number);
      } catch (error) {
        this.#options.signal?.throwIfAborted();
        const failure = errorOf(error);
        this.failed.push({ delivery: open.id, to, error: failure });
        await log.append(() => [{ kind: 'failed', delivery: open.id, to, reason: failure.message }]);
        continue;
      }
      await log.append(() => [{ kind: 'delivered', delivery: open.id, to, place }]);
      this.delivered.push({ delivery: open.id, to, place, papers: open.papers.length });
    }
  }

  async #deliverTo(to: 'file' | 'post', report: WatchReport, number: number): Promise<string> {
    const { folder, post } = this.#delivery;
    if (to === 'file') return writeReport(report, number, { ...this.#delivery, folder: folder! });
    const { clock = SYSTEM_CLOCK, signal } = this.#options;
    const secret = await this.#context.secretOf(this.#delivery);
    return sendReport(report, post!, secret, { clock, signal });
  }
}

function errorOf(error: unknown): PaperSearchError {
  return error instanceof PaperSearchError
    ? error
    : new PaperSearchError('FETCH_FAILED', messageOf(error), { cause: error });
}
