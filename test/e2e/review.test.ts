import { once } from 'node:events';
import { cp, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { ROOT } from '../support/markdown.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DOCS = join(ROOT, 'docs/screening');
let prepared: string;

beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), 'paper-search-e2e-'));
  const files = [join(DOCS, 'pubmed.nbib'), join(DOCS, 'eric.ris')];
  const args = ['ingest', ...files, '--index', join(prepared, 'index'), '--no-corpus-map'];
  expect(await runCli(args)).toMatchObject({ exitCode: 0 });
});
afterAll(() => rm(prepared, { recursive: true, force: true }));

/** A copy of the index, and commands for its reviews. */
async function library() {
  const folder = await temporaryFolder();
  await cp(join(prepared, 'index'), join(folder, 'index'), { recursive: true });
  const run = (args: readonly string[], input?: string) =>
    runCli(['review', ...args], { cwd: folder, ...(input !== undefined && { input }) });
  const review = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return stdout;
  };
  const json = async (...args: string[]) => JSON.parse(await review(...args, '--json'));
  return { folder, run, review, json };
}

const CRITERIA = join(DOCS, 'criteria.md');
const garden = (number: number) => `doi:10.5555/garden.${String(number).padStart(2, '0')}`;

test('reviews run from criteria to decisions of both stages', async () => {
  const { folder, run, review, json } = await library();
  await writeFile(join(folder, 'known.txt'), `10.5555/garden.01\n${JSON.stringify({ id: garden(2) })}\n`);
  const made = await review(
    ...['new', 'School gardens', '--criteria', CRITERIA, '--include-known', 'known.txt'],
    ...[
      '--query',
      'garden OR vegetable*',
      '--mode',
      'keyword',
      '--year',
      '>=2011',
      '--keyword-only',
      '--by',
      'ada',
    ],
  );
  expect(made).toContain('School gardens (school-gardens), created');
  expect(made).toContain('Do school gardens raise the fruit and vegetable intake of children?');
  expect(made).toContain('2 included');
  const { papers } = await json('show', 'school gardens');
  expect(papers).toBeGreaterThan(15);
  expect(papers).toBeLessThan(32);

  const [first] = (await json('next', 'school-gardens', '--by', 'ada')).suggestions;
  expect(first.rank).toBe(1);
  const excluded = await json(
    'label',
    'school-gardens',
    garden(10),
    'exclude',
    '--reason',
    '6',
    '--by',
    'ada',
  );
  expect(excluded.label).toMatchObject({ decision: 'exclude', reasons: ['no outcome'], by: 'ada' });
  await review('label', 'school-gardens', garden(3), 'maybe', '--note', 'which comparison?', '--by', 'ada');
  expect(await review('conflicts', 'school-gardens', '--by', 'ada')).toContain('| which comparison?');
  await review('settle', 'school-gardens', garden(3), 'include', '--by', 'bo');
  await review('retrieved', 'school-gardens', garden(2), '--not');
  await review(
    'label',
    'school-gardens',
    garden(1),
    'exclude',
    '--stage',
    'full-text',
    '--reason',
    'no comp',
    '--by',
    'ada',
  );
  const one = await json('papers', 'school-gardens', garden(1), '--by', 'ada');
  expect(one).toMatchObject({ abstract: 'include', fullText: 'exclude' });
  expect(await review('papers', 'school-gardens', '--standing', 'include', '--by', 'ada')).toContain(
    '3 papers',
  );
  expect(await review('progress', 'school-gardens', '--by', 'ada')).toContain('Full texts: 3 papers: 1 read');
  expect(await json('replay', 'school-gardens')).toMatchObject({ same: true });

  await review(
    'source',
    'school-gardens',
    'PubMed',
    '--query',
    'garden*',
    '--date',
    '2026-11-02',
    '--records',
    '30',
  );
  await review('amend', 'school-gardens', '--name', 'Gardens', '--target', '90%');
  expect(await json('pool', 'Gardens', '--query', '')).toMatchObject({ papers: 32 });
  const shown = await review('show', 'school-gardens');
  expect(shown).toContain('PubMed, 2026-11-02, 30 records, garden*');
  expect(shown).toContain('Target: 90 % of the includes');

  const wrong = [
    [['show', 'worms'], 1, 'There is no review "worms". There are: school-gardens.'],
    [['new', 'x'], 2, 'A review needs a question'],
    [['label', 'gardens', 'nothing', 'include'], 1, 'has no paper "nothing"'],
    [['label', 'gardens', garden(4), 'exclude', '--reason', 'dull'], 2, '"dull" is not a criterion'],
  ] as const;
  for (const [args, exitCode, message] of wrong) {
    expect(await run(args), args.join(' ')).toMatchObject({
      exitCode,
      stderr: expect.stringContaining(message),
    });
  }
  await review('remove', 'gardens');
  expect(await review('list')).toContain('has no reviews');
  expect(await runCli(['review', 'list'], { cwd: join(folder, 'index') })).toMatchObject({ exitCode: 3 });
}, 300_000);

test('two reviewers are blind until both have decided', async () => {
  const { run, review, json } = await library();
  await review('new', 'two', '--criteria', CRITERIA, '--reviewers', '2', '--keyword-only');
  const label = (by: string, number: number, ...what: string[]) =>
    review('label', 'two', garden(number), ...what, '--by', by);
  await label('ada', 1, 'include');
  expect((await json('papers', 'two', garden(1), '--by', 'bo')).labels).toEqual([]);
  await label('bo', 1, 'include');
  await label('ada', 2, 'include');
  await label('bo', 2, 'exclude', '--reason', 'no outcome');
  expect((await json('conflicts', 'two', '--by', 'bo')).papers).toMatchObject([{ paper: { id: garden(2) } }]);
  expect(await review('agreement', 'two')).toContain('ada and bo, abstracts: 2 papers');
  expect(await run(['label', 'two', garden(2), 'include', '--by', 'cy'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('garden.02'),
  });
}, 300_000);

test('screening from a script writes each decision, also when it is stopped', async () => {
  const { folder, run, review, json } = await library();
  await review('new', 'gardens', '--criteria', CRITERIA, '--keyword-only');
  const screened = await run(['screen', 'gardens', '--by', 'ada'], 'i\ne 6\nw\nn dull\nr 4\ne\nu\nq\n');
  expect(screened).toMatchObject({ exitCode: 0, stderr: '' });
  expect(screened.stdout).toContain('Excluded (no outcome):');
  expect(screened.stdout).toContain('Reasons: wrong population\nNote: dull');
  expect(screened.stdout).toMatch(/You decided about 2 papers\.\nRecall .*\n$/);
  expect((await json('show', 'gardens')).decided).toBe(2);

  const result = await run(['screen', 'gardens', '--by', 'ada', '--json'], 'i\n');
  expect(JSON.parse(result.stdout)).toMatchObject({ labels: 1, finished: false, interrupted: false });
  expect(await run(['screen', 'gardens'], 'z\ni\n')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('"z" is not a key'),
  });

  const child = startCli(['review', 'screen', 'gardens', '--by', 'ada'], folder);
  let shown = '';
  child.stdin!.write('i\n');
  for await (const chunk of child.stdout!) {
    shown += chunk;
    if (shown.includes('Included: ')) break;
  }
  child.kill('SIGINT');
  await once(child, 'exit');
  expect((await json('show', 'gardens')).decided).toBe(4);
  expect(await json('replay', 'gardens')).toMatchObject({ same: true });

  // A crash in the middle of a write.
  const log = join(folder, 'index/kept/reviews/gardens/log');
  await truncate(log, (await stat(log)).size - 3);
  expect(await run(['show', 'gardens'])).toMatchObject({ exitCode: 0 });
  expect((await json('show', 'gardens')).decided).toBe(3);
}, 300_000);
