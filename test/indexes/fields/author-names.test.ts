import { expect, test } from 'vitest';
import { AuthorNames } from '../../../src/indexes/fields/author-names.ts';

const NAMES = Array.from({ length: 1200 }, (_, n) => `Given${n} Family${n % 7}`);

function authors(): AuthorNames {
  return new AuthorNames({
    size: NAMES.length,
    at: (value) => NAMES[value]!,
    documentsOf: (value) => Uint32Array.of(value),
  });
}

test('names read in pieces are found as those read at once', async () => {
  const [inPieces, atOnce] = [authors(), authors()];
  await inPieces.prepareInPieces();
  expect(inPieces.prepare()).toEqual(atOnce.prepare());
  for (const name of ['Given3 Family3', 'family3', 'Given1199 Family2', 'Nobody']) {
    expect(inPieces.find(name)).toEqual(atOnce.find(name));
    expect(inPieces.withFamily(name)).toEqual(atOnce.withFamily(name));
  }
});

test('a question between two pieces reads the rest', async () => {
  const [inPieces, atOnce] = [authors(), authors()];
  const preparing = inPieces.prepareInPieces();
  const expected = atOnce.find('Given1199 Family2');
  expect(inPieces.find('Given1199 Family2')).toEqual(expected);
  await preparing;
  expect(inPieces.find('Given1199 Family2')).toEqual(expected);
  expect(inPieces.prepare()).toHaveLength(NAMES.length);
});
