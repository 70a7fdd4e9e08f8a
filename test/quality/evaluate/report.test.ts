import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type CollectionRecord,
  type JudgmentRecord,
  type NamedEvalRun,
  newestRun,
} from '../../../scripts/eval/record.ts';
import {
  reportText,
  shortTable,
  smallTable,
  withEvalSection,
  withSmallEvalSection,
} from '../../../scripts/eval/texts.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

describe('the texts in the repository match the newest run (npx tsx scripts/eval/report.ts)', () => {
  test('README.md', () => {
    const readme = read('README.md');
    expect(withSmallEvalSection(readme, newestRun())).toBe(readme);
  });

  test('docs/quality.md', () => {
    const page = read('docs/quality.md');
    expect(withEvalSection(page, newestRun())).toBe(page);
  });

  test('report.md', () => {
    expect(reportText(newestRun())).toBe(read('scripts/eval/report.md'));
  });
});

/** Systems whose nDCG@10 are these, against one file of judgments. */
function judgments(gain: JudgmentRecord['gain'], ndcg: Record<string, number>): JudgmentRecord {
  const systems = Object.entries(ndcg).map(([system, value]) => ({
    system: system as JudgmentRecord['systems'][number]['system'],
    means: {
      'ndcg@10': value,
      map: 0.5,
      'mrr@10': 0.6,
      'recall@10': 0.7,
      'recall@100': 0.9,
      'success@1': 0.4,
    },
    ndcgPerQuery: '',
  }));
  const unchanged = { difference: 0, p: 1 };
  return { qrels: 'test', queries: 1234, systems, gain, fallback: unchanged, gap: unchanged };
}
const collection = (name: string, judged: JudgmentRecord): CollectionRecord => ({
  collection: name,
  papers: 5000,
  judgments: [judged],
});
const plain = collection(
  'claims',
  judgments(
    { over: 'keyword', difference: 0.05, p: 0.00001 },
    { keyword: 0.65, semantic: 0.6, hybrid: 0.7, 'hybrid-rrf': 0.68 },
  ),
);
const related = collection(
  'papers',
  judgments(
    { over: 'semantic', difference: -0.0104, p: 0.04 },
    { keyword: 0.5, semantic: 0.6, hybrid: 0.5896, 'hybrid-rrf': 0.55, related: 0.61 },
  ),
);

test('writes one line a collection, and a dash for what was not measured', () => {
  expect(shortTable([plain, related]).split('\n').slice(2)).toEqual([
    '| claims | test | 1,234 | 0.650 / 0.500 / 0.900 | 0.600 / 0.500 / 0.900 | 0.700 / 0.500 / 0.900 | 0.680 / 0.500 / 0.900 | – | +0.050 over keyword, p < 0.0001 * |',
    '| papers | test | 1,234 | 0.500 / 0.500 / 0.900 | 0.600 / 0.500 / 0.900 | 0.590 / 0.500 / 0.900 | 0.550 / 0.500 / 0.900 | 0.610 / 0.500 / 0.900 | −0.010 over semantic, p 0.0400 * |',
  ]);
});

test('the small table has nDCG@10 of the three modes for the judgments of each collection', () => {
  const other = collection('claims', { ...plain.judgments[0]!, qrels: 'strict' });
  expect(smallTable([plain, other, related]).split('\n').slice(2)).toEqual([
    '| claims | 5,000 | 1,234 | 0.650 | 0.600 | 0.700 |',
    '| papers | 5,000 | 1,234 | 0.500 | 0.600 | 0.590 |',
  ]);
});

test('corrects the p-values of all lines together', () => {
  const line = (p: number) => collection('c', judgments({ over: 'keyword', difference: 0.1, p }, {}));
  const starred = shortTable([line(0.01), line(0.03), line(0.04)]).match(/p 0\.\d+( \*)?/g);
  // Holm: 3 × 0.01, 2 × 0.03 and at least that.
  expect(starred).toEqual(['p 0.0100 *', 'p 0.0300', 'p 0.0400']);
});

describe('texts', () => {
  const run: NamedEvalRun = {
    file: '2026-01-02-a-cpu-quality.json',
    record: {
      schema: 1,
      kind: 'quality',
      date: '2026-01-02T00:00:00.000Z',
      commit: 'abc',
      machine: { name: 'here', cpu: 'A CPU', cores: 2, memoryGb: 8, os: 'Linux', node: 'v20.0.0' },
      depth: 1000,
      collections: [plain],
    },
  };

  test.each([withEvalSection, withSmallEvalSection])(
    'replace the part of a page between its marks',
    (update) => {
      const page = update('before\n<!-- eval:begin -->\nold\n<!-- eval:end -->\nafter', run);
      expect(page).toMatch(/^before\n<!-- eval:begin -->\n\n\| collection .*<!-- eval:end -->\nafter$/s);
      expect(page).not.toContain('old');
      expect(() => update('# nothing', run)).toThrow('eval:begin');
      expect(update(page, undefined)).toContain('No run has been recorded');
    },
  );

  test('the section of docs/quality.md links to its run', () => {
    const page = withEvalSection('<!-- eval:begin -->\n<!-- eval:end -->', run);
    expect(page).toContain('(../scripts/eval/runs/2026-01-02-a-cpu-quality.json)');
  });

  test('reports every measure of every system', () => {
    const report = reportText(run);
    expect(report).toContain('commit abc');
    expect(report).toContain('| hybrid, RRF | 0.6800 | 0.5000 | 0.6000 | 0.7000 | 0.9000 | 0.4000 |');
  });

  test('say that there is no run yet', () => {
    expect(reportText(undefined)).toContain('No run has been recorded');
  });
});
