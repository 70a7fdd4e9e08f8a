import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  calendarUrl,
  programmeParameters,
  programmeUrl,
  readProgramme,
} from '../../src/web/programme-state.ts';

test('what was chosen lives in the URL', () => {
  const text = fc.string({ unit: 'grapheme' });
  const halls = fc.uniqueArray(text.filter((hall) => hall !== ''));
  fc.assert(
    fc.property(fc.record({ q: text, day: text, halls }), (state) => {
      const url = new URL(programmeUrl(state), 'http://localhost');
      expect(url.pathname).toBe('/programme');
      expect(readProgramme(url.search)).toEqual(state);
    }),
  );
});

test('the whole programme has the shortest URL', () => {
  expect(programmeUrl({ q: '', day: '', halls: [] })).toBe('/programme');
});

test('asks the server for no more than there is to ask', () => {
  expect(`${programmeParameters({ q: '  ', day: '', halls: [] })}`).toBe('limit=1000');
  expect(`${programmeParameters({ q: ' a b ', day: '2025-04-26', halls: ['1', '2'] })}`).toBe(
    'q=a+b&day=2025-04-26&hall=1&hall=2&limit=1000',
  );
  expect(calendarUrl({ q: 'a', day: '', halls: [] })).toBe('/v1/schedule.ics?q=a&limit=5000');
});
