import { setTimeout } from 'node:timers/promises';
import { type ErrorCode, messageOf, PaperSearchError } from '../../src/errors.ts';

/** What writes to a cluster and asks it, so that answers can be judged. */
export interface Workload {
  /** Writes some papers. @returns the ids that were acknowledged. @throws as an engine does. */
  write(): Promise<readonly string[]>;
  /** Asks a question whose answer is known. @returns whether the answer is right. @throws as an engine does. */
  ask(): Promise<boolean>;
  /** Which of these papers are not there. */
  missing(ids: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** When something was done, and how it ended; milliseconds since the start. */
interface Event {
  readonly from: number;
  readonly to: number;
  /** `refused`: the cluster blocks changes, as it says. */
  readonly result: 'right' | 'wrong' | 'unavailable' | 'refused' | 'error';
}

const RESULT_OF: Partial<Record<ErrorCode, Event['result']>> = {
  CLUSTER_UNAVAILABLE: 'unavailable',
  INDEX_UNWRITABLE: 'refused',
};

/** What happened while a workload ran. */
export interface Observed {
  readonly asked: readonly Event[];
  readonly written: readonly Event[];
  /** The ids that were acknowledged, and are checked when the cluster is whole again. */
  readonly acknowledged: readonly string[];
  /** Messages of errors other than CLUSTER_UNAVAILABLE, and of some of those. */
  readonly errors: ReadonlyMap<string, number>;
}

/** Writes and asks, several clients at once, until the faults have ended. */
export async function observe(
  workload: Workload,
  clients: { readonly writers: number; readonly readers: number },
  faults: (now: () => number) => Promise<void>,
): Promise<Observed> {
  const started = performance.now();
  const now = () => performance.now() - started;
  const asked: Event[] = [];
  const written: Event[] = [];
  const acknowledged: string[] = [];
  const errors = new Map<string, number>();
  let isOver = false;
  const loop = async (events: Event[], task: () => Promise<boolean>) => {
    while (!isOver) {
      const from = now();
      let result: Event['result'];
      try {
        result = (await task()) ? 'right' : 'wrong';
      } catch (error) {
        result = (error instanceof PaperSearchError && RESULT_OF[error.code]) || 'error';
        const message = `${result === 'error' ? 'ERROR ' : ''}${messageOf(error)}`
          .replace(/\d+(\.\d+){3}:\d+/g, 'NODE')
          .replace(/"[\d-]+"/g, '"ID"')
          .slice(0, 300);
        errors.set(message, (errors.get(message) ?? 0) + 1);
      }
      events.push({ from, to: now(), result });
      await setTimeout(50);
    }
  };
  const write = async () => {
    acknowledged.push(...(await workload.write()));
    return true;
  };
  const running = [
    ...Array.from({ length: clients.writers }, () => loop(written, write)),
    ...Array.from({ length: clients.readers }, () => loop(asked, () => workload.ask())),
  ];
  try {
    await faults(now);
  } finally {
    isOver = true;
    await Promise.all(running);
  }
  return { asked, written, acknowledged, errors };
}

/** How many ended in which way. */
export function countResults(events: readonly Event[]): Record<Event['result'], number> {
  const counts = { right: 0, wrong: 0, unavailable: 0, refused: 0, error: 0 };
  for (const { result } of events) counts[result]++;
  return counts;
}

/**
 * The longest time without an answer that ended after a time: from the last right answer before to the first after.
 * @returns milliseconds; undefined when there was no right answer any more.
 */
export function longestGap(events: readonly Event[], since: number, end: number): number | undefined {
  const times = events.filter(({ result }) => result === 'right').map(({ to }) => to);
  const after = times.filter((time) => time >= since).sort((a, b) => a - b);
  if (after.length === 0) return undefined;
  const all = [Math.max(0, ...times.filter((time) => time < since)), ...after, end];
  return Math.max(...all.slice(1).map((time, n) => time - all[n]!));
}
