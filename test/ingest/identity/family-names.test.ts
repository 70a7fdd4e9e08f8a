import { expect, test } from 'vitest';
import { familyName } from '../../../src/ingest/identity/family-names.ts';

test.each([
  ['Ada Lovelace', 'lovelace'],
  ['Lovelace, Ada', 'lovelace'],
  ['LOVELACE, A.', 'lovelace'],
  ['A. Lovelace', 'lovelace'],
  ['Lovelace A', 'lovelace'],
  ['Lovelace AB', 'lovelace'],
  ['Jan van der Berg', 'berg'],
  ['van der Berg, Jan', 'berg'],
  ['Sammy Davis Jr.', 'davis'],
  ['Davis Jr., Sammy', 'davis'],
  ['Müller', 'muller'],
  ['YI REN', 'ren'],
  ['WEI LI', 'li'],
  ['Marie Skłodowska-Curie', 'curie'],
  ['王伟', '王伟'],
  ['Plato', 'plato'],
  ['…', ''],
])('%s is of family %s', (author, family) => {
  expect(familyName(author)).toBe(family);
});
