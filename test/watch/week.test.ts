import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppendLog, type LogEntry } from '../../src/indexes/store/append-log.ts';
import { DEFAULT_DEFINITION } from '../../src/watch/definition.ts';
import { WatchEvent } from '../../src/watch/events.ts';
import { runOnce } from '../../src/watch/run.ts';
import { Watches } from '../../src/watch/watches.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { World } from './world.ts';

/** What happens in a week. Papers are numbered; an even one is about bees. */
const number = fc.nat(14);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('ingest'),
      papers: fc.uniqueArray(number, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge'), a: number, b: number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename'), a: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), a: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reread'), a: number }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('twice') }) },
  // Between finding and delivering, between delivering and noting it, and in both.
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('crash-before', 'crash-after') }) },
) as fc.Arbitrary<Step>;
type Step = { readonly a?: number; readonly b?: number } & (
  | { readonly kind: 'ingest'; readonly papers: readonly number[] }
  | {
      readonly kind:
        | 'merge'
        | 'rename'
        | 'remove'
        | 'reread'
        | 'run'
        | 'twice'
        | 'crash-before'
        | 'crash-after';
    }
);

const idOf = (paper: number) => `p${paper}`;
const titleOf = (paper: number) => (paper % 2 === 0 ? `bees ${paper}` : `wasps ${paper}`);

/** Ids of one work: those of papers that were merged, and those that a paper had. */
class Works {
  readonly #of = new Map<string, string>();

  unite(a: string, b: string): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#of.set(second, first);
  }

  of(id: string): string {
    const next = this.#of.get(id);
    return next === undefined ? id : this.of(next);
  }
}

test('misses and repeats nothing, whatever happens in a week', async () => {
  const folder = await temporaryFolder();
  let weeks = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const index = `${folder}/${++weeks}`;
      const world = new World();
      const works = new Works();
      const old = idOf(0);
      world.ingest([{ id: old, title: titleOf(0) }]);
      const watches = new Watches(index);
      await watches.add('bees', { ...DEFAULT_DEFINITION, query: 'bees' }, { engine: world.engine() });
      /** How many papers a receiver got in each report, by its number: it ignores a number that it knows. */
      const received = new Map<string, number>();
      const runWith = (crash?: 'crash-before' | 'crash-after') =>
        watches.run('bees', world.engine(), {
          answer: async ({ reports }) => {
            if (crash === 'crash-before') throw new Error('crash');
            for (const { delivery, papers } of reports) {
              expect(received.get(delivery) ?? papers.length).toBe(papers.length);
              received.set(delivery, papers.length);
            }
            if (crash === 'crash-after') throw new Error('crash');
          },
        });
      const found: string[] = [];
      /** What a run has found is new: not the paper that was there, nor one that was found before, by whatever id. */
      const checkNew = async () => {
        const { deliveries } = await watches.get('bees');
        const ids = deliveries.flatMap(({ papers }) => papers.map(({ id }) => id));
        const known = new Set([old, ...found].map((id) => works.of(id)));
        for (const id of ids.slice(found.length)) {
          expect(known, id).not.toContain(works.of(id));
          known.add(works.of(id));
          found.push(id);
        }
      };
      for (const each of steps) {
        const [a, b] = [each.a, each.b].map((paper) => paper !== undefined && world.find(idOf(paper)));
        if (each.kind === 'ingest') {
          world.ingest(each.papers.map((paper) => ({ id: idOf(paper), title: titleOf(paper) })));
        } else if (each.kind === 'merge') {
          if (!a || !b || a === b) continue;
          works.unite(a.id, b.id);
          world.merge(a.id, b.id);
        } else if (each.kind === 'rename') {
          if (!a) continue;
          works.unite(a.id, `${a.id}x`);
          world.rename(a.id, `${a.id}x`);
        } else if (each.kind === 'remove') {
          if (a) world.remove(a.id);
        } else if (each.kind === 'reread') {
          if (a) world.change(a.id, { title: `${a.title} bees` });
        } else {
          if (each.kind === 'run') await runWith();
          else if (each.kind === 'twice') await Promise.all([runWith(), runWith()]);
          else {
            const crash = await runWith(each.kind).catch((error: Error) => error);
            expect(crash).toMatchObject({ message: 'crash' });
          }
          await checkNew();
        }
      }
      await runWith();
      await checkNew();
      const reported = new Set([old, ...found].map((id) => works.of(id)));
      for (const { id, title } of world.papers.values()) {
        if (title.includes('bees')) expect(reported, id).toContain(works.of(id));
      }
      const { deliveries } = await watches.get('bees');
      expect([...received]).toEqual(deliveries.map(({ id, papers }) => [id, papers.length]));
    }),
    { numRuns: 20 },
  );
}, 60_000);

test('a run that is interrupted at any entry of its log delivers each report under one number', async () => {
  for (const failing of ['found', 'delivered']) {
    for (const isWritten of [true, false]) {
      const index = await temporaryFolder();
      const world = new World();
      const watches = new Watches(index);
      const folder = `${index}/news`;
      const definition = {
        ...DEFAULT_DEFINITION,
        query: 'bees',
        delivery: { format: 'json' as const, folder },
      };
      await watches.add('bees', definition, { engine: world.engine() });
      world.ingest([{ id: 'a', title: 'bees a' }]);
      const log = await AppendLog.open(`${index}/kept/watches/bees.log`, (value) => WatchEvent.parse(value));
      let isDown = false;
      const crashing = {
        get entries() {
          return log.entries;
        },
        refresh: () => log.refresh(),
        append: async (make: (entries: readonly LogEntry<WatchEvent>[]) => unknown) => {
          if (isDown) throw new Error('crash');
          const made = (await make(log.entries)) as readonly WatchEvent[];
          isDown = made.some(({ kind }) => kind === failing);
          if (!isDown || isWritten) await log.append(() => made);
          if (isDown) throw new Error('crash');
          return [];
        },
      };
      const context = {
        name: 'bees',
        engine: world.engine(),
        secretOf: async () => '',
        assertHeld: () => {},
      };
      const run = runOnce({ ...context, log: crashing }, {});
      await expect(run).rejects.toThrow('crash');
      world.ingest([{ id: 'b', title: 'bees b' }]);
      await watches.run('bees', world.engine());
      const { deliveries } = await watches.get('bees');
      expect(deliveries.flatMap(({ papers }) => papers.map(({ id }) => id)).sort()).toEqual(['a', 'b']);
      for (const { delivered } of deliveries) expect([...delivered]).toEqual(['file']);
    }
  }
});
