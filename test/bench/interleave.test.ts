import { expect, test } from 'vitest';
import type { EngineProcess } from '../../scripts/bench/engine-process.ts';
import type { Request } from '../../scripts/bench/engines/protocol.ts';
import { ENGINES } from '../../scripts/bench/engines/registry.ts';
import { askInterleaved } from '../../scripts/bench/interleave.ts';

const QUERIES = Array.from({ length: 50 }, (_, i) => i);

/** An engine that takes `us` for every query and answers with its index, and records when it is called. */
function fake(number: number, us: number, asked: string[], broken = false) {
  const entry = ENGINES[number]!;
  const process = {
    ask: async (request: Extract<Request, { op: 'run' }>) => {
      if (broken) throw new Error('it broke');
      asked.push(entry.name);
      const times = request.places.map(() => us);
      return { wallUs: times, cpuUs: times, results: request.results ? request.places.map((p) => [p]) : [] };
    },
  };
  return { entry, process: process as unknown as EngineProcess };
}

const options = { inputs: { sets: { short: QUERIES } }, rounds: 3, queryBudget: 1, onProgress: () => {} };

test('runs every query with every engine in every round; the answers are those of the warm-up', async () => {
  const asked: string[] = [];
  const [fast, faster] = [fake(0, 10, asked), fake(1, 5, asked)];
  let between = 0;
  const answers = await askInterleaved([fast, faster], options, () => between++);
  const { wallUs, results } = answers.get(fast.entry.name)!.short!;
  expect(wallUs).toEqual(Array.from({ length: 3 }, () => QUERIES.map(() => 10)));
  expect(results).toEqual(QUERIES.map((place) => [place]));
  expect(between).toBe(4);
  // In turns: an engine never runs three times in a row.
  expect(asked.some((name, i) => name === asked[i + 1] && name === asked[i + 2])).toBe(false);
});

test('gives fewer queries to an engine that is too slow for the budget', async () => {
  // 25 ms × 4 rounds with the warm-up: 10 queries fit one second.
  const slow = fake(0, 25_000, []);
  const answers = await askInterleaved([slow], options, () => {});
  expect(answers.get(slow.entry.name)!.short!.wallUs.map((round) => round.length)).toEqual([10, 10, 10]);
});

test('skips an engine after it fails, with the reason', async () => {
  const asked: string[] = [];
  const [broken, other] = [fake(0, 10, asked, true), fake(1, 10, asked)];
  await askInterleaved([broken, other], options, () => {});
  expect(broken).toHaveProperty('failure', { stage: 'query', error: 'it broke' });
  expect(new Set(asked)).toEqual(new Set([other.entry.name]));
});
