import { expect, test } from 'vitest';
import { simulateAll } from '../../../src/review/simulate/in-threads.ts';
import { reportOf, startsOf } from '../../../src/review/simulate/report.ts';
import { QUERY_STRATEGIES } from '../../../src/review/simulate/strategy-names.ts';
import { type SimulationTask, TaskRunner } from '../../../src/review/simulate/task.ts';
import { papers } from '../learn/papers.ts';

const SIZE = 60;
const KNOWN = { includes: 1, excludes: 1 };
// Row r is on topic r % 3: the includes are eight of one topic.
const truth = Uint8Array.from({ length: SIZE }, (_, row) => Number(row % 3 === 1 && row < 24));
const task: SimulationTask = { input: papers(SIZE, 1, true), truth, strategy: 'max', batch: 1 };
const starts = startsOf(truth, KNOWN, 5, 3);
const never = new AbortController().signal;

test('does each run as if it were alone, in the order of the starts', async () => {
  const runs = await simulateAll(task, starts, 2, () => {}, never);
  expect(runs.map(({ seed }) => seed)).toEqual([5, 6, 7]);
  expect(runs).toEqual(starts.map((start) => new TaskRunner(task).run(start)));
});

test('counts the papers of all runs, and a run that ends early as the whole pool', async () => {
  const said: [number, number][] = [];
  await simulateAll(task, starts, 1, (...each) => said.push(each), never);
  expect(said[0]).toEqual([1, 3 * SIZE]);
  expect(said.at(-1)).toEqual([3 * SIZE, 3 * SIZE]);
  expect(said.every(([done], i) => i === 0 || done >= said[i - 1]![0])).toBe(true);
});

test('ends with the reason of the signal', async () => {
  const stop = new AbortController();
  const abort = () => stop.abort(new Error('Stopped.'));
  await expect(simulateAll(task, starts, 1, abort, stop.signal)).rejects.toThrow('Stopped.');
});

test.each(QUERY_STRATEGIES)('finds every include by %s', (strategy) => {
  const run = new TaskRunner({ ...task, strategy }).run(starts[0]!);
  expect(run.read.filter((row) => truth[row]).length).toBe(7);
});

test('finds the includes of a topic earlier than by chance', () => {
  const read = (strategy: SimulationTask['strategy']) => {
    const runs = starts.map((start) => new TaskRunner({ ...task, strategy }).run(start));
    return reportOf(task, [], KNOWN, runs).measures.atd.median;
  };
  expect(read('max')).toBeLessThan(read('random'));
});

test('reports runs by ids of papers, with measures and a curve over them', async () => {
  const runs = await simulateAll(task, starts, 1, () => {}, never);
  const ids = Array.from({ length: SIZE }, (_, row) => `paper-${row}`);
  const report = reportOf(task, ids, KNOWN, runs);
  expect(report).toMatchObject({ papers: SIZE, includes: 8, vectors: true, question: false, known: KNOWN });
  expect(report.runs[1]!.read).toEqual(runs[1]!.read.map((row) => ids[row]));
  const losses = report.runs.map(({ measures }) => measures.loss).sort((a, b) => a - b);
  expect(report.measures.loss).toEqual({ least: losses[0], median: losses[1], most: losses[2] });
  expect(report.curve[0]).toEqual({ read: 0, recall: { least: 0, median: 0, most: 0 } });
  expect(report.curve.at(-1)).toEqual({ read: 1, recall: { least: 1, median: 1, most: 1 } });
});

test('refuses a start after which nothing is left to find', () => {
  expect(() => startsOf(Uint8Array.from([1, 0, 0]), KNOWN, 1, 1)).toThrow('nothing would be left to find');
});
