const numbers = new Intl.NumberFormat('en');

/** 20,000. */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** "1 paper", "20,000 papers". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A text that begins with a capital letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names, only the first ones if there are many. @param most at least 1. */
export function formatAuthors(authors: readonly string[], most: number): string {
  if (authors.length <= most) return authors.join(', ');
  return `${authors.slice(0, most).join(', ')} and ${authors.length - most} more`;
}

/**
 * When a talk takes place, on the clock of the conference: "Sat 26 Apr 2025, 00:54–01:06".
 * @param start, end ISO 8601 with the offset of the conference. Text that is not a time is returned unchanged.
 */
export function formatSlot(start: string | undefined, end: string | undefined): string | undefined {
  if (start === undefined) return undefined;
  const from = localParts(start);
  if (!from) return start;
  const to = end === undefined ? undefined : localParts(end);
  const until = to === undefined ? '' : to.day === from.day ? `–${to.time}` : ` – ${to.day}, ${to.time}`;
  return `${from.day}, ${from.time}${until}`;
}

const days = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const instants = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** "30 Nov 2026, 09:15", on the clock of the reader. @param instant ISO 8601, UTC. Text that is not a time is returned unchanged. */
export function formatInstant(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? instant : instants.format(ms);
}

/** Day and time as written, regardless of the reader's time zone. */
function localParts(iso: string): { day: string; time: string } | undefined {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso) ?? [];
  if (date === undefined || time === undefined || Number.isNaN(Date.parse(date))) return undefined;
  return { day: days.format(new Date(`${date}T00:00:00Z`)), time };
}

/** A year or range of years of a filter, for readers: "from 2018", "2018–2020". */
export function formatYears(years: string): string {
  const [, from = '', to = ''] = /^(\d*)\.\.(\d*)$/.exec(years) ?? [];
  if (from !== '' && to !== '') return `${from}–${to}`;
  if (from !== '') return `from ${from}`;
  return to === '' ? years : `until ${to}`;
}
