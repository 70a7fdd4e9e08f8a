import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recorded, ReviewEvent, TakenPool } from '../../src/review/events.ts';
import type { Decision } from '../../src/review/review.ts';
import { Reviews } from '../../src/review/reviews.ts';
import { currentLabels, judgedOf, ReviewLog, reviewOf, standingOf } from '../../src/review/state.ts';
import { snapshotOver } from '../support/snapshot-over.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { beesAndWasps, changeable, PROTOCOL } from './world.ts';

const NAMES = ['Ada', 'Ben'] as const;
const DECIDED = ['include', 'exclude', 'maybe'] as const;
const by = fc.constantFrom(...NAMES);
const decision = fc.constantFrom(...DECIDED);
const paper = fc.constantFrom('a', 'b', 'c');

const pool = (renamed: TakenPool['renamed'] = []): TakenPool => ({
  request: {},
  snapshot: 's',
  papers: { name: 'pool-1.jsonl.gz', sha256: '', bytes: 0 },
  size: 3,
  added: 0,
  removed: 0,
  records: [],
  renamed,
});
const said = { stage: 'abstract', reasons: [], note: '' } as const;

const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('label' as const), paper, decision, by }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(), by }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const), paper, by }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), from: paper, to: paper, by }) },
);

/** A log of random events: an undo takes back one of the labels before it. */
function logOf(made: readonly (typeof event extends fc.Arbitrary<infer T> ? T : never)[]): Recorded[] {
  const created: ReviewEvent = {
    type: 'created',
    name: 'r',
    protocol: {
      ...PROTOCOL,
      include: [],
      exclude: [],
      sources: [],
      reviewersPerPaper: 2,
      targetRecall: 1,
      randomEvery: 0,
      keywordOnly: true,
      highlights: [],
    },
    by: 'Ada',
  };
  const values: ReviewEvent[] = [created, { type: 'pooled', pool: pool(), by: 'Ada' }];
  for (const each of made) {
    if (each.kind === 'label') {
      const { paper, decision, by } = each;
      values.push({
        type: 'labelled',
        ...said,
        paper,
        decision,
        chosenBy: 'search',
        basis: values.length,
        by,
      });
    } else if (each.kind === 'settle') {
      values.push({ type: 'settled', ...said, paper: each.paper, decision: 'include', by: each.by });
    } else if (each.kind === 'rename') {
      values.push({ type: 'pooled', pool: pool([{ from: each.from, to: each.to }]), by: each.by });
    } else {
      const labels = values.flatMap(({ type }, i) => (type === 'labelled' ? [i + 1] : []));
      if (labels.length > 0) {
        values.push({ type: 'undone', label: labels[each.which % labels.length]!, by: each.by });
      }
    }
  }
  return values.map((value, i) => ({ number: i + 1, at: '2026-11-30T00:00:00.000Z', value }));
}

describe('the state of a review', () => {
  test('is a function of the log: the same at once as event by event', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (made) => {
        const log = logOf(made);
        const growing = new ReviewLog('r');
        for (let length = 1; length <= log.length; length++) {
          expect(growing.read(log.slice(0, length))).toEqual(reviewOf('r', log.slice(0, length)));
        }
      }),
    );
  });

  test('is the one without the labels that were undone', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (made) => {
        const log = logOf(made);
        const undone = new Set(log.map(({ value }) => (value.type === 'undone' ? value.label : 0)));
        const left = log.filter(({ number, value }) => value.type !== 'undone' && !undone.has(number));
        const { version: _v, ...state } = reviewOf('r', log)!;
        const { version: _w, ...without } = reviewOf('r', left)!;
        const judged = (given: typeof state) =>
          [...given.judged].filter(([, { labels, settlements }]) => labels.length + settlements.length > 0);
        expect({ ...state, judged: judged(state) }).toEqual({ ...without, judged: judged(without) });
      }),
    );
  });
});

test('random work of two reviewers, undos, settlements and updates agrees with a plain model', async () => {
  const all = beesAndWasps(9);
  const engines = await Promise.all(
    [all, all.slice(2), all.slice(0, 7)].map(async (papers) => (await snapshotOver(papers)).engine),
  );
  const command = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('label' as const), row: fc.nat({ max: 8 }), decision, by }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), by }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('settle' as const), row: fc.nat({ max: 8 }), by }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('update' as const), engine: fc.nat({ max: 2 }), by }),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(1 as const, 2 as const),
      fc.array(command, { minLength: 4, maxLength: 12 }),
      async (reviewersPerPaper, commands) => {
        const folder = await temporaryFolder();
        const engine = changeable(engines[0]!);
        const reviews = new Reviews(folder, engine);
        const { id } = await reviews.create(
          { name: 'r', protocol: { ...PROTOCOL, reviewersPerPaper } },
          { name: 'Ada' },
        );
        const model = new Model(reviewersPerPaper);
        let before: unknown;
        for (const each of commands) {
          const who = { name: each.by };
          const shown = await seen(reviews, id, each.by);
          const allowed = model.allows(each);
          if (each.kind === 'update') {
            engine.become(engines[each.engine]!);
            await reviews.updatePool(id, who);
          } else {
            const done =
              each.kind === 'label'
                ? reviews.label(id, { paper: all[each.row]!.id, decision: each.decision }, who)
                : each.kind === 'undo'
                  ? reviews.undo(id, who)
                  : reviews.settle(
                      id,
                      { paper: all[each.row]!.id, stage: 'abstract', decision: 'include' },
                      who,
                    );
            if (allowed) await done;
            else await expect(done).rejects.toMatchObject({ code: 'CONFLICT' });
          }
          if (allowed) model.apply(each);
          // An undo right after a label of the same reviewer gives exactly what was before.
          if (each.kind === 'undo' && allowed && model.undid === 'last') {
            expect(await seen(reviews, id, each.by)).toEqual(before);
          }
          if (allowed) before = shown;
          for (const [row, { id: paper }] of all.entries()) {
            expect((await reviews.paper(id, paper, who)).abstract).toBe(model.standing(row));
          }
        }
        for (const name of NAMES) {
          const fresh = new Reviews(folder, engine);
          expect(await seen(fresh, id, name)).toEqual(await seen(reviews, id, name));
        }
        expect((await new Reviews(folder).replay(id, { unblind: true })).same).toBe(true);
      },
    ),
    { numRuns: 8 },
  );
}, 60_000);

async function seen(reviews: Reviews, id: string, name: string) {
  return {
    next: (await reviews.next(id, { name }, { count: 20 })).map(({ paper, rank, model }) => [
      paper.id,
      rank,
      model,
    ]),
    progress: await reviews.progress(id, { name }),
  };
}

type Command =
  | { readonly kind: 'label'; readonly row: number; readonly decision: Decision; readonly by: string }
  | { readonly kind: 'undo'; readonly by: string }
  | { readonly kind: 'settle'; readonly row: number; readonly by: string }
  | { readonly kind: 'update'; readonly by: string };

/** What a review of nine papers should do, as lists that are searched from the end. */
class Model {
  readonly #reviewers: number;
  #said: { row: number; decision: Decision; by: string; settles: boolean; at: number }[] = [];
  #time = 0;
  #last: Command | undefined;
  undid: 'last' | 'other' = 'other';

  constructor(reviewers: number) {
    this.#reviewers = reviewers;
  }

  standing(row: number): string {
    const current = NAMES.flatMap((name) => this.#current(row, name) ?? []);
    if (current.length === 0) return 'unread';
    if (current.length < this.#reviewers) return 'partly';
    const decisions = new Set(current.map((each) => each.decision));
    if (decisions.size === 1 && !decisions.has('maybe')) return [...decisions][0]!;
    return this.#said.findLast((each) => each.settles && each.row === row)?.decision ?? 'conflict';
  }

  allows(command: Command): boolean {
    switch (command.kind) {
      case 'label':
        return (
          NAMES.filter((name) => name !== command.by && this.#current(command.row, name)).length <
          this.#reviewers
        );
      case 'settle':
        return (
          this.standing(command.row) === 'conflict' ||
          this.#said.some((each) => each.settles && each.row === command.row)
        );
      case 'undo': {
        const label = this.#toUndo(command.by);
        return (
          label !== undefined &&
          !this.#said.some((each) => each.settles && each.row === label.row && each.at > label.at)
        );
      }
      case 'update':
        return true;
    }
  }

  apply(command: Command): void {
    const at = this.#time++;
    if (command.kind === 'label') this.#said.push({ ...command, settles: false, at });
    if (command.kind === 'settle') this.#said.push({ ...command, decision: 'include', settles: true, at });
    if (command.kind === 'undo') {
      const label = this.#toUndo(command.by)!;
      this.#said = this.#said.filter((each) => each !== label);
      this.undid = this.#last?.kind === 'label' && this.#last.by === command.by ? 'last' : 'other';
    }
    this.#last = command;
  }

  #current(row: number, by: string) {
    return this.#said.findLast((each) => !each.settles && each.row === row && each.by === by);
  }

  #toUndo(by: string) {
    return this.#said.findLast((each) => !each.settles && each.by === by);
  }
}

test('the standing of a paper does not depend on who was first', () => {
  fc.assert(
    fc.property(decision, decision, (first, second) => {
      const log = (names: readonly (readonly [string, Decision])[]) =>
        logOf(
          names.map(([by, decision]) => ({
            kind: 'label' as const,
            paper: 'a',
            by: by as (typeof NAMES)[number],
            decision,
          })),
        );
      const standing = (events: Recorded[]) => {
        const state = reviewOf('r', events)!;
        expect(currentLabels(judgedOf(state, 'a'), 'abstract').size).toBe(2);
        return standingOf(judgedOf(state, 'a'), 'abstract', state.protocol);
      };
      const a = ['Ada', first] as const;
      const b = ['Ben', second] as const;
      expect(standing(log([a, b]))).toBe(standing(log([b, a])));
    }),
  );
});
