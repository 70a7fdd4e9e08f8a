import type { Paper, PaperUrls } from '../../papers/paper.ts';
import { foldValue } from '../../text/fold-value.ts';
import { byName } from './by-name.ts';
import { type Clashes, clashesOf } from './clashes.ts';
import { commonOffset, compareSlots, type Slot, slotOf } from './slot.ts';

/** A paper to arrange in a timetable. */
export interface TimetableEntry {
  readonly paper: Pick<Paper, 'id' | 'title' | 'authors' | 'venue' | 'urls' | 'session'>;
  /** 1-based rank among the papers that answer a query; absent without a query. */
  readonly rank?: number | undefined;
}

/** A paper in a timetable: the fields needed to choose it. */
export interface Talk {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly venue?: string | undefined;
  readonly urls: PaperUrls;
  readonly session?: string | undefined;
  readonly hall?: string | undefined;
  /** ISO 8601 with the offset from UTC if it is known; only a day if the time is unknown. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly rank?: number | undefined;
  /** Other papers of the timetable at the same time; absent without any, and if clashes were not requested. */
  readonly clashes?: Clashes | undefined;
}

/** Papers of one session, by time. */
export interface TimetableSession {
  readonly name?: string | undefined;
  /** The first start and the last known end, as in `Talk`. */
  readonly start: string;
  readonly end?: string | undefined;
  readonly talks: readonly Talk[];
}

interface TimetableHall {
  /** Absent if the room is unknown. */
  readonly hall?: string | undefined;
  readonly sessions: readonly TimetableSession[];
}

export interface TimetableDay {
  /** Local day, YYYY-MM-DD. A session over midnight is in the day in which it begins. */
  readonly day: string;
  readonly halls: readonly TimetableHall[];
}

/** Papers by day, room, session and time. */
export interface Timetable {
  readonly days: readonly TimetableDay[];
  /** Papers without a readable day. */
  readonly withoutTime: readonly Talk[];
}

interface PlacedTalk {
  readonly talk: Talk;
  readonly slot: Slot;
}

/**
 * Arranges papers by day, room, session and time; papers with the same slot by rank, or in the given order without ranks.
 * @param options `clashes`: whether to report papers at the same time, the best ranked first. Default false.
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
  // Either all papers have ranks or none has.
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

/** The rooms by name, papers without a room last. */
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

/** Groups in the order in which each key first occurs. */
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
