import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { codeDigests } from '../../scripts/bench/code-digest.ts';
import { recordedRuns } from '../../scripts/bench/record.ts';
import { betterThanBase, encodingSentence } from '../../scripts/bench/report/better.ts';
import { growthPoints } from '../../scripts/bench/report/growth.ts';
import { largestReal, reported } from '../../scripts/bench/report/select.ts';
import { servedSentence } from '../../scripts/bench/report/served.ts';
import { shortTable, smallTable } from '../../scripts/bench/report/tables.ts';
import {
  reportText,
  smallSection,
  speedSection,
  withBenchSection,
  withSmallBenchSection,
} from '../../scripts/bench/report/texts.ts';
import { servedRuns } from '../../scripts/bench/served-record.ts';
import { answers, codes, engine, run, size } from './runs.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const base = engine('paper-search');
const { current } = codes;

describe('the texts in the repository match the recorded runs and say where the code has changed since (npx tsx scripts/bench/report.ts)', () => {
  test('README.md', async () => {
    const readme = read('README.md');
    expect(withSmallBenchSection(readme, recordedRuns(), await codeDigests(), servedRuns())).toBe(readme);
  });

  test('docs/speed.md', async () => {
    const page = read('docs/speed.md');
    expect(withBenchSection(page, recordedRuns(), await codeDigests(), servedRuns())).toBe(page);
  });

  test('REPORT.md', async () => {
    expect(reportText(recordedRuns(), await codeDigests(), servedRuns())).toBe(
      read('scripts/bench/REPORT.md'),
    );
  });
});

describe('the reported run', () => {
  test('is the newest of its size, on the machine of the newest run', () => {
    const runs = [
      run('01-01', [size(1000, [base]), size(5000, [base])]),
      run('01-02', [size(1000, [base])]),
      run('01-03', [size(9000, [base])], 'Another CPU'),
      run('01-04', [size(2000, [base])]),
    ];
    const chosen = reported(runs).map((measured) => [measured.size.papers, measured.run.file.slice(5, 10)]);
    expect(chosen).toEqual([
      [1000, '01-02'],
      [2000, '01-04'],
      [5000, '01-01'],
    ]);
  });

  test('is the largest without synthetic papers in README.md and docs/speed.md', () => {
    const sizes = reported([
      run('01-01', [size(1000, [base]), size(5000, [base]), size(9000, [base], { syntheticPapers: 4000 })]),
    ]);
    expect(largestReal(sizes, 'keyword')?.size.papers).toBe(5000);
    expect(largestReal(sizes, 'dense')).toBeUndefined();
  });
});

describe('tables', () => {
  const failed = {
    status: 'failed',
    name: 'broken',
    analysis: 'own',
    configuration: 'any',
    version: null,
    runtime: null,
    stage: 'build',
    error: 'out of | memory',
  } as const;
  const other = engine('other', {
    diskBytes: null,
    diskError: 'too long',
    sets: { short: answers(250, 1 / 4, 0.5) },
  });
  const [measured] = reported([run('01-01', [size(1000, [base, other, failed])])]);

  test('have one line per engine; a failed one has the reason', () => {
    expect(shortTable(measured!).split('\n').slice(2)).toEqual([
      '| paper-search | 1,000 | 2 | 3 | 1, 3 | – |',
      '| other | 1,000 | – (too long) | 3 | 0.25, 0.75 | 0.500 |',
      '| broken | failed to build: out of \\| memory | – | – | – | – |',
    ]);
  });

  test('have paper-search and the fastest alternative if small', () => {
    const slow = engine('slow', { sets: { short: answers(500, 1) } });
    const [all] = reported([run('01-01', [size(1000, [base, slow, other, failed])])]);
    const [alone] = reported([run('01-01', [size(1000, [base])])]);
    expect(smallTable([all!, alone!]).split('\n').slice(2)).toEqual([
      '| keyword | paper-search | 1,000 | 1 | – | 2 |',
      '| keyword | other (fastest alternative) | 1,000 | 0.25 | – | – (too long) |',
      '| keyword | paper-search | 1,000 | 1 | – | 2 |',
    ]);
  });

  test('mention synthetic papers', () => {
    const text = reportText([run('01-01', [size(1000, [base], { syntheticPapers: 400 })])], current);
    expect(text).toContain('**synthetic**: 400 of recombined sentences');
  });

  test('say that there are no runs', () => {
    expect(speedSection([], current)).toContain('No run has been recorded');
    expect(smallSection([], current)).toContain('No run has been recorded');
    expect(reportText([], current)).toContain('No run has been recorded');
  });
});

describe('betterThanBase', () => {
  test('returns engine, measure and ratio, the best first', () => {
    const fast = engine('fast', { sets: { short: answers(100, 0.1) }, buildSeconds: 0.5 });
    const faster = engine('faster', { sets: { short: answers(50, 0.05) } });
    expect(betterThanBase('keyword', size(1000, [base, fast, faster]))).toEqual([
      'Build time: fast (2×)',
      'Median latency, "short" queries: faster (20×), fast (10×)',
      'p99 latency, "short" queries: faster (20×), fast (10×)',
    ]);
  });

  test('ignores differences within the variation, and indexes that could not be written', () => {
    const near = engine('near', { buildSeconds: 0.99, diskBytes: null });
    expect(betterThanBase('keyword', size(1000, [base, near]))).toEqual([]);
  });
});

test('compares a hybrid answer with encoding the query', () => {
  const engines = [
    engine('paper-search-hybrid', { sets: { short: answers(300, 1) } }),
    engine('query-encoding', { sets: { short: answers(200, 2 / 3) } }),
  ];
  expect(encodingSentence('hybrid', size(1000, engines))).toContain('1.5× ("short")');
  expect(encodingSentence('keyword', size(1000, [base]))).toBeUndefined();
  // Encoding is part of every answer: it cannot be better than one.
  expect(betterThanBase('hybrid', size(1000, engines))).toEqual([]);
});

test('the chart of growth omits values that a logarithmic axis cannot show', () => {
  const points = growthPoints([run('01-01', [size(1000, [engine('paper-search', { diskBytes: null })])])]);
  expect(points.map(({ measure, value }) => [measure, value])).toEqual([
    ['build (s)', 1],
    ['peak memory (MB)', 3],
    ['median latency (ms)', 1],
  ]);
});

test.each([withBenchSection, withSmallBenchSection])('refuses a page without the marks', (update) => {
  expect(() => update('# nothing', [], current)).toThrow('bench:begin');
});

test('the sentence about the server needs a run of it', () => {
  expect(servedSentence({})).toBeUndefined();
  expect(servedSentence(servedRuns())).toMatch(
    /answers \d+ hybrid searches a second, and a keyword search over/,
  );
});

describe('when the measured code has changed since a run', () => {
  const runs = [run('01-01', [size(1000, [base])])];
  const changed = 'keyword search has changed since this run';

  test('every text says so', () => {
    expect(speedSection(runs, codes.changed)).toContain(changed);
    expect(reportText(runs, codes.changed)).toContain(changed);
    expect(smallSection(runs, codes.changed)).toContain('Code has changed since these runs: keyword search.');
  });

  test('no text says so before', () => {
    for (const text of [speedSection, reportText, smallSection]) {
      expect(text(runs, current)).not.toContain('has changed');
    }
  });

  test('a run that recorded no digest counts as one of other code', () => {
    const [{ file, record }] = runs as [(typeof runs)[0]];
    const { code: _, ...older } = record;
    expect(speedSection([{ file, record: older }], current)).toContain(changed);
  });
});

describe('the digest of the measured code', () => {
  test('is of 16 hex digits for each kind of run, and no two are equal', async () => {
    const digests = Object.values(await codeDigests());
    expect(new Set(digests).size).toBe(5);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });
});
