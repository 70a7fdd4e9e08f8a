import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/serve/http/app.ts';
import { PAPERS } from '../serve/compat/arxiv/papers.ts';
import { listening } from '../support/listening.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/clients/arxiv_client.py', import.meta.url));
/** A Python with the package, if there is one. */
const PYTHON = process.env.PAPER_SEARCH_TEST_PYTHON ?? 'python3';
const without = withoutPackage();

const more = Array.from({ length: 4 }, (_, i) => paperOf({ title: `Gap number ${i}`, year: 2000 + i }));

let url = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver([...PAPERS, ...more]);
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(() => close());

test.skipIf(without)(`the Python package arxiv${without ?? ''}`, { timeout: 60_000 }, async () => {
  const { stdout, stderr } = await promisify(execFile)(PYTHON, [SCRIPT, url]);
  // It warns about entries that it cannot use.
  expect(stderr).toBe('');
  const answers = JSON.parse(stdout);
  const idsOf = (name: string) => answers[name].map(({ id }: { id: string }) => id);
  expect(new Set(idsOf('paged')).size).toBe(8);
  expect(idsOf('limited')).toEqual(idsOf('paged').slice(0, 2));
  expect(idsOf('offset')).toEqual(idsOf('paged').slice(2));
  expect(idsOf('quoted')).toEqual(['2412.02674']);
  expect(idsOf('author').length).toBe(2);
  expect(answers.listed).toEqual([
    {
      id: '2412.02674',
      title: 'Minding the Gap in Self-Improvement',
      summary: expect.stringMatching(/^A gap & more\.\s+We mind <it>/),
      authors: ['Yuda Song', 'Adrian Del Maestro'],
      published: '2024-12-03T00:00:00+00:00',
      updated: '2024-12-03T00:00:00+00:00',
      categories: ['cs.LG', 'cs.AI'],
      primary: 'cs.LG',
      doi: '10.1000/gap',
      journal: 'ICLR',
      pdf: 'https://arxiv.org/pdf/2412.02674',
    },
  ]);
  expect(idsOf('both')).toEqual(['2412.02674']);
  expect(idsOf('dated')).toEqual(['2412.02674']);
  expect(answers.none).toEqual([]);
  // A paper without a date is included.
  expect(answers.oldest[0]).toMatchObject({ title: 'A Gap in Time', published: '0001-01-01T00:00:00+00:00' });
  expect(answers.refused).toBe(400);
});

/** Why the test cannot run, as a part of its name. */
function withoutPackage(): string | undefined {
  try {
    execFileSync(PYTHON, ['-c', 'import arxiv'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `: ${PYTHON} does not have it (pip install arxiv, or set PAPER_SEARCH_TEST_PYTHON)`;
  }
}
