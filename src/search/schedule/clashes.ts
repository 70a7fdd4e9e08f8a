import { foldValue } from '../../text/fold-value.ts';
import { commonOffset, type Interval, intervalOf, type Slot } from './slot.ts';

/** Something to see, and where it is in the schedule. */
export interface Placed {
  readonly id: string;
  readonly slot: Slot;
}

/** Others that are at the same time. */
export interface Clashes {
  readonly count: number;
  /** The first of them, in the order in which they were given. */
  readonly ids: readonly string[];
}

/** Ids of clashing papers that are told. */
const MAX_REPORTED = 10;

/** What is at one time in one session. */
interface Group extends Interval {
  /** Places in the list that was given. */
  readonly members: number[];
}

/**
 * Which of several papers cannot be seen both, since they are at the same time. Papers that share all of a slot are
 * shown side by side (posters) and do not clash; where only a day is known, nothing is said.
 * @param placed the most wanted first. @returns for each, undefined without a clash.
 */
export function clashesOf(placed: readonly Placed[]): (Clashes | undefined)[] {
  const groups = groupsOf(placed);
  // Every group is compared with every paper: numbers that lie side by side make that a hundred times faster.
  const from = new Float64Array(placed.length).fill(Number.NaN);
  const to = new Float64Array(placed.length).fill(Number.NaN);
  const groupOf = new Int32Array(placed.length);
  for (const [number, group] of groups.entries()) {
    for (const place of group.members) {
      from[place] = group.from;
      to[place] = group.to;
      groupOf[place] = number;
    }
  }
  const clashes: (Clashes | undefined)[] = placed.map(() => undefined);
  for (const [number, group] of groups.entries()) {
    const { from: begin, to: end } = group;
    const ids: string[] = [];
    let count = 0;
    for (let place = 0; place < placed.length; place++) {
      // What has no known end is at its beginning alone. Of what has no known time, neither is true.
      const together = from[place] === begin || (from[place]! < end && begin < to[place]!);
      if (!together || groupOf[place] === number) continue;
      if (count++ < MAX_REPORTED) ids.push(placed[place]!.id);
    }
    if (count > 0) for (const place of group.members) clashes[place] = { count, ids };
  }
  return clashes;
}

function groupsOf(placed: readonly Placed[]): Group[] {
  const offset = commonOffset(placed.map(({ slot }) => slot));
  const groups = new Map<string, Group>();
  for (const [place, { id, slot }] of placed.entries()) {
    const interval = intervalOf(slot, offset);
    if (!interval) continue;
    const key = JSON.stringify([sessionKey(slot) ?? id, interval.from, interval.to]);
    const group = groups.get(key);
    if (group) group.members.push(place);
    else groups.set(key, { ...interval, members: [place] });
  }
  return Array.from(groups.values());
}

/** Undefined for a slot that says nothing but a time: what is there may be anywhere. */
function sessionKey({ name, hall }: Slot): string | undefined {
  return name === undefined && hall === undefined
    ? undefined
    : JSON.stringify([foldValue(name ?? ''), foldValue(hall ?? '')]);
}
