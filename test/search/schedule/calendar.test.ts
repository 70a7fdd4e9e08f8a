import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { calendarOf } from '../../../src/search/schedule/calendar.ts';
import { paperOf } from '../../support/papers.ts';

const NOW = new Date('2025-04-01T12:00:00Z');
const SESSION = {
  name: 'Oral 1',
  hall: 'Hall 1',
  start: '2025-04-26T00:30:00-07:00',
  end: '2025-04-26T00:42:00-07:00',
};

/** Events as an independent parser reads them; it throws for a broken one. */
function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as string);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const dtend = component.getFirstPropertyValue('dtend');
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      location: event.location,
      url: component.getFirstPropertyValue('url'),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      start: String(event.startDate),
      end: dtend === null ? undefined : String(dtend),
    };
  });
}
const eventOf = (fields: Partial<Paper>) =>
  eventsOf(calendarOf([paperOf({ title: 'T', session: SESSION, ...fields })], NOW).text)[0]!;

describe('calendarOf', () => {
  test('shows formulas and markup in plain characters', () => {
    expect(eventOf({ title: 'On CO$_2$---now', abstract: 'Of $\\alpha$.' })).toMatchObject({
      summary: 'On CO₂—now',
      description: expect.stringContaining('Of α.'),
    });
  });

  test('writes one event per paper', () => {
    expect(
      eventOf({
        title: 'On C++; or, why \\ not',
        authors: ['Ada Lovelace', 'Emmy Noether'],
        abstract: 'First paragraph.\n\nSecond, with a comma.',
        urls: { landing: 'https://example.org/10.1002/a;b,c?x=1&y=2' },
      }),
    ).toEqual({
      uid: expect.stringMatching(/^[0-9a-f]{32}@paper-search$/),
      summary: 'On C++; or, why \\ not',
      description: 'Oral 1\n\nAda Lovelace, Emmy Noether\n\nFirst paragraph.\n\nSecond, with a comma.',
      location: 'Hall 1',
      url: 'https://example.org/10.1002/a;b,c?x=1&y=2',
      stamp: '2025-04-01T12:00:00Z',
      start: '2025-04-26T07:30:00Z',
      end: '2025-04-26T07:42:00Z',
    });
  });

  test.each([
    [
      'over midnight',
      '2025-04-26T23:30:00+02:00',
      '2025-04-27T00:30:00+02:00',
      '2025-04-26T21:30:00Z',
      '2025-04-26T22:30:00Z',
    ],
    ['without an end', '2025-04-26T23:30:00Z', undefined, '2025-04-26T23:30:00Z', undefined],
    [
      'on no known clock',
      '2025-03-09T02:30:00',
      '2025-03-09T03:00:00',
      '2025-03-09T02:30:00',
      '2025-03-09T03:00:00',
    ],
    ['a day', '2025-04-26', undefined, '2025-04-26', undefined],
    // The end of a day is excluded.
    ['two days', '2025-04-30', '2025-05-01', '2025-04-30', '2025-05-02'],
  ])('a session %s', (_, start, end, expectedStart, expectedEnd) => {
    expect(eventOf({ session: { start, end } })).toMatchObject({ start: expectedStart, end: expectedEnd });
  });

  test('keeps a UID as long as the id is the same', () => {
    const uid = eventOf({ id: 'doi:10.1/x y' }).uid;
    expect(eventOf({ id: 'doi:10.1/x y', title: 'Renamed', session: { start: '2025-05-01' } }).uid).toBe(uid);
    expect(eventOf({ id: 'doi:10.1/x' }).uid).not.toBe(uid);
  });

  test('lists papers without a time, and rejects a calendar without events', () => {
    const papers = [
      paperOf({ title: 'b', session: { name: 'Oral 1', start: 'TBA' } }),
      paperOf({ title: 'a', session: SESSION }),
      paperOf({ title: 'c' }),
    ];
    const { text, withoutTime } = calendarOf(papers, NOW);
    expect(withoutTime).toEqual(['b', 'c']);
    expect(eventsOf(text)).toHaveLength(1);
    expect(text).toContain('Papers without a known time are not in this calendar: 2');
    expect(() => calendarOf([papers[0]!, papers[2]!], NOW)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(() => calendarOf([], NOW)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  test('omits an invalid link', () => {
    expect(eventOf({ urls: { landing: 'javascript:alert(1)' } }).url).toBeNull();
    expect(eventOf({ urls: {} }).url).toBeNull();
  });

  test('ends lines with CR LF and folds them at 75 octets, whatever the text', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .map((text) => text.replace(/\p{Cc}|\p{Cs}/gu, ''));
    fc.assert(
      fc.property(line, line, line, (title, hall, abstract) => {
        const { text } = calendarOf(
          [paperOf({ id: 'a', title, abstract, session: { ...SESSION, name: undefined, hall } })],
          NOW,
        );
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        const lines = text.split('\r\n');
        expect(lines.filter((each) => /[\r\n]/.test(each) || Buffer.byteLength(each) > 75)).toEqual([]);
        expect(lines.filter((each) => each === 'BEGIN:VEVENT')).toHaveLength(1);
        const [event] = eventsOf(text);
        expect(event).toMatchObject({ summary: title });
        expect(event!.description ?? '').toBe(abstract);
        expect(event!.location ?? '').toBe(hall);
      }),
    );
  });
});
