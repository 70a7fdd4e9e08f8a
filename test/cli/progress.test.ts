import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

/** A stream as standard error is one, and what was written to it. */
function streamOf(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream;
  return { stream, written: () => String((stream as unknown as PassThrough).read() ?? '') };
}

test('without a terminal, prints one line per stage and per tenth of counted work', () => {
  const { stream, written } = streamOf(false);
  const progress = createProgress(stream);
  progress.update({ stage: 'converting-model' });
  for (let done = 1; done <= 100; done++) progress.update({ stage: 'reading', done });
  for (let done = 0; done <= 100; done++) progress.update({ stage: 'encoding', done, total: 100 });
  progress.update({ stage: 'writing' });
  progress.end();
  const lines = written().trimEnd().split('\n');
  expect(lines[0]).toBe('Preparing the model (once)…');
  expect(lines.at(-2)).toBe('Encoding: 100 of 100 papers');
  expect(lines.at(-1)).toBe('Writing the index…');
  expect(lines.length).toBeGreaterThanOrEqual(12);
  expect(lines.length).toBeLessThanOrEqual(13);
});

test.each([
  ['encoding-queries', 'Encoding: 4 of 4 queries'],
  ['fitting', 'Fitting: 4 of 4 settings'],
  ['searching', 'Searching: 4 of 4 queries'],
] as const)('%s counts what it is about', (stage, line) => {
  const { stream, written } = streamOf(false);
  createProgress(stream).update({ stage, done: 4, total: 4 });
  expect(written()).toBe(`${line}\n`);
});

test('on a terminal, shows a bar and removes it at the end', () => {
  const { stream, written } = streamOf(true);
  const progress = createProgress(stream);
  progress.update({ stage: 'encoding', done: 5, total: 10 });
  progress.update({ stage: 'encoding', done: 10, total: 10 });
  progress.update({ stage: 'indexing', done: 10, total: 10 });
  progress.end();
  const output = written();
  expect(output).toMatch(/Encoding .* 10\/10 papers, \d+\/s/);
  expect(output).toContain('Indexing');
  expect(output.endsWith('\r\x1b[2K')).toBe(true);
});
