import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';

// The product as it is used: the built command line and its server, the real model, the sample corpus.
let folder = '';
let index = '';
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-e2e-'));
  index = join(folder, 'index');
  const { exitCode, stdout, stderr } = await runCli(['ingest', 'data', '--index', index]);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('Read 6 papers');
  expect(stderr).toContain('Encoding: 6 of 6 papers');
  server = await startServer(['--index', index]);
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const SELF_CORRECT = 'Training Language Models to Self-Correct via Reinforcement Learning';
const COUNTERFACTUAL = 'Reasoning Elicitation in Language Models via Counterfactual Feedback';
const SHARPENING = 'Self-Improvement in Language Models: The Sharpening Mechanism';
const REGENESIS = 'ReGenesis: LLMs can Grow into Reasoning Generalists via Self-Improvement';
const MIND_THE_GAP = 'Mind the Gap: Examining the Self-Improvement Capabilities of Large Language Models';
const DYNAMICS = 'Learning Dynamics of LLM Finetuning';

async function json(...args: string[]) {
  const { stdout, stderr, exitCode } = await runCli([...args, '--json', '--index', index]);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}
/** The answer of the server: a process for each of many questions takes longer than all of their answers. */
async function ask(q: string, mode = 'hybrid') {
  const answer = await fetch(`${server.url}/search?${new URLSearchParams({ q, mode })}`);
  expect(answer.status).toBe(200);
  return JSON.parse(await answer.text());
}
const titlesOf = ({ hits }: { hits: { paper: { title: string } }[] }) => hits.map(({ paper }) => paper.title);

describe('questions', () => {
  test.each(['hybrid', 'keyword', 'semantic'])(
    'papers about self-improvement, %s: the three that are',
    async (mode) => {
      const titles = titlesOf(await ask('papers about self-improvement', mode));
      expect(titles.slice(0, 3).sort()).toEqual([MIND_THE_GAP, REGENESIS, SHARPENING]);
    },
  );

  test.each(['self improvement', 'selfimprovement', 'Self–Improvement?'])(
    '%s finds the same',
    async (query) => {
      expect(titlesOf(await ask(query))).toEqual(titlesOf(await json('search', 'self-improvement')));
    },
  );

  test.each([
    ['teaching a model to fix its own mistakes with RL', SELF_CORRECT],
    ['gains on Gemini when answers are revised over several turns', SELF_CORRECT],
    ['what-if questions to test causal understanding', COUNTERFACTUAL],
    ['inductive and deductive logic skills', COUNTERFACTUAL],
    ['coverage and exploration in RLHF versus SFT', SHARPENING],
    ['is it possible to create new information from nothing', SHARPENING],
    ['synthesizing chains of thought without human annotation', REGENESIS],
    ['out-of-domain generalization of post-training', REGENESIS],
    ['generation-verification gap', MIND_THE_GAP],
    ['reweighting data by verification and distilling it', MIND_THE_GAP],
    ['why do models hallucinate after instruction tuning', DYNAMICS],
    ['why preference optimization makes good answers less probable', DYNAMICS],
  ])('%s', async (question, title) => {
    expect(titlesOf(await ask(question))[0]).toBe(title);
  });
});

describe('trust', () => {
  test.each([
    ['strong', 'papers about self-improvement'],
    ['strong', '"sharpening mechanism"'],
    ['strong', 'author:sutherland'],
    ['none', 'a recipe for lentil soup'],
    ['none', '"lentil soup"'],
  ])('%s: %s', async (level, query) => {
    expect((await ask(query)).confidence.level).toBe(level);
  });

  test('says when a query is outside the corpus', async () => {
    const { stdout } = await runCli(['search', 'lentil', 'soup', '--index', index]);
    expect(stdout).toMatch(/^No relevant papers were found/);
  });

  test('answers filters alone by date, without scores', async () => {
    const { stdout, exitCode } = await runCli(['search', '--venue', 'ICLR', '--index', index]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1–6 of 6');
    expect(stdout).not.toMatch(/score|relevant/);
  });

  test('explains scores that add up, and quotes a sentence of the abstract', async () => {
    const { hits } = await json('search', 'generation-verification gap', '--explain', '-n', '2');
    for (const { score, paper, explanation } of hits) {
      const sum = explanation.parts.reduce((total: number, part: { score: number }) => total + part.score, 0);
      expect(sum).toBeCloseTo(score, 5);
      expect(paper.abstract).toContain(explanation.semantic.sentence.text);
      expect(explanation.summary).not.toBe('');
    }
  });

  test('answers a misspelt query as it was meant, and says so', async () => {
    const { stdout } = await runCli(['search', 'sharpning mechansm', '-n', '1', '--index', index]);
    expect(stdout).toMatch(/^Showing results for: sharpening mechanism\n/);
    expect(stdout).toContain(SHARPENING);
  });
});

describe('the command line', () => {
  test('search prints readable hits', async () => {
    const { stdout, stderr } = await runCli(['search', 'squeezing', 'effect', '-n', '1', '--index', index]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/hybrid: 1–1 of 6/);
    expect(stdout).toContain(` 1. ${DYNAMICS}`);
    expect(stdout).toContain(
      'YI REN, Danica Sutherland · ICLR 2025 · Oral Session 6A, Hall 1 Apex, 2025-04-26 01:30',
    );
    expect(stdout).toContain('squeezing effect');
  });

  test('related lists every other paper, and not the paper itself', async () => {
    const [first] = (await json('search', 'sharpening mechanism', '--mode', 'keyword')).hits;
    const related = await json('related', first.paper.id);
    expect(related.seeds.positive[0].title).toBe(SHARPENING);
    expect(titlesOf(related)).toHaveLength(5);
    expect(titlesOf(related)).not.toContain(SHARPENING);
    expect(titlesOf(related)[0]).toBe(MIND_THE_GAP);
  });

  test('stats prints counts', async () => {
    expect(await json('stats')).toMatchObject({
      papers: 6,
      withoutAbstract: 0,
      model: { name: 'all-MiniLM-L6-v2' },
    });
    expect((await runCli(['stats', '--index', index])).stdout).toMatch(/^papers +6/);
  });

  test('verify distinguishes a complete index from a damaged one, and names the damaged file', async () => {
    const place = join(folder, 'damaged-index');
    await cp(index, place, { recursive: true });
    expect(await runCli(['verify', '--index', place])).toMatchObject({ exitCode: 0, stderr: '' });
    const current = (await readFile(join(place, 'CURRENT'), 'utf8')).trim();
    const file = join(place, current, 'vectors.f32');
    const bytes = await readFile(file);
    await writeFile(file, bytes.with(100, bytes[100]! ^ 1));
    const { exitCode, stderr } = await runCli(['verify', '--index', place]);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(`${file}: its content`)]);
  });

  test('repeating an ingest changes nothing', async () => {
    const { snapshot } = await json('stats');
    expect(await json('ingest', 'data')).toMatchObject({ unchanged: 6, added: 0, encoded: 0, snapshot });
  });

  test('rejected records set the exit code and are in the report; why and remove take a paper', async () => {
    const other = await mkdtemp(join(tmpdir(), 'paper-search-rejected-'));
    const file = join(other, 'papers.jsonl');
    const again = join(other, 'again.jsonl');
    const record = { title: 'A Paper in Two Files', authors: ['Ann Lee'] };
    await writeFile(file, `${JSON.stringify(record)}\nbroken\n`);
    await writeFile(again, `${JSON.stringify({ ...record, doi: '10.1000/x' })}\n`);
    const run = (...args: string[]) => runCli([...args, '--index', join(other, 'index')]);
    const dry = await run('ingest', other, '--dry-run');
    expect([dry.exitCode, dry.stdout]).toEqual([6, expect.stringContaining('2 papers')]);
    expect((await run('stats')).exitCode).toBe(3);
    const report = join(other, 'report.txt');
    const { exitCode, stdout } = await run('ingest', file, again, '--report', report);
    expect([exitCode, stdout]).toEqual([6, expect.stringContaining(`${file}:2: Not valid JSON`)]);
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ added: 1, duplicate: 1, papers: 1 });
    expect((await run('why', 'doi:10.1000/x')).stdout).toContain('made from 2 records');
    expect((await run('remove', '--source', file, '--json')).stdout).toContain('"records": 1');
    expect((await run('remove', 'nobody')).exitCode).toBe(1);
    await rm(other, { recursive: true });
  });

  test('with --json, a report that cannot be written causes one error', async () => {
    const args = [
      'ingest',
      'data',
      '--dry-run',
      '--json',
      '--report',
      join(folder, 'nowhere', 'report.json'),
    ];
    const { exitCode, stdout } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error.message).toMatch(/could not be written.*Everything else was done/);
  });

  test('--map names the columns of a table', async () => {
    const file = join(folder, 'foreign.csv');
    await writeFile(file, 'Überschrift;Inhalt\nKühe;Wir zählen Kühe.\n');
    const { exitCode, stdout } = await runCli([
      ...['ingest', file, '--dry-run', '--json'],
      ...['--map', 'title=Überschrift,abstract=Inhalt'],
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).examples).toMatchObject([{ title: 'Kühe', abstract: 'Wir zählen Kühe.' }]);
    const wrong = await runCli(['ingest', file, '--map', 'headline=Überschrift']);
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('The fields are id, title') });
  });

  test('ingest reads standard input', async () => {
    const other = join(folder, 'stdin-index');
    const input = `${JSON.stringify({ id: 'x', title: 'Piped' })}\n`;
    const { stdout, exitCode } = await runCli(['ingest', '-', '--index', other, '--json'], { input });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ added: 1, withoutAbstract: 1 });
  });

  test('evaluate measures a collection', async () => {
    const collection = join(folder, 'collection');
    const write = async (name: string, lines: string[]) =>
      writeFile(join(collection, name), `${lines.join('\n')}\n`);
    await mkdir(join(collection, 'qrels'), { recursive: true });
    await write('corpus.jsonl', [
      '{"_id":"1","title":"Cats","text":"A cat purrs."}',
      '{"_id":"2","title":"Dogs","text":"A dog barks."}',
    ]);
    await write('queries.jsonl', [
      '{"_id":"q","text":"which animal purrs?"}',
      '{"_id":"r","text":"unjudged"}',
    ]);
    await write('qrels/test.tsv', ['query-id\tcorpus-id\tscore', 'q\t1\t1']);
    const other = join(folder, 'collection-index');
    expect((await runCli(['ingest', collection, '--index', other])).exitCode).toBe(0);
    const { stdout } = await runCli(['evaluate', collection, '--index', other, '--json']);
    const found = { 'ndcg@10': 1, map: 1, 'mrr@10': 1, 'recall@10': 1, 'recall@100': 1, 'success@1': 1 };
    expect(JSON.parse(stdout)).toEqual(
      ['keyword', 'semantic', 'hybrid'].map((mode) => ({
        mode,
        qrels: 'test',
        queries: 1,
        ...found,
        perQuery: [{ id: 'q', ...found }],
      })),
    );
    const run = join(folder, 'a.run');
    await runCli(['evaluate', collection, '--index', other, '--mode', 'hybrid', '--run', run]);
    const scored = await runCli(['evaluate', collection, '--score', run, '--json']);
    expect(JSON.parse(scored.stdout)).toMatchObject([{ mode: 'paper-search-hybrid', ...found }]);
  });

  test('evaluate works without a collection', async () => {
    const { stdout } = await runCli([
      'evaluate',
      '--known-item',
      '--queries',
      '3',
      '--index',
      index,
      '--json',
    ]);
    const results: { mode: string; kind: string; queries: number; 'recall@10': number }[] =
      JSON.parse(stdout);
    expect(results.map(({ mode, kind }) => `${mode} ${kind}`)).toEqual([
      'keyword sentence',
      'keyword title',
      'semantic sentence',
      'semantic title',
      'hybrid sentence',
      'hybrid title',
    ]);
    for (const result of results) expect(result).toMatchObject({ queries: 3, 'recall@10': 1 });
  });
});

describe('errors are reported', () => {
  test.each([
    [['search', 'x', '--index', 'nowhere'], 3, /no index in "nowhere".*paper-search ingest/],
    [['related', 'nobody'], 1, /no paper with id "nobody"/],
    [['search'], 2, /query is empty: say what to look for/],
    [['search', 'x', '--mode', 'fuzzy'], 2, /Allowed choices are hybrid, keyword, semantic/],
    [['search', 'x', '--limit', 'ten'], 2, /whole number/],
    [['tune'], 1, /at least 50 queries.*The 6 papers of the index are enough for 0/],
    [['tune', '--queries', '10'], 2, /whole number of at least 50/],
    [['evaluate'], 2, /Name the folder of a collection/],
    [['evaluate', 'nowhere', '--known-item'], 2, /--known-item without one/],
    [['evaluate', 'nowhere', '--mode', 'keyword,vague'], 2, /keyword, semantic, hybrid, related/],
    [['ingest', 'nowhere'], 2, /Cannot read "nowhere": no such file/],
    [['ingest', 'package.json'], 1, /cannot be read: it seems to be JSON/],
    [['ingest', 'data', '--year', '25'], 2, /whole number from 1000 to 9999/],
    [['serve', '--port', '70000'], 2, /whole number from 0 to 65535/],
    [['bogus'], 2, /Unknown command 'bogus'/],
  ])('%o exits %i', async (args, exitCode, message) => {
    const result = await runCli(args.includes('--index') ? args : [...args, '--index', index]);
    expect(result.stderr).toMatch(message);
    expect(result.stdout).toBe('');
    expect(result.exitCode).toBe(exitCode);
  });

  test.each([
    [],
    ['ingest'],
    ['fetch'],
    ['sync'],
    ['search'],
    ['related'],
    ['serve'],
    ['stats'],
    ['verify'],
    ['remove'],
    ['why'],
    ['evaluate'],
    ['tune'],
  ])('%s --help shows its usage', async (...command) => {
    const { stdout, exitCode } = await runCli([...command, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: paper-search');
    if (command.length > 0) expect(stdout).toMatch(/Examples?:\n {2}\$ paper-search/);
  });
});
