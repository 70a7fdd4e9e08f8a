import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulate } from '../../../src/review/simulate/simulate.ts';

const truth = Uint8Array.from([0, 1, 0, 0, 1, 0]);

test('reads what is ranked first until the last include', () => {
  const rank = () => [5, 4, 3, 2, 1, 0];
  expect(simulate({ truth, known: [], rank })).toEqual({ known: [], read: [5, 4, 3, 2, 1] });
});

test('gives the learner each label before it ranks again', () => {
  const seen: string[] = [];
  const rank = (labels: readonly { row: number; included: boolean }[]) => {
    seen.push(labels.map(({ row, included }) => `${row}${included ? '+' : '-'}`).join(' '));
    return [0, 1, 2, 3, 4, 5];
  };
  expect(simulate({ truth, known: [4, 5], rank })).toEqual({ known: [4, 5], read: [0, 1] });
  expect(seen).toEqual(['4+ 5-', '4+ 5- 0-']);
});

test('reads a batch from one ranking', () => {
  let rankings = 0;
  const rank = () => {
    rankings++;
    return [0, 1, 2, 3, 4, 5];
  };
  expect(simulate({ truth, known: [], rank, batch: 2 }).read).toEqual([0, 1, 2, 3, 4]);
  expect(rankings).toBe(3);
});

test('reads all papers, or a number of them, when asked to', () => {
  const rank = () => [1, 4, 0, 2, 3, 5];
  expect(simulate({ truth, known: [1], rank }).read).toEqual([4]);
  expect(simulate({ truth, known: [1], rank, until: 'all' }).read).toEqual([4, 0, 2, 3, 5]);
  expect(simulate({ truth, known: [1], rank, until: 2 }).read).toEqual([4, 0]);
  expect(simulate({ truth, known: [1], rank, until: 99 }).read).toEqual([4, 0, 2, 3, 5]);
});

test('says how far it is', () => {
  const said: unknown[] = [];
  const rank = () => [0, 1, 2, 3, 4, 5];
  simulate({ truth, known: [], rank, batch: 3, onRead: (read, found) => said.push([read, found]) });
  expect(said).toEqual([
    [3, 1],
    [5, 2],
  ]);
});

test('refuses a known paper outside the pool or twice, and an empty batch', () => {
  const rank = () => [0, 1, 2, 3, 4, 5];
  expect(() => simulate({ truth, known: [6], rank })).toThrow('Row 6 is not in the pool of 6 papers.');
  expect(() => simulate({ truth, known: [1, 1], rank })).toThrow('Row 1 is known twice.');
  expect(() => simulate({ truth, known: [], rank, batch: 0 })).toThrow('A batch has at least 1 paper');
});

test('reads no paper twice, and every include, for any ranking and batch', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.infiniteStream(fc.nat()),
      (labels, batch, random) => {
        const pool = Uint8Array.from(labels, Number);
        const rank = () => {
          const keys = Array.from(pool, () => random.next().value!);
          return Array.from(pool.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
        };
        const { read } = simulate({ truth: pool, known: [], rank, batch });
        expect(new Set(read).size).toBe(read.length);
        expect(read.filter((row) => pool[row]).length).toBe(labels.filter(Boolean).length);
      },
    ),
  );
});
