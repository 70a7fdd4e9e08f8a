import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_IN_MAIN, type Placement, Places } from '../../../src/indexes/store/placement.ts';

/** A record: where it is, and how many bytes it has. */
interface Row {
  readonly bytes: number;
}

/** Changes: of each paper whether it stays, and the bytes of papers that are put before it. */
const CHANGES = fc.array(
  fc.array(fc.record({ stays: fc.boolean(), before: fc.array(fc.nat(9), { maxLength: 2 }) }), {
    maxLength: 60,
  }),
  { maxLength: 4 },
);

/** Where records are, from the contents of both files. */
function slowly(docs: readonly Row[], main: readonly Row[], later: readonly Row[]) {
  return docs.map((doc) => {
    const isLater = !main.includes(doc);
    const file = isLater ? later : main;
    const row = file.indexOf(doc);
    const start = file.slice(0, row).reduce((sum, { bytes }) => sum + bytes, 0);
    return { isLater, row, start, bytes: doc.bytes };
  });
}

test('finds every record where a change after another has put it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), CHANGES, (sizes, changes) => {
      let docs: Row[] = sizes.map((bytes) => ({ bytes }));
      let [main, later]: [readonly Row[], readonly Row[]] = [docs, []];
      let places = Places.of(Uint32Array.from(sizes), ALL_IN_MAIN)!;
      for (const change of changes) {
        const positions: number[] = [];
        const changed: Row[] = [];
        docs.forEach((doc, position) => {
          const { stays = true, before = [] } = change[position] ?? {};
          for (const bytes of before) positions.push(changed.push({ bytes }) * 0 - 1);
          if (stays) positions.push(changed.push(doc) * 0 + position);
        });
        const placement = places.after(changed.length, (doc) => positions[doc]!, 1);
        const kept = new Set(changed);
        const apart = changed.filter((doc) => !main.includes(doc));
        const gone = main.filter((doc) => !kept.has(doc));
        expect(placement !== undefined).toBe(
          main.length > 0 && (apart.length + gone.length) * 8 <= main.length,
        );
        [docs, later] = [changed, placement ? apart : []];
        if (!placement) main = docs;
        places = Places.of(
          Uint32Array.from(docs, ({ bytes }) => bytes),
          placement ?? ALL_IN_MAIN,
        )!;
        expect(docs.map((_, doc) => places.at(doc))).toEqual(slowly(docs, main, later));
        expect(places.mainRows).toBe(main.length);
        const total = (rows: readonly Row[]) => rows.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(places.totalBytes).toEqual({ main: total(main), later: total(later) });
        docs.forEach((_, doc) => {
          let length = 1;
          const { isLater, row } = places.at(doc);
          const follows = (n: number) =>
            places.at(doc + n).isLater === isLater && places.at(doc + n).row === row + n;
          while (doc + length < docs.length && follows(length)) length++;
          expect(places.runFrom(doc, docs.length - doc)).toBe(length);
          expect(places.runFrom(doc, 1)).toBe(1);
        });
      }
    }),
  );
});

test('writes all again where the main files are small, or much of them is gone', () => {
  const places = Places.of(new Uint32Array(16), ALL_IN_MAIN)!;
  const without = (gone: number) => (doc: number) => (doc < gone ? -1 : doc);
  expect([0, 1, 2].map((gone) => places.after(16, without(gone), 16)?.goneRows.length)).toEqual([
    0,
    1,
    undefined,
  ]);
  expect(places.after(16, without(1), 17)).toBeUndefined();
});

test.each<[string, Partial<Placement>]>([
  ['a paper that is not there', { laterDocs: Uint32Array.of(2) }],
  ['a paper twice', { laterDocs: Uint32Array.of(1, 1) }],
  ['a row that is not there', { goneRows: Uint32Array.of(3), goneBytes: Uint32Array.of(1) }],
  ['rows in another order', { goneRows: Uint32Array.of(1, 0), goneBytes: Uint32Array.of(1, 1) }],
  ['a row of unknown size', { goneRows: Uint32Array.of(1) }],
])('does not take %s', (_, wrong) => {
  expect(Places.of(Uint32Array.of(1, 2), { ...ALL_IN_MAIN, ...wrong })).toBeUndefined();
});
