import type { LogEntry } from '../indexes/store/append-log.ts';
import type { Paper } from '../papers/paper.ts';
import type { WatchDefinition } from './definition.ts';
import type { FoundPaper, Target, WatchEvent } from './events.ts';

/** A report, and where it has been delivered. */
export interface Delivery {
  readonly id: string;
  /** The number of its entry in the log, and when the papers were found. */
  readonly number: number;
  readonly at: string;
  readonly snapshot: string;
  /** Where it is to be delivered, and where it has been. */
  readonly to: readonly Target[];
  readonly delivered: ReadonlySet<Target>;
  /** Why the last attempt failed, by target; absent after a success. */
  readonly failures: ReadonlyMap<Target, string>;
  readonly papers: readonly FoundPaper[];
}

/** What the log of a watch says: the watch since it was last created. */
export interface WatchState {
  readonly definition: WatchDefinition;
  readonly createdAt: string;
  /** Papers that arrived later are new; undefined: all papers are. */
  readonly after: string | undefined;
  /** The last run that looked for papers, and its snapshot. */
  readonly lastRun: { readonly at: string; readonly snapshot: string } | undefined;
  /** In the order in which the papers were found. */
  readonly deliveries: readonly Delivery[];
}

/** @returns undefined for a watch that was not created, or was removed. */
export function stateOf(entries: readonly LogEntry<WatchEvent>[]): WatchState | undefined {
  let state: WatchState | undefined;
  const deliveries = new Map<string, Delivery>();
  for (const { number, at, value } of entries) {
    if (value.kind === 'created') {
      deliveries.clear();
      const { definition, after } = value;
      state = { definition, createdAt: at, after, lastRun: undefined, deliveries: [] };
    } else if (value.kind === 'removed') state = undefined;
    else if (!state) continue;
    else if (value.kind === 'edited') state = { ...state, definition: value.definition };
    else if (value.kind === 'nothing') state = { ...state, lastRun: { at, snapshot: value.snapshot } };
    else if (value.kind === 'found') {
      const { delivery: id, snapshot, to, papers } = value;
      deliveries.set(id, {
        id,
        number,
        at,
        snapshot,
        to,
        delivered: new Set(),
        failures: new Map(),
        papers,
      });
      state = { ...state, lastRun: { at, snapshot } };
    } else {
      const known = deliveries.get(value.delivery);
      if (!known) continue;
      const failures = new Map(known.failures);
      if (value.kind === 'failed') failures.set(value.to, value.reason);
      else failures.delete(value.to);
      const delivered = value.kind === 'failed' ? known.delivered : new Set([...known.delivered, value.to]);
      deliveries.set(known.id, { ...known, delivered, failures });
    }
  }
  return state && { ...state, deliveries: [...deliveries.values()] };
}

/**
 * Where a report still has to be delivered. A report whose targets the watch no longer has, and that has been delivered
 * nowhere, is delivered to those that it has: it must not be lost.
 * @param targets those of the watch now.
 */
export function openTargets({ to, delivered }: Delivery, targets: readonly Target[]): readonly Target[] {
  if ([...delivered].some((target) => !to.includes(target))) return [];
  const open = to.filter((target) => !delivered.has(target));
  const left = open.filter((target) => targets.includes(target));
  return left.length === 0 && delivered.size === 0 ? targets : left;
}

/** The papers that a watch has reported, under every id that they have had. */
export class ReportedPapers {
  readonly #ids = new Set<string>();
  readonly #statuses = new Set<string>();

  constructor(deliveries: readonly Pick<Delivery, 'papers'>[]) {
    for (const { papers } of deliveries) {
      for (const { id, aliases = [], status } of papers) {
        for (const known of [id, ...aliases]) {
          if (status === undefined) this.#ids.add(known);
          else this.#statuses.add(`${status} ${known}`);
        }
      }
    }
  }

  /** Whether a paper was reported, under its id or an earlier one. */
  has({ id, aliases = [] }: Pick<Paper, 'id' | 'aliases'>): boolean {
    return [id, ...aliases].some((known) => this.#ids.has(known));
  }

  /** Whether it was reported that this has become of a paper. */
  hasStatus({ id, aliases = [] }: Pick<Paper, 'id' | 'aliases'>, status: string): boolean {
    return [id, ...aliases].some((known) => this.#statuses.has(`${status} ${known}`));
  }
}
