import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeptPaper } from '../../src/collections/collection.ts';
import type { Change } from '../../src/collections/plan.ts';
import { collectionOf, withEvents } from '../../src/collections/state.ts';
import { CollectionStore } from '../../src/collections/store.ts';
import { BrowserCollections } from '../../src/web/shelf/browser-collections.ts';
import { titleOnly } from '../../src/web/shelf/kept.ts';
import { reorderings } from '../../src/web/shelf/reorder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAPERS = ['a', 'b', 'c', 'd'];
const id = fc.constantFrom(...PAPERS);
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 3 });
const paper = (each: string): KeptPaper => titleOnly({ id: each, title: each.toUpperCase() });
const said = fc.record(
  {
    note: fc.constantFrom('', 'one', 'two\n\nlines'),
    state: fc.constantFrom('unread' as const, 'reading' as const, 'read' as const),
    role: fc.constantFrom('for' as const, 'against' as const, 'none' as const),
  },
  { requiredKeys: [] },
);
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('described' as const), name: fc.constantFrom('Mine', 'Other name') }),
  fc.tuple(ids, said).map(
    ([which, what]): Change => ({
      type: 'added',
      entries: which.map((each) => ({ paper: paper(each), ...what })),
    }),
  ),
  fc
    .tuple(ids, said, fc.constantFrom(undefined, null, 3), fc.subarray(['x', 'Y', 'z']))
    .map(
      ([which, what, rating, addTags]): Change => ({ type: 'changed', ids: which, ...what, rating, addTags }),
    ),
  ids.map((which): Change => ({ type: 'removed', ids: which })),
  fc
    .tuple(ids, fc.option(id, { nil: undefined }))
    .map(([which, before]): Change => ({ type: 'moved', ids: which, before })),
  fc
    .tuple(id, id)
    .map(([from, to]): Change => ({ type: 'followed', papers: [{ from: [from], paper: paper(to) }] })),
  fc.constantFrom<Change>({ type: 'undo' }, { type: 'redo' }, { type: 'deleted' }, { type: 'restored' }),
);

/** What a storage of the browser does; full from a number of characters on. */
function storage(room = Infinity) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException('Full.', 'QuotaExceededError');
      kept.set(key, text);
    },
  };
}

describe('collections in the browser', () => {
  test('come out of the same changes as on the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { maxLength: 15 }), async (made) => {
        let second = 0;
        const clock = () => new Date(Date.UTC(2026, 10, 30, 9, 0, second));
        const kept = storage();
        const here = new BrowserCollections(kept, 'collections', clock);
        const there = new CollectionStore(await temporaryFolder(), { now: clock });
        const name = 'Self-improvement';
        const created = here.create(name);
        expect(created).toEqual(await there.create({ name }));
        for (const change of made) {
          second++;
          const outcomes = await Promise.all(
            [() => here.change(created.id, change), () => there.change(created.id, change)].map((act) =>
              Promise.resolve()
                .then(act)
                .catch((thrown: Error) => thrown.message),
            ),
          );
          expect(outcomes[0]).toEqual(outcomes[1]);
        }
        // Another tab, and the next visit, read the same.
        const next = new BrowserCollections(kept, 'collections', clock);
        expect(next.list({ deletedToo: true })).toEqual(await there.list({ deletedToo: true }));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('are the same when events are applied later, as the page does until the server has answered', () => {
    const content = changes.filter(
      ({ type }) => type === 'added' || type === 'changed' || type === 'removed' || type === 'moved',
    );
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 12 }), fc.nat(12), (made, cut) => {
        const here = new BrowserCollections(storage(), 'collections');
        const created = here.create('Mine');
        for (const change of made) {
          try {
            here.change(created.id, change);
          } catch {
            // Papers that are not there.
          }
        }
        const log = here.log(created.id);
        const at = Math.min(1 + cut, log.length);
        const before = collectionOf(created.id, log.slice(0, at))!;
        expect(withEvents(before, log.slice(at)).entries).toEqual(collectionOf(created.id, log)!.entries);
      }),
    );
  });

  test('last as long as the page is open where storage is full, which is said', () => {
    const here = new BrowserCollections(storage(300), 'collections');
    const { id: made } = here.create('Mine');
    expect(here.isUnstored).toBe(false);
    here.change(made, { type: 'added', entries: PAPERS.map((each) => ({ paper: paper(each) })) });
    expect(here.isUnstored).toBe(true);
    expect(here.list()[0]!.entries).toHaveLength(4);
    const disabled = new BrowserCollections(undefined, 'collections');
    disabled.create('Mine');
    expect([disabled.isUnstored, disabled.list().length]).toEqual([true, 1]);
  });

  test('skip a line that cannot be read', () => {
    const kept = storage();
    const here = new BrowserCollections(kept, 'collections');
    const { id: made } = here.create('Mine');
    kept.kept.set(`collections.${made}`, `${kept.kept.get(`collections.${made}`)}{"number": 2, "at"\n`);
    expect(here.list()).toMatchObject([{ name: 'Mine', version: 1 }]);
  });
});

test('brings papers into an order with moves of runs', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(PAPERS), fc.shuffledSubarray(PAPERS), (now, wanted) => {
      const here = new BrowserCollections(storage(), 'collections');
      const { id: made } = here.create('Mine');
      if (now.length > 0)
        here.change(made, { type: 'added', entries: now.map((each) => ({ paper: paper(each) })) });
      for (const move of reorderings(now, wanted)) here.change(made, move);
      const after = here.list()[0]!.entries.map((entry) => entry.paper.id);
      const order = wanted.filter((each) => now.includes(each));
      expect(after).toEqual([...order, ...now.filter((each) => !order.includes(each))]);
    }),
  );
  expect(reorderings(['d', 'a', 'b', 'c'], ['a', 'b', 'c', 'd'])).toEqual([
    { type: 'moved', ids: ['a', 'b', 'c'], before: 'd' },
  ]);
});
