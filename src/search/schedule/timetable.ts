import type { Paper, PaperUrls } from '../../papers/paper.ts';
import { foldValue } from '../../text/fold-value.ts';
import { byName } from './by-name.ts';
import { type Clashes, clashesOf } from './clashes.ts';
import { commonOffset, compareSlots, type Slot, slotOf } from './slot.ts';

/** A paper to be put into a timetable. */
export interface TimetableEntry {
  readonly paper: Paper;
  /** 1-based place among the papers that answer a question; absent without one. */
  readonly rank?: number | undefined;
}

/** A paper in a timetable: what is needed to choose it. */
export interface Talk {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly venue?: string | undefined;
  readonly urls: PaperUrls;
  readonly session?: string | undefined;
  readonly hall?: string | undefined;
  /** ISO 8601 with the offset from UTC, where it is known; a day alone where no more is known. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly rank?: number | undefined;
  /** Other papers of the timetable at the same time; absent without any, and where clashes were not asked for. */
  readonly clashes?: Clashes | undefined;
}

/** Papers of one session, by time. */
export interface TimetableSession {
  readonly name?: string | undefined;
  /** Start of the first and the last known end, as in `Talk`. */
  readonly start: string;
  readonly end?: string | undefined;
  readonly talks: readonly Talk[];
}

interface TimetableHall {
  /** Absent for what is in no known hall. */
  readonly hall?: string | undefined;
  readonly sessions: readonly TimetableSession[];
}

export interface TimetableDay {
  /** YYYY-MM-DD on the clock of the place. A session over midnight is in the day in which it begins. */
  readonly day: string;
  readonly halls: readonly TimetableHall[];
}

/** Papers by day, hall, session and time. */
export interface Timetable {
  readonly days: readonly TimetableDay[];
  /** Papers that have no day that can be read. */
  readonly withoutTime: readonly Talk[];
}

interface PlacedTalk {
  readonly talk: Talk;
  readonly slot: Slot;
}

/**
 * Arranges papers by day, hall, session and time; those that share a slot by rank, without ranks as they are given.
 * @param options `clashes`: whether to tell which are at the same time, the best ranked first. Default false.
 */
export function timetableOf(
  entries: readonly TimetableEntry[],
  { clashes = false }: { readonly clashes?: boolean } = {},
): Timetable {
  const placed = byRank(entries).map((entry) => ({ entry, slot: slotOf(entry.paper.session ?? {}) }));
  const told = clashes ? clashesOf(placed.map(({ entry, slot }) => ({ id: entry.paper.id, slot }))) : [];
  const offset = commonOffset(placed.map(({ slot }) => slot));
  const talks = placed
    .map(({ entry, slot }, i) => ({ talk: talkOf(entry, slot, told[i]), slot }))
    .sort((a, b) => compareSlots(a.slot, b.slot, offset));
  return {
    days: groupBy(
      talks.filter(({ slot }) => slot.start !== undefined),
      ({ slot }) => slot.start!.day,
    ).map((ofDay) => ({ day: ofDay[0]!.slot.start!.day, halls: hallsOf(ofDay) })),
    withoutTime: talks.filter(({ slot }) => slot.start === undefined).map(({ talk }) => talk),
  };
}

function byRank(entries: readonly TimetableEntry[]): TimetableEntry[] {
  // Ranks are all there or all absent.
  return [...entries].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

function talkOf({ paper, rank }: TimetableEntry, slot: Slot, clashes: Clashes | undefined): Talk {
  const { id, title, authors, venue, urls } = paper;
  return {
    id,
    title,
    authors,
    venue,
    urls,
    session: slot.name,
    hall: slot.hall,
    start: slot.start?.text,
    end: slot.end?.text,
    rank,
    clashes,
  };
}

/** The halls by name, what is in none last. */
function hallsOf(talks: readonly PlacedTalk[]): TimetableHall[] {
  return groupBy(talks, ({ slot }) => foldValue(slot.hall ?? ''))
    .map((inHall) => ({ hall: inHall[0]!.slot.hall, sessions: sessionsOf(inHall) }))
    .sort((a, b) =>
      a.hall === undefined || b.hall === undefined
        ? Number(a.hall === undefined) - Number(b.hall === undefined)
        : byName(a.hall, b.hall),
    );
}

function sessionsOf(talks: readonly PlacedTalk[]): TimetableSession[] {
  return groupBy(talks, ({ slot }) => foldValue(slot.name ?? '')).map((inSession) => {
    const ends = inSession.flatMap(({ slot }) => slot.end ?? []);
    const last = ends.sort((a, b) => (b.clockMs ?? 0) - (a.clockMs ?? 0))[0];
    return {
      name: inSession[0]!.slot.name,
      start: inSession[0]!.slot.start!.text,
      end: last?.text,
      talks: inSession.map(({ talk }) => talk),
    };
  });
}

/** In the order in which each key was first met. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return Array.from(groups.values());
}
