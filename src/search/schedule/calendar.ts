import { createHash } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { propertyLine, textLine } from './icalendar.ts';
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
  const events: string[] = [];
  for (const paper of papers) {
    const { start, ...slot } = slotOf(paper.session ?? {});
    if (start) events.push(eventOf(paper, { ...slot, start }, now));
    else withoutTime.push(paper.id);
  }
  if (events.length === 0) {
    throw new PaperSearchError(
      'NOT_FOUND',
      'None of these papers has a known time: there is nothing for a calendar.',
      { details: { withoutTime: withoutTime.length } },
    );
  }
  const remark = `Papers without a known time are not in this calendar: ${withoutTime.length}`;
  const text = [
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//paper-search//schedule//EN\r\n',
    textLine('X-WR-CALNAME', 'Schedule'),
    withoutTime.length > 0 ? textLine('X-WR-CALDESC', remark) : '',
    ...events,
    'END:VCALENDAR\r\n',
  ].join('');
  return { text, withoutTime };
}

function eventOf(paper: Paper, slot: Slot & { readonly start: SessionTime }, now: Date): string {
  const url = urlOf(paper);
  return [
    'BEGIN:VEVENT\r\n',
    propertyLine('UID', uidOf(paper.id)),
    propertyLine('DTSTAMP', `${compact(now)}Z`),
    timeLine('DTSTART', slot.start),
    // The end of a day is the beginning of the next one (RFC 5545 3.6.1: the end is not included).
    slot.end ? timeLine('DTEND', slot.end, DAY_MS) : '',
    textLine('SUMMARY', paper.title),
    slot.hall === undefined ? '' : textLine('LOCATION', slot.hall),
    textLine('DESCRIPTION', descriptionOf(paper, slot)),
    url === undefined ? '' : propertyLine('URL', url),
    'END:VEVENT\r\n',
  ].join('');
}

/** @param later milliseconds to add to a day that has no time. */
function timeLine(name: string, time: SessionTime, later = 0): string {
  const instant = instantOf(time, 0);
  if (instant === undefined) {
    const day = new Date(Date.parse(time.day) + later);
    return propertyLine(`${name};VALUE=DATE`, compact(day).slice(0, 8));
  }
  const zone = time.offsetMinutes === undefined ? '' : 'Z';
  return propertyLine(name, compact(new Date(instant)) + zone);
}

/** 20250426T073000, as the date is in UTC. */
function compact(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:]/g, '');
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

function urlOf({ urls }: Paper): string | undefined {
  const url = urls.landing ?? urls.pdf;
  // Parsed, it has no line ends and nothing beyond ASCII.
  return url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
