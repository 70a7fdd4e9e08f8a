import { MONTHS } from '../../months.ts';

/** Hours and minutes of a day, 24-hour. */
interface Clock {
  readonly hour: number;
  readonly minute: number;
}

/** A time slot as a page prints it: a day without year, a start, perhaps an end, perhaps a zone. */
export interface Slot {
  /** 0 is Sunday; undefined when the page names no weekday. */
  readonly weekday: number | undefined;
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  readonly year: number | undefined;
  readonly start: Clock;
  readonly end: Clock | undefined;
  /** Zone as printed ("PDT"). */
  readonly zone: string | undefined;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Zone abbreviations that conference pages print, in minutes from UTC. Where two zones share one
 * abbreviation, the one that a conference page means: CST and IST are read as US Central and India.
 */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  GST: 240,
  IST: 330,
  ICT: 420,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  BRT: -180,
  ADT: -180,
  AST: -240,
  EDT: -240,
  EST: -300,
  CDT: -300,
  CST: -360,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  HST: -600,
};

const WEEKDAY = String.raw`(?<weekday>sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?,?\s+`;
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?`;
const DATE = String.raw`(?:(?<day>${DAY})\s+(?<month>${MONTH})|(?<month2>${MONTH})\s+(?<day2>${DAY}))(?:,?\s+(?<year>\d{4}))?,?\s+(?:at\s+)?`;
// A bare number is not a time: "26 April 10" may be anything.
const TIME = String.raw`\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|noon|midnight`;
const LOOSE_TIME = String.raw`${TIME}|\d{1,2}`;
const ZONE = String.raw`\(?(?:(?:UTC|GMT)\s?[-+−]\d{1,2}(?::?\d{2})?|[-+−]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})\)?`;
const DASH = String.raw`(?:[-–—−]|\bto\b|\buntil\b)`;
const ANOTHER_DATE = String.raw`(?:${WEEKDAY.replace('<weekday>', '<weekday2>')})?(?:${DAY}\s+${MONTH}|${MONTH}\s+${DAY})(?:,?\s+\d{4})?,?\s+`;
const SLOT = new RegExp(
  String.raw`^[^\p{L}\p{N}]*(?:${WEEKDAY})?${DATE}(?:(?<start>${TIME})|(?<bare>\d{1,2})(?=\s*${DASH}\s*(?:${TIME})))` +
    String.raw`(?:\s*(?<startZone>${ZONE}))?` +
    String.raw`(?:\s*${DASH}\s*(?:${ANOTHER_DATE})?(?<end>${LOOSE_TIME})?(?:\s*(?<endZone>${ZONE}))?)?[^\p{L}\p{N}]*$`,
  'iu',
);

/** Reads a line that is a time slot and nothing else; undefined for any other line. */
export function parseSlot(line: string): Slot | undefined {
  const parts = SLOT.exec(line)?.groups;
  if (!parts) return undefined;
  const start = startClock((parts.start ?? parts.bare)!, parts.end);
  const end = parts.end ? parseClock(parts.end) : undefined;
  const day = Number.parseInt(parts.day ?? parts.day2!, 10);
  const month = MONTHS.indexOf((parts.month ?? parts.month2!).slice(0, 3).toLowerCase()) + 1;
  if (!start || day < 1 || day > 31) return undefined;
  const weekday = parts.weekday ? WEEKDAYS.indexOf(parts.weekday.toLowerCase()) : undefined;
  const year = parts.year ? Number(parts.year) : undefined;
  const zone = (parts.endZone ?? parts.startZone)?.replace(/[()]/g, '').replace('−', '-');
  // "10:00 - break": a word, not a zone.
  if (zone && zone !== zone.toUpperCase()) return undefined;
  return { weekday, day, month, year, start, end, zone };
}

/** Whether a slot begins on the same day between another's start and end. */
export function beginsWithin(inner: Slot, outer: Slot): boolean {
  if (inner.day !== outer.day || inner.month !== outer.month) return false;
  const start = minutesOf(outer.start);
  const begin = minutesOf(inner.start);
  if (!outer.end) return begin === start;
  const length = (minutesOf(outer.end) - start + MINUTES_A_DAY) % MINUTES_A_DAY;
  return begin >= start && begin < start + length;
}

const MINUTES_A_DAY = 24 * 60;

function minutesOf({ hour, minute }: Clock): number {
  return hour * 60 + minute;
}

/** "7:30 - 7:42 p.m." begins at 19:30, "11:30 - 12:30 p.m." at 11:30: the half of the day that ends sooner. */
function startClock(start: string, end: string | undefined): Clock | undefined {
  const plain = parseClock(start);
  const hasHalf = /[ap]\.?m|noon|midnight/i;
  if (!plain || !end || hasHalf.test(start) || !/[ap]\.?m/i.test(end) || plain.hour > 12) return plain;
  const until = parseClock(end);
  if (!until) return plain;
  const length = (clock: Clock) => (minutesOf(until) - minutesOf(clock) + MINUTES_A_DAY) % MINUTES_A_DAY;
  const morning = { hour: plain.hour % 12, minute: plain.minute };
  const evening = { hour: (plain.hour % 12) + 12, minute: plain.minute };
  return length(morning) < length(evening) ? morning : evening;
}

function parseClock(text: string): Clock | undefined {
  const lower = text.toLowerCase().trim();
  if (lower === 'noon') return { hour: 12, minute: 0 };
  if (lower === 'midnight') return { hour: 0, minute: 0 };
  const parts = /^(\d{1,2})(?::(\d{2}))?\s*(?:([ap])\.?m)?/.exec(lower);
  if (!parts) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  const half = parts[3];
  if (minute > 59 || hour > (half ? 12 : 24) || (half && hour === 0)) return undefined;
  if (!half) return { hour: hour % 24, minute };
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute };
}

/** A slot as two instants in ISO 8601, local time with the zone's offset (none when the zone is unknown). */
export interface SlotTimes {
  readonly start: string;
  readonly end: string | undefined;
}

/** What can be doubtful about a slot once a year is known. */
export type SlotDoubt = 'no-such-day' | 'weekday' | 'zone';

/**
 * Places a slot in a year. An end before the start is on the next day.
 * @returns the times (undefined for a day that the year does not have) and what contradicts them.
 */
export function placeSlot(slot: Slot, year: number): { times: SlotTimes | undefined; doubts: SlotDoubt[] } {
  const date = new Date(Date.UTC(year, slot.month - 1, slot.day));
  if (date.getUTCMonth() !== slot.month - 1) return { times: undefined, doubts: ['no-such-day'] };
  const doubts: SlotDoubt[] = [];
  if (slot.weekday !== undefined && date.getUTCDay() !== slot.weekday) doubts.push('weekday');
  const offset = slot.zone === undefined ? undefined : zoneOffset(slot.zone);
  if (slot.zone !== undefined && offset === undefined) doubts.push('zone');
  const start = isoTime(date, slot.start, offset);
  if (!slot.end) return { times: { start, end: undefined }, doubts };
  const endsNextDay = minutesOf(slot.end) < minutesOf(slot.start);
  const endDate = endsNextDay ? new Date(date.getTime() + 24 * 60 * 60 * 1000) : date;
  return { times: { start, end: isoTime(endDate, slot.end, offset) }, doubts };
}

/** The English name of the weekday a date falls on. */
export function weekdayName(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toLocaleDateString('en', {
    weekday: 'long',
    timeZone: 'UTC',
  });
}

function zoneOffset(zone: string): number | undefined {
  const numeric = /^(?:UTC|GMT)?\s?([-+])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (!numeric) return ZONES[zone.toUpperCase()];
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return numeric[1] === '-' ? -minutes : minutes;
}

function isoTime(date: Date, { hour, minute }: Clock, offset: number | undefined): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${day}T${two(hour)}:${two(minute)}:00`;
  if (offset === undefined) return time;
  const size = Math.abs(offset);
  return `${time}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
