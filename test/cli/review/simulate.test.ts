import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import type { SimulationReport } from '../../../src/review/simulate/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
const file = join(folder, 'papers.csv');
const TOPICS = ['gardens at school and vegetables', 'cache memory of processors', 'glaciers and sea level'];
const lines = Array.from({ length: 30 }, (_, row) => {
  const topic = TOPICS[row % 3]!;
  // One in three is on the topic, and the last of all has no label.
  const label = row === 29 ? '' : row % 3 === 0 && row < 18 ? 1 : 0;
  return `id-${row},Study ${row} of ${topic},Study number ${row} measured ${topic} again.,${label}`;
});
writeFileSync(file, `${['id,title,abstract,label_included', ...lines].join('\n')}\n`);
afterAll(() => rmSync(folder, { recursive: true }));

let output = '';
let errors = '';
beforeEach(() => {
  output = '';
  errors = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const run = (...args: string[]) =>
  createProgram()
    .exitOverride()
    .parseAsync(['review', 'simulate', ...args], { from: 'user' });

test('prints the measures of each run, their range and the recall curve', async () => {
  await run(file, '--labels', file, '--runs', '2', '--seed', '3');
  expect(output).toContain(
    '29 papers, 6 of them includes; 2 runs, each with 1 known include and 1 known exclude.',
  );
  expect(output).toMatch(/^3 +\d+ +[\d.]+ %/m);
  expect(output).toMatch(/^4 +\d+ +[\d.]+ %/m);
  expect(output).toMatch(/^median +\d+ /m);
  expect(output).toContain('Recall by papers read (* median, : least to most, - 95 %)');
  expect(errors).toContain('1 paper has no label and is left out.');
  expect(errors).toContain('a file has no vectors');
});

test('prints the order of reading as JSON, the same with the same seed', async () => {
  await run(file, '--labels', file, '--runs', '1', '--keyword-only', '--json');
  const report: SimulationReport = JSON.parse(output);
  expect(report).toMatchObject({ papers: 29, includes: 6, vectors: false, strategy: 'max' });
  const [only] = report.runs;
  expect(only!.known).toHaveLength(2);
  expect(new Set([...only!.known, ...only!.read]).size).toBe(2 + only!.read.length);
  const first = output;
  output = '';
  await run(file, '--labels', file, '--runs', '1', '--keyword-only', '--json', '--threads', '1');
  expect(output).toBe(first);
});

test.each([
  [[file], 'does not say what was included'],
  [[join(folder, 'none'), '--index', folder], 'is neither a file of papers nor the folder of an index'],
  [[file, '--labels', file, '--question', 'Why?'], '--question is for the folder of an index'],
  [[file, '--labels', file, '--known-includes', '6'], 'nothing would be left to find'],
])('refuses %j', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
