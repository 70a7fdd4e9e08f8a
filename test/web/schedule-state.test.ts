import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarUrl, readSchedule, scheduleParameters, scheduleUrl } from '../../src/web/schedule-state.ts';

test('keeps the choices in the URL', () => {
  const text = fc.string({ unit: 'grapheme' });
  const halls = fc.uniqueArray(text.filter((hall) => hall !== ''));
  fc.assert(
    fc.property(
      fc.record({ q: text, day: text, halls, clock: fc.constantFrom('conference', 'reader') }),
      (state) => {
        const url = new URL(scheduleUrl(state), 'http://localhost');
        expect(url.pathname).toBe('/schedule');
        expect(readSchedule(url.search)).toEqual(state);
      },
    ),
  );
});

const clock = 'conference';

test('has the shortest URL for the whole schedule', () => {
  expect(scheduleUrl({ q: '', day: '', halls: [], clock })).toBe('/schedule');
});

test('omits empty parameters from requests', () => {
  expect(`${scheduleParameters({ q: '  ', day: '', halls: [], clock })}`).toBe('limit=1000');
  expect(`${scheduleParameters({ q: ' a b ', day: '2025-04-26', halls: ['1', '2'], clock: 'reader' })}`).toBe(
    'q=a+b&day=2025-04-26&hall=1&hall=2&limit=1000',
  );
  expect(calendarUrl({ q: 'a', day: '', halls: [], clock: 'reader' })).toBe(
    '/v1/schedule.ics?q=a&limit=5000',
  );
});
