import { createHash } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { plainUnicode } from '../../text/markup/plain-form.ts';
import { propertyLine, textLine } from './icalendar.ts';
import { instantOf, type SessionTime } from './session-time.ts';
import { type Slot, slotOf } from './slot.ts';

/** A calendar, and the papers that it does not contain. */
export interface Calendar {
  /** An iCalendar object (RFC 5545); lines end with CR LF. */
  readonly text: string;
  /** Ids of papers without a day, which a calendar cannot contain, in the order of the request. */
  readonly withoutTime: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
export const CALENDAR_MEDIA_TYPE = 'text/calendar';

/**
 * The sessions of papers as a calendar: one event per paper. Its UID is derived from the paper's id, so that importing
 * the calendar again updates events instead of duplicating them. Times with an offset are written in UTC; times without
 * one as local time of the reader (RFC 5545 3.3.5, form 1); a day without a time as an all-day event. An unknown end is
 * omitted.
 * @param now when the calendar is made (DTSTAMP).
 * @throws PaperSearchError NOT_FOUND when no paper has a day: a calendar needs an event (RFC 5545 3.6).
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
    textLine('SUMMARY', plainUnicode(paper.title)),
    slot.hall === undefined ? '' : textLine('LOCATION', slot.hall),
    textLine('DESCRIPTION', descriptionOf(paper, slot)),
    url === undefined ? '' : propertyLine('URL', url),
    'END:VEVENT\r\n',
  ].join('');
}

/** @param later milliseconds to add to a day without a time. */
function timeLine(name: string, time: SessionTime, later = 0): string {
  const instant = instantOf(time, 0);
  if (instant === undefined) {
    const day = new Date(Date.parse(time.day) + later);
    return propertyLine(`${name};VALUE=DATE`, compact(day).slice(0, 8));
  }
  const zone = time.offsetMinutes === undefined ? '' : 'Z';
  return propertyLine(name, compact(new Date(instant)) + zone);
}

/** Such as 20250426T073000, in UTC. */
function compact(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** Contains only letters and digits, whatever the id contains. */
function uidOf(id: string): string {
  return `${createHash('sha256').update(id).digest('hex').slice(0, 32)}@paper-search`;
}

function descriptionOf({ authors, abstract }: Paper, { name }: Slot): string {
  return [name, authors.join(', '), plainUnicode(abstract)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

function urlOf({ urls }: Paper): string | undefined {
  const url = urls.landing ?? urls.pdf;
  // A parsed URL contains neither line ends nor characters outside ASCII.
  return url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
