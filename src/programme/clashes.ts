import { foldValue } from '../attributes/fold-value.ts';
import { commonOffset, intervalOf, overlap, type Slot } from './slot.ts';

/** Something to see, and where it is in the programme. */
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
const MOST_TOLD = 10;

interface Group extends NonNullable<ReturnType<typeof intervalOf>> {
  /** Equal for what is in one session, and so in one room. */
  readonly session: string;
  /** Places in the list that was given, ascending. */
  readonly members: number[];
}

/**
 * Which of several papers cannot be seen both, since they are at the same time. Papers that share all of a slot are
 * shown side by side (posters) and do not clash; where only a day is known, nothing is said.
 * @param placed the most wanted first. @returns for each, undefined without a clash.
 */
export function clashesOf(placed: readonly Placed[]): (Clashes | undefined)[] {
  const groups = groupsOf(placed);
  const clashes: (Clashes | undefined)[] = placed.map(() => undefined);
  for (const [i, group] of groups.entries()) {
    const others = clashingGroups(groups, i).flatMap(({ members }) => members);
    if (others.length === 0) continue;
    const ids = others
      .sort((a, b) => a - b)
      .slice(0, MOST_TOLD)
      .map((place) => placed[place]!.id);
    for (const place of group.members) clashes[place] = { count: others.length, ids };
  }
  return clashes;
}

/** What is at one time in one session, by its beginning. */
function groupsOf(placed: readonly Placed[]): Group[] {
  const offset = commonOffset(placed.map(({ slot }) => slot));
  const groups = new Map<string, Group>();
  for (const [place, { id, slot }] of placed.entries()) {
    const interval = intervalOf(slot, offset);
    if (!interval) continue;
    const session = sessionKey(slot) ?? id;
    const key = JSON.stringify([session, interval.from, interval.to]);
    const group = groups.get(key);
    if (group) group.members.push(place);
    else groups.set(key, { ...interval, session, members: [place] });
  }
  return Array.from(groups.values()).sort((a, b) => a.from - b.from);
}

function clashingGroups(groups: readonly Group[], at: number): Group[] {
  const group = groups[at]!;
  const found: Group[] = [];
  for (const [i, other] of groups.entries()) {
    // All later ones begin later still.
    if (other.from > group.from && other.from >= group.to) break;
    if (i !== at && overlap(group, other)) found.push(other);
  }
  return found;
}

/** Undefined for a slot that says nothing but a time: what is there may be anywhere. */
function sessionKey({ name, hall }: Slot): string | undefined {
  return name === undefined && hall === undefined
    ? undefined
    : JSON.stringify([foldValue(name ?? ''), foldValue(hall ?? '')]);
}
