import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criteriaFromText, criteriaToText } from '../../../src/web/review/criteria-text.ts';

test('each line is a criterion, with a description after a colon and a space', () => {
  expect(
    criteriaFromText('wrong population: animals, or: adults\n\n  no data \nRatio 1:2\nno data: again\n'),
  ).toEqual([
    { name: 'wrong population', description: 'animals, or: adults' },
    { name: 'no data', description: '' },
    { name: 'Ratio 1:2', description: '' },
  ]);
});

test('what is written is read again', () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', 'b', ' ', ':', 'é') })
    .map((each) => each.trim().replace(/\s+/g, ' '));
  const criteria = fc.uniqueArray(
    fc.record({ name: text.filter((each) => each !== '' && !/:(?: |$)/.test(each)), description: text }),
    { selector: ({ name }) => name.toLowerCase() },
  );
  fc.assert(
    fc.property(criteria, (each) => {
      expect(criteriaFromText(criteriaToText(each))).toEqual(each);
    }),
  );
});
