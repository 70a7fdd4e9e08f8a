import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Collection, READ_STATES, SEED_ROLES } from '../../src/collections/collection.ts';
import type { CollectionEvent, Recorded } from '../../src/collections/events.ts';
import { type Change, eventOf, existing } from '../../src/collections/plan.ts';
import { collectionOf, historyOf } from '../../src/collections/state.ts';
import { PaperSearchError } from '../../src/errors.ts';
import { paperOf } from '../support/papers.ts';

/** A log in memory. */
class Log {
  readonly events: Recorded[] = [];

  constructor() {
    this.write({ type: 'created', name: 'Reading', description: '' });
  }

  write(value: CollectionEvent): void {
    const number = this.events.length + 1;
    this.events.push({ number, at: new Date(number * 1000).toISOString(), value });
  }

  change(change: Change, by?: string, expected?: number): Collection {
    this.write(eventOf('reading', this.events, change, { by, expected }));
    return this.state();
  }

  state(): Collection {
    return existing('reading', this.events);
  }
}

const paper = (id: string) => paperOf({ title: `Paper ${id}`, id });
const added = (...ids: string[]): Change => ({
  type: 'added',
  entries: ids.map((id) => ({ paper: paper(id) })),
});
const idsOf = ({ entries }: Collection) => entries.map((entry) => entry.paper.id);
const noteOf = ({ entries }: Collection, id: string) => entries.find((entry) => entry.paper.id === id)?.note;

const IDS = ['a', 'b', 'c', 'd'] as const;
const id = fc.constantFrom(...IDS);
const ids = fc.uniqueArray(id, { minLength: 1 });
const tag = fc.constantFrom('to read', 'To Read', 'method', 'été');
const text = fc.string({ maxLength: 10 });
const said = fc.record(
  {
    note: text,
    tags: fc.array(tag, { maxLength: 3 }),
    state: fc.constantFrom(...READ_STATES),
    rating: fc.integer({ min: 1, max: 5 }),
    role: fc.constantFrom(...SEED_ROLES),
  },
  { requiredKeys: [] },
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.array(fc.tuple(id, said), { minLength: 1, maxLength: 3 }).map(
    (list): Change => ({
      type: 'added',
      entries: list.map(([each, rest]) => ({ paper: paper(each), ...rest })),
    }),
  ),
  fc.tuple(ids, said, fc.array(tag), fc.array(tag), fc.boolean()).map(
    ([some, rest, addTags, removeTags, unrated]): Change => ({
      type: 'changed',
      ids: some,
      ...rest,
      addTags,
      removeTags,
      ...(unrated && { rating: null }),
    }),
  ),
  ids.map((some): Change => ({ type: 'removed', ids: some })),
  fc.tuple(ids, fc.option(id)).map(
    ([some, before]): Change => ({
      type: 'moved',
      ids: some,
      ...(before !== null && { before }),
    }),
  ),
  text.map((name): Change => ({ type: 'described', name: `N${name}`, description: name })),
  fc.constantFrom<Change>({ type: 'undo' }, { type: 'redo' }),
);

/** What a reader sees. */
const seen = ({ name, description, entries }: Collection) => ({
  name,
  description,
  entries: entries.map(({ changedAt: _, ...entry }) => entry),
});

/** @returns whether the change was possible. */
function attempt(log: Log, each: Change, by?: string): boolean {
  try {
    log.change(each, by);
    return true;
  } catch (error) {
    if (error instanceof PaperSearchError && ['NOT_FOUND', 'CONFLICT'].includes(error.code)) return false;
    throw error;
  }
}

test('undo and redo lead through all states that a reader made, whatever the changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
      const log = new Log();
      // A model: the states that undo leads back to, and those that redo leads to.
      const before: unknown[] = [];
      let after: unknown[] = [];
      for (const each of changes) {
        const now = seen(log.state());
        if (!attempt(log, each)) {
          if (each.type === 'undo') expect(before).toEqual([]);
          if (each.type === 'redo') expect(after).toEqual([]);
          expect(seen(log.state())).toEqual(now);
        } else if (each.type === 'undo') {
          expect(seen(log.state())).toEqual(before.pop());
          after.push(now);
        } else if (each.type === 'redo') {
          expect(seen(log.state())).toEqual(after.pop());
          before.push(now);
        } else {
          before.push(now);
          after = [];
        }
      }
      while (before.length > 0) expect(seen(log.change({ type: 'undo' }))).toEqual(before.pop());
      expect(seen(log.state())).toEqual({ name: 'Reading', description: '', entries: [] });
    }),
  );
});

test('each paper is in a collection once, with tags each once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.constantFrom('ada', 'bob')), { maxLength: 25 }), (changes) => {
      const log = new Log();
      for (const [each, by] of changes) attempt(log, each, by);
      const state = log.state();
      expect(new Set(idsOf(state)).size).toBe(state.entries.length);
      for (const { tags } of state.entries) {
        expect(new Set(tags.map((each) => each.toLowerCase())).size).toBe(tags.length);
      }
      expect(state.version).toBe(log.events.length);
      // What one reader undid is not what the other can redo.
      for (const by of ['ada', 'bob']) {
        const { redo } = historyOf(log.events, by);
        if (redo !== undefined) expect(log.events[redo - 1]!.value.by).toBe(by);
      }
    }),
  );
});

test('papers that become one keep all notes and tags, and are found by every former id', () => {
  const merge = fc.tuple(ids, fc.constantFrom(...IDS, 'x', 'y'));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          merge,
          change.filter(({ type }) => type === 'added'),
        ),
        { maxLength: 15 },
      ),
      (steps) => {
        const log = new Log();
        for (const step of steps) {
          const before = log.state();
          if (!Array.isArray(step)) {
            attempt(log, step);
            continue;
          }
          const [from, to] = step;
          const wanted: string[] = [...from, to];
          const gone = before.entries.filter((entry) => wanted.includes(entry.paper.id));
          const state = log.change({ type: 'followed', papers: [{ from, paper: paper(to) }] });
          if (gone.length === 0) continue;
          const merged = state.entries.find((entry) => entry.paper.id === to)!;
          for (const { note, tags } of gone) {
            expect(merged.note).toContain(note.trim());
            const keys = merged.tags.map((each) => each.toLowerCase());
            expect(keys).toEqual(expect.arrayContaining(tags.map((each) => each.toLowerCase())));
          }
          expect(state.entries.length).toBe(before.entries.length - gone.length + 1);
          for (const former of from.filter((each) => gone.some((entry) => entry.paper.id === each))) {
            const found = log.change({ type: 'changed', ids: [former], state: 'read' });
            expect(found.entries.find((entry) => entry.paper.id === to)!.state).toBe('read');
            log.change({ type: 'undo' });
          }
        }
      },
    ),
  );
});

describe('a collection', () => {
  test('without events does not exist', () => {
    expect(collectionOf('reading', [])).toBeUndefined();
  });

  test('keeps papers in the readers’ order', () => {
    const log = new Log();
    log.change(added('a', 'b', 'c'));
    expect(idsOf(log.change({ type: 'moved', ids: ['c'], before: 'a' }))).toEqual(['c', 'a', 'b']);
    expect(idsOf(log.change({ type: 'moved', ids: ['c', 'a'] }))).toEqual(['b', 'c', 'a']);
    expect(idsOf(log.change({ type: 'moved', ids: ['b', 'c'], before: 'c' }))).toEqual(['a', 'b', 'c']);
  });

  test('a paper that is added again keeps its place and note, and gets what is new', () => {
    const log = new Log();
    log.change({ type: 'added', entries: [{ paper: paper('a'), note: 'One', tags: ['x'], rating: 3 }] });
    log.change(added('b'));
    const again = { paper: paper('a'), note: 'Two', tags: ['X', 'y'], state: 'read' as const };
    const state = log.change({ type: 'added', entries: [again, again] });
    expect(idsOf(state)).toEqual(['a', 'b']);
    expect(state.entries[0]).toMatchObject({
      note: 'One\n\nTwo',
      tags: ['x', 'y'],
      rating: 3,
      state: 'read',
    });
  });

  test('that is deleted refuses changes until it is restored', () => {
    const log = new Log();
    log.change(added('a'));
    log.write({ type: 'deleted' });
    expect(() => log.change(added('b'))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(idsOf(log.change({ type: 'restored' }))).toEqual(['a']);
    expect(() => log.change({ type: 'restored' })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  });

  test('an id that becomes another and returns is found', () => {
    const log = new Log();
    log.change(added('a'));
    log.change({ type: 'followed', papers: [{ from: ['a'], paper: paper('b') }] });
    log.change({ type: 'followed', papers: [{ from: ['b'], paper: paper('a') }] });
    expect(noteOf(log.change({ type: 'changed', ids: ['b'], note: 'Here' }), 'a')).toBe('Here');
  });
});

describe('several readers', () => {
  test('each undoes only the own changes', () => {
    const log = new Log();
    log.change(added('a'), 'ada');
    log.change(added('b'), 'bob');
    expect(idsOf(log.change({ type: 'undo' }, 'ada'))).toEqual(['b']);
    expect(() => log.change({ type: 'undo' }, 'ada')).toThrow(/nothing to undo.*those of bob/);
    expect(idsOf(log.change({ type: 'redo' }, 'ada'))).toEqual(['a', 'b']);
  });

  test('undo does not take away what another has built on', () => {
    const log = new Log();
    log.change(added('a'), 'ada');
    log.change({ type: 'changed', ids: ['a'], note: 'Good' }, 'bob');
    expect(() => log.change({ type: 'undo' }, 'ada')).toThrow(/bob has changed the same/);
    log.change({ type: 'undo' }, 'bob');
    expect(idsOf(log.change({ type: 'undo' }, 'ada'))).toEqual([]);
  });

  test('a note is not overwritten by a reader who has not seen it', () => {
    const log = new Log();
    const { version } = log.change(added('a', 'b'), 'ada');
    log.change({ type: 'changed', ids: ['a'], note: 'Seen by Ada' }, 'ada', version);
    const late = () => log.change({ type: 'changed', ids: ['a'], note: 'By Bob' }, 'bob', version);
    expect(late).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    try {
      late();
    } catch (error) {
      const { details } = error as PaperSearchError;
      expect(details).toMatchObject({ version: 3, entries: [{ id: 'a', note: 'Seen by Ada' }] });
    }
    // A change of another paper is not a conflict.
    expect(noteOf(log.change({ type: 'changed', ids: ['b'], note: 'By Bob' }, 'bob', version), 'b')).toBe(
      'By Bob',
    );
    expect(noteOf(log.change({ type: 'changed', ids: ['a'], note: 'Both' }, 'bob', 4), 'a')).toBe('Both');
  });
});

test.each<[string, Change, RegExp]>([
  ['an unknown paper', { type: 'changed', ids: ['a', 'z'], note: 'x' }, /no such papers: z\./],
  [
    'a long note',
    { type: 'changed', ids: ['a'], note: 'x'.repeat(20_001) },
    /at most 20000 characters, not 20001/,
  ],
  ['a rating of 6', { type: 'changed', ids: ['a'], rating: 6 }, /from 1 to 5, not 6/],
  ['a long tag', { type: 'changed', ids: ['a'], addTags: ['x'.repeat(101)] }, /A tag has at most 100/],
  [
    '51 tags',
    { type: 'changed', ids: ['a'], tags: [...Array(51).keys()].map(String) },
    /at most 50 tags, not 51/,
  ],
  ['an empty name', { type: 'described', name: ' ' }, /name of a collection is empty/],
  ['an unknown link', { type: 'unshared', share: 'z' }, /no link "z"/],
])('%s is refused', (_, wrong, message) => {
  const log = new Log();
  log.change(added('a'));
  expect(() => log.change(wrong)).toThrow(message);
  expect(log.events).toHaveLength(2);
});

test('more papers than fit are refused', () => {
  const log = new Log();
  const many = (from: number, count: number) =>
    added(...Array.from({ length: count }, (_, i) => `${from + i}`));
  log.change(many(0, 4999));
  expect(() => log.change(many(4990, 11))).toThrow(/at most 5000 papers; "reading" has 4999, and 2 more/);
  expect(log.change(many(4990, 10)).entries).toHaveLength(5000);
});
