import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personOf } from '../../src/papers/people.ts';

test.each([
  ['Jane Dow', 'jane dow'],
  ['Jane A. Dow', 'jane a dow'],
  ['J. A. Dow', 'j a dow'],
  ['J A Dow', 'j a dow'],
  ['Dow, Jane A.', 'jane a dow'],
  ['Dow JA', 'j a dow'],
  ['John A. Smith Jr', 'john a smith'],
])('compares %s as "%s"', (name, person) => {
  expect(personOf(name)).toBe(person);
});

test('the short way for plain names gives what the long way does', () => {
  const word = fc.constantFrom('Jane', 'J', 'J.', 'A.', 'Dow', 'Jr', 'Iii', 'Md', 'Phd');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const name = words.join(' ');
      // A comma at the end changes nothing in a name, and no plain name has one.
      expect(personOf(name)).toBe(personOf(`${name},`));
    }),
  );
});
