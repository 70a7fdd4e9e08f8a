import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { withDatabase } from '../../../../src/review/records/asreview/database.ts';
import { TABLES } from '../../../../src/review/records/asreview/tables.ts';
import { exportReview } from '../../../../src/review/records/export/export-review.ts';
import { matchLabels } from '../../../../src/review/records/labels/match.ts';
import { readLabels } from '../../../../src/review/records/labels/read-labels.ts';
import { randomWholeReview } from '../../../support/random-whole-review.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { wholeReview } from '../../../support/whole-review.ts';

/**
 * Made with ASReview 3.0.8 and 2.2: six records of a CSV, two priors, one ranked label with a note, one record of 3.0.8 that
 * waits for a label.
 */
const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));
const MADE_BY_ASREVIEW = fixture('made-by-asreview-3.asreview');
const MADE_BY_ASREVIEW_2 = fixture('made-by-asreview-2.asreview');
const REVIEW = wholeReview({
  papers: [
    {
      abstract: 'exclude',
      labels: [{ reasons: ['wrong population'], note: 'of mice', at: '2026-01-02T03:05:00Z' }],
    },
    { abstract: 'unread', rank: 2 },
    { abstract: 'unread', rank: 1 },
    { abstract: 'include', labels: [{ decision: 'include', at: '2026-01-02T03:04:00Z', chosenBy: 'prior' }] },
    { abstract: 'conflict', labels: [{ decision: 'maybe' }] },
  ],
});

describe.each([
  ['3', MADE_BY_ASREVIEW],
  ['2', MADE_BY_ASREVIEW_2],
])('a project that ASReview %s made', (_, bytes) => {
  test('has its labels in the order in which they were given', async () => {
    const { rows, unlabelled, problems } = await readLabels(bytes, 'project.asreview');
    expect(rows.map(({ title, decision, note, by }) => [title, decision, note, by])).toEqual([
      ['Statins and dreams', 'include', '', undefined],
      ['Walking and mood', 'exclude', '', undefined],
      ['Statins and sleep in older adults', 'include', 'table 2 has "sleep"', 'user 7'],
    ]);
    expect({ unlabelled, problems }).toEqual({ unlabelled: 3, problems: [] });
  });

  test('has identifiers that only its data file has', async () => {
    const { rows } = await readLabels(bytes, 'project.asreview');
    expect(rows.map(({ identifiers }) => identifiers)).toEqual([
      ['pmid:104'],
      ['pmid:102'],
      ['doi:10.1000/one', 'pmid:101', '10.1000/one'],
    ]);
  });

  test('has its ranking of unread records', async () => {
    const { ranking } = await readLabels(bytes, 'project.asreview');
    expect(ranking?.map(({ title }) => title)).toEqual([
      'Coffee at night',
      'Noise in wards',
      'Tea and alertness',
    ]);
  });
});

describe('a project of ours', () => {
  test('has tables, labels and ranking as ASReview has them', async () => {
    const files = unzipSync(await exportReview(REVIEW, 'asreview'));
    expect(Object.keys(files).sort()).toEqual([
      'data/papers.csv',
      'feature_matrices/',
      'project.json',
      'results.db',
    ]);
    const { result } = await withDatabase(files['results.db'], (database) => ({
      version: database.select('PRAGMA user_version'),
      results: database.select(
        'SELECT record_id, label, querier, training_set, time, note FROM results ORDER BY rowid',
      ),
      ranking: database.select('SELECT record_id FROM last_ranking ORDER BY ranking'),
    }));
    expect(result).toEqual({
      version: [{ user_version: 3 }],
      results: [
        { record_id: 0, label: 1, querier: null, training_set: null, time: 1767323040, note: null },
        {
          record_id: 4,
          label: 0,
          querier: 'max',
          training_set: 1,
          time: 1767323100,
          note: 'wrong population\nof mice',
        },
      ],
      ranking: [{ record_id: 2 }, { record_id: 3 }, { record_id: 1 }],
    });
  });

  test('is the same, byte for byte, each time', async () => {
    expect(await exportReview(REVIEW, 'asreview')).toEqual(await exportReview(REVIEW, 'asreview'));
  });

  test('has the same labels when it is read again', async () => {
    await fc.assert(
      fc.asyncProperty(randomWholeReview, async (review) => {
        const file = await readLabels(await exportReview(review, 'asreview'), 'review.asreview');
        const { labels, unmatched, problems } = matchLabels(
          file,
          review.all.map(({ paper }) => paper),
        );
        expect({ unmatched, problems }).toEqual({ unmatched: [], problems: [] });
        const decided = review.all.filter(({ abstract }) => abstract === 'include' || abstract === 'exclude');
        expect(new Map(labels.map(({ paper, row }) => [paper, row.decision]))).toEqual(
          new Map(decided.map(({ paper, abstract }) => [paper.id, abstract])),
        );
      }),
      { numRuns: 10 },
    );
  });
});

test('leaves no files behind', async () => {
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await expect(withDatabase(undefined, (database) => database.execute('SELECT nonsense'))).rejects.toThrow(
    /nonsense/,
  );
  await withDatabase(undefined, (database) => database.execute(TABLES));
  expect(readdirSync(folder)).toEqual([]);
});

describe('refuses', () => {
  const config = strToU8('{"version": "1.6"}');
  test.each([
    ['an archive of something else', zipSync({ 'a.txt': strToU8('a') }), 'it has no project.json'],
    [
      'a project of version 1',
      zipSync({ 'project.json': config }),
      'it has no results.db (written by version 1.6)',
    ],
    [
      'a project with a broken database',
      zipSync({ 'project.json': config, 'results.db': strToU8('not a database'.repeat(100)) }),
      'its database cannot be read',
    ],
    ['an archive that is cut off', MADE_BY_ASREVIEW.subarray(0, 1000), 'invalid zip data'],
  ])('%s', async (_, bytes, reason) => {
    await expect(readLabels(bytes, 'p.asreview')).rejects.toThrow(
      `p.asreview is not an ASReview project: ${reason}`,
    );
  });
});

/** Path of a Python that has ASReview 3. */
const PYTHON = process.env.PAPER_SEARCH_ASREVIEW;
const LOAD = `
import json, sys, tempfile
from asreview.project.api import Project
project = Project.load(sys.argv[1], tempfile.mkdtemp(dir=sys.argv[2]))
with project.db as db:
    db._is_valid()
    print(json.dumps([db.get_results_table()[["record_id", "label"]].values.tolist(), db.get_pool().tolist(),
                      db.get_priors()["record_id"].tolist(), len(project.read_input_data())]))
`;

test.skipIf(PYTHON === undefined)('ASReview opens a project of ours (PAPER_SEARCH_ASREVIEW)', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'review.asreview');
  await writeFile(file, await exportReview(REVIEW, 'asreview'));
  const { stdout } = await promisify(execFile)(PYTHON!, ['-c', LOAD, file, folder], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual([
    [
      [0, 1],
      [4, 0],
    ],
    [2, 3, 1],
    [0],
    5,
  ]);
});
