import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonSplitter } from '../../../../src/papers/read/json/splitter.ts';

function split(pieces: readonly string[], longest?: number) {
  const splitter = new JsonSplitter(longest);
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

/** Texts of the whole records, and what was wrong with the others. */
function outcome(text: string, longest?: number) {
  return split([text], longest).map(({ text, problem }) => (problem === undefined ? text : `! ${problem}`));
}

const UNCLOSED = '! an object in it is not closed';
const STRING = '! a string continues past the end of its line';

describe('records of whole documents', () => {
  test.each([
    ['', []],
    ['[]', []],
    ['[{"a":1},{"b":[{}]}]', ['{"a":1}', '{"b":[{}]}']],
    ['{"a":1}\n{"b":2}{"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['{"a":"}{][\\"\\\\"}', ['{"a":"}{][\\"\\\\"}']],
    ['{"count":2,"notes":[{"a":1},{"b":2}],"more":{"c":[3]}}', ['{"a":1}', '{"b":2}']],
    ['{"meta":{"data":[{"x":1}]},"results":[{"a":1}]}', ['{"a":1}']],
    ['{"message":{"facets":{},"items":[{"a":1}],"query":{"b":1}},"x":{}}', ['{"a":1}']],
    ['{"data":[{"a":1}]}\n{"data":[{"b":1}]}', ['{"a":1}', '{"b":1}']],
    // A list of texts, or one further in, is a member as any other.
    ['{"title":"A","notes":["x"]}', ['{"title":"A","notes":["x"]}']],
    ['{"title":"A","x":{"notes":[{"a":1}]}}', ['{"title":"A","x":{"notes":[{"a":1}]}}']],
    ['[{"title":"A","notes":[{"a":1}]}]', ['{"title":"A","notes":[{"a":1}]}']],
    ['[[{"a":1}],[{"b":1}]]', ['{"a":1}', '{"b":1}']],
  ])('%s', (text, records) => {
    expect(outcome(text)).toEqual(records);
  });
});

describe('what is broken costs itself', () => {
  test.each([
    ['[{"a":1,{"b":2}]', [UNCLOSED, '{"b":2}']],
    ['[{"a":[{"x":1, {"y":2}]},{"b":2}]', [UNCLOSED, '{"b":2}']],
    ['[{"a":"x},\n{"b":2}]', [STRING, '{"b":2}']],
    ['[{"a":"x\ny","c":"z"},\n{"b":2}]', [STRING, '{"b":2}']],
    ['[{"a":["x"},{"b":2}]', ['! its brackets do not match', '{"b":2}']],
    ['[{"a":1},{"b":2]', ['{"a":1}', '! its brackets do not match']],
    ['[{"a":1},{"b":', ['{"a":1}', '! it is not closed']],
    ['[{"a":1},', ['{"a":1}', '! the list breaks off before it is closed']],
    ['[1, "x{", null, {"a":1}]', [...Array(3).fill('! expected a JSON object'), '{"a":1}']],
    ['{"notes":[{"a":1}', ['{"a":1}', '! the list breaks off before it is closed']],
    ['{"notes":[{"a":1}}{"b":1}', ['{"a":1}', '{"b":1}']],
    ['[{"a":1}]]{"b":1}', ['{"a":1}', '! expected a JSON object', '{"b":1}']],
  ])('%s', (text, records) => {
    expect(outcome(text)).toEqual(records);
  });

  test('a record that is too long', () => {
    expect(outcome('[{"a":"xxxxxxxxxx"},{"b":2}]', 10)).toEqual([
      '! it is too long to be a paper',
      '{"b":2}',
    ]);
  });

  test('nesting without end', () => {
    const deep = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(outcome(`[${deep(100_000)},{"b":2}]`)).toEqual(['! it is nested too deeply', '{"b":2}']);
    expect(outcome('['.repeat(1_000_000))).toHaveLength(2);
  });

  test('records are found on their lines', () => {
    expect(split(['[\n{"a":\n1},\n\n', '{"b":2}]']).map(({ line }) => line)).toEqual([2, 5]);
  });
});

describe('the open record', () => {
  test.each([
    ['[{"a":1,"b":{"c":2,"d":3', '{"a":1}'],
    ['{"a":[1,2],"b":"x,', '{"a":[1,2]}'],
    ['{"a":"x', '{"a":"x"}'],
    ['[{"a":1', undefined],
    ['[{"a":1}', undefined],
  ])('of %s is %s', (text, partial) => {
    const splitter = new JsonSplitter();
    splitter.push(text);
    expect(splitter.partial()).toBe(partial);
  });
});

test('any objects, in any arrangement and cut anywhere', () => {
  const record = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }));
  const cut = fc.array(fc.nat({ max: 400 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(record),
      fc.constantFrom(0, 2),
      fc.boolean(),
      cut,
      (records, indent, wrapped, cuts) => {
        const list = records.map((each) => ({ ...each, title: 'x' }));
        const text = JSON.stringify(wrapped ? { offset: 0, data: list, next: {} } : list, null, indent);
        const places = [0, ...cuts.map((at) => Math.min(at, text.length)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
        const found = split(pieces);
        const expected = wrapped && list.length === 0 ? [{ offset: 0, data: [], next: {} }] : list;
        expect(found.map(({ text }) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(found.every(({ problem }) => problem === undefined)).toBe(true);
      },
    ),
  );
});
