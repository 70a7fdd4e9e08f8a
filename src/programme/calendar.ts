import { createHash } from 'node:crypto';
import { ICalCalendar } from 'ical-generator';
import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../types.ts';
import { instantOf, type SessionTime } from './session-time.ts';
import { type Slot, slotOf } from './slot.ts';

/** A calendar, and what is not in it. */
export interface Calendar {
  /** An iCalendar object (RFC 5545), lines ended by CR LF. */
  readonly text: string;
  /** Ids of papers that have no day, so that no calendar can hold them; in the order in which they were given. */
  readonly withoutTime: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
export const CALENDAR_MEDIA_TYPE = 'text/calendar';

/**
 * The sessions of papers as a calendar: an event a paper, with a UID that stays the same as long as the paper's id
 * does, so that a calendar that is taken in again changes its events instead of doubling them. Times with an offset
 * are written in UTC; those without as local time of wherever the calendar is read (RFC 5545 3.3.5, form 1); a day
 * alone as the whole day. An end that is not known is left out.
 * @param now when the calendar is made (DTSTAMP).
 * @throws PaperSearchError NOT_FOUND when no paper has a day: a calendar without events is none (RFC 5545 3.6).
 */
export function calendarOf(papers: readonly Paper[], now: Date): Calendar {
  const withoutTime: string[] = [];
  // Nothing but fixed text and numbers go here: the library does not escape what it writes of a calendar itself.
  const calendar = new ICalCalendar({
    prodId: { company: 'paper-search', product: 'programme', language: 'EN' },
    name: 'Programme',
  });
  for (const paper of papers) {
    const slot = slotOf(paper.session ?? {});
    if (!slot.start) {
      withoutTime.push(paper.id);
      continue;
    }
    calendar.createEvent({
      ...timesOf(slot),
      id: uidOf(paper.id),
      stamp: now,
      summary: paper.title,
      location: slot.hall ?? null,
      description: descriptionOf(paper, slot),
      url: urlOf(paper) ?? null,
    });
  }
  if (calendar.length() === 0) {
    throw new PaperSearchError(
      'NOT_FOUND',
      'None of these papers has a known time: there is nothing for a calendar.',
      {
        details: { withoutTime: withoutTime.length },
      },
    );
  }
  if (withoutTime.length > 0) {
    calendar.description(`Papers without a known time are not in this calendar: ${withoutTime.length}`);
  }
  return { text: `${calendar}\r\n`, withoutTime };
}

/** Times as the library takes them: a local time or a day is written with the figures that the date has in UTC. */
function timesOf({ start, end }: Slot) {
  const { clockMs, offsetMinutes } = start!;
  if (clockMs === undefined) {
    // The end of a day is the beginning of the next one (RFC 5545 3.6.1: the end is not included).
    const next = end && new Date(Date.parse(end.day) + DAY_MS);
    return { start: new Date(Date.parse(start!.day)), end: next ?? null, allDay: true };
  }
  const at = (time: SessionTime | undefined) => time && new Date(instantOf(time, 0)!);
  return { start: at(start)!, end: at(end) ?? null, floating: offsetMinutes === undefined };
}

/** Of letters and digits alone, however an id looks. */
function uidOf(id: string): string {
  return `${createHash('sha256').update(id).digest('hex').slice(0, 32)}@paper-search`;
}

function descriptionOf({ authors, abstract }: Paper, { name }: Slot): string {
  return [name, authors.join(', '), abstract]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** The library escapes commas and semicolons in links like those in texts, which RFC 5545 3.3.13 does not know. */
function urlOf({ urls }: Paper): string | undefined {
  const url = urls.landing ?? urls.pdf;
  if (url === undefined || !/^https?:/i.test(url) || !URL.canParse(url)) return undefined;
  return new URL(url).href.replaceAll(',', '%2C').replaceAll(';', '%3B').replaceAll('\\', '%5C');
}
