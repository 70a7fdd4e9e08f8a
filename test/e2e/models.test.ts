import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { collectionOf } from '../support/collection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeTinyModel } from '../support/tiny-model.ts';
import { topicRecords } from '../support/topic-records.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

const SAMPLE = fileURLToPath(new URL('../../data', import.meta.url));

let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-models-'));
  env = { PAPER_SEARCH_MODELS: join(folder, 'models') };
  for (const [name, seed] of [
    ['one', 1],
    ['two', 2],
  ] as const) {
    await writeTinyModel(join(folder, name), { kind: 'embedding', seed, hidden: 32 * seed });
    const added = await run('model', 'add', name, '--from', join(folder, name));
    expect(added.stderr).toBe('');
    expect(added.exitCode).toBe(0);
  }
  return () => rm(folder, { recursive: true });
});

const run = (...args: string[]) => runCli(args, { env });

async function newIndex(...args: string[]): Promise<string> {
  const index = join(await temporaryFolder(), 'index');
  const made = await run('ingest', SAMPLE, '--index', index, ...args);
  expect(made.exitCode).toBe(0);
  return index;
}

async function modelOf(index: string): Promise<{ name: string; dimension: number }> {
  return JSON.parse((await run('stats', '--index', index, '--json')).stdout).model;
}

describe('an index with an added model', () => {
  test('is searched and extended by that model without naming it', async () => {
    const index = await newIndex('--model', 'one');
    expect(await modelOf(index)).toMatchObject({ name: 'one', dimension: 32 });
    const found = await run('search', 'self-improvement', '--index', index, '--mode', 'semantic', '--json');
    expect(JSON.parse(found.stdout).hits).toHaveLength(6);
    const again = JSON.parse((await run('ingest', SAMPLE, '--index', index, '--json')).stdout);
    expect(again).toMatchObject({ papers: 6, encoded: 0 });
  });

  test('refuses another one, and says what to run', async () => {
    const index = await newIndex('--model', 'one');
    const refused = await run('ingest', SAMPLE, '--index', index, '--model', 'two');
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain(`paper-search model use two --index ${index}`);
  });

  test('changes its model, and says so when the model is not installed', async () => {
    const index = await newIndex('--model', 'one');
    const used = await run('model', 'use', 'two', '--index', index, '--json');
    expect(JSON.parse(used.stdout)).toMatchObject({ model: 'two', papers: 6, encoded: 6 });
    expect(await modelOf(index)).toMatchObject({ name: 'two', dimension: 64 });
    const elsewhere = await runCli(['search', 'stars', '--index', index], {
      env: { PAPER_SEARCH_MODELS: await temporaryFolder() },
    });
    expect(elsewhere.exitCode).toBe(3);
    expect(elsewhere.stderr).toMatch(/has two .*model add two --from .*model use all-MiniLM-L6-v2/);
  });
});

describe('calibration', () => {
  test('records the values that it fits, with which the index is then searched', async () => {
    const record = topicRecords();
    const records = Array.from({ length: 120 }, (_, n) => JSON.stringify(record(`p${n}`)));
    const papers = join(await temporaryFolder(), 'papers.jsonl');
    await writeFile(papers, records.join('\n'));
    const index = join(await temporaryFolder(), 'index');
    expect((await run('ingest', papers, '--index', index, '--model', 'one')).exitCode).toBe(0);
    const { stdout, exitCode } = await run(
      'model',
      'calibrate',
      'one',
      '--index',
      index,
      '--queries',
      '160',
      '--json',
    );
    expect(exitCode).toBe(0);
    const { titleWeight, ...ranking } = JSON.parse(stdout).after;
    const shown = JSON.parse((await run('model', 'show', 'one', '--json')).stdout);
    expect(shown).toMatchObject({ titleWeight, ranking });
    const other = await run('model', 'calibrate', 'all-MiniLM-L6-v2', '--index', index, '--queries', '160');
    expect(other.stdout).toMatch(/^keyword share +0\.\d+ +0\.\d+$/m);
    expect(other.stdout).toContain('keeps its values');
  });

  test('explains what is wrong with the request', async () => {
    const index = await newIndex('--model', 'one');
    const few = await run('model', 'calibrate', 'one', '--index', index);
    expect(few.exitCode).toBe(1);
    expect(few.stderr).toContain('The 6 papers of the index are enough for 0');
    const misplaced = await run('model', 'show', 'one', '--seed', '2');
    expect(misplaced.exitCode).toBe(2);
    expect(misplaced.stderr).toContain('--seed is only for "model calibrate".');
  });
});

test('doctor tries the model of the index', async () => {
  const index = await newIndex('--model', 'one');
  const { stdout } = await run('doctor', '--index', index, '--json');
  const { checks } = JSON.parse(stdout) as { checks: { name: string; found: string }[] };
  expect(checks.find(({ name }) => name === 'model')?.found).toMatch(/^one, digest [0-9a-f]{12}, ran in/);
});

describe('an added cross-encoder', () => {
  const QUERY = 'self-improvement of language models';

  beforeAll(async () => {
    const words = ['language', 'models', 'learning', 'the', 'of'];
    await writeTinyModel(join(folder, 'pairs'), { kind: 'reranker', words, positions: 128 });
    const added = await run('model', 'add', 'pairs', '--from', join(folder, 'pairs'));
    expect(added.stdout).toContain('Use it with "paper-search search … --rerank pairs".');
    return () => run('model', 'remove', 'pairs');
  });

  test('is listed and shown', async () => {
    expect((await run('model', 'list')).stdout).toMatch(/^pairs .* reranker, 128 tokens; folder: /m);
    expect((await run('model', 'show', 'pairs')).stdout).toMatch(/task +reranking\nlogits +1\nweight +1\n/);
    const used = await run('ingest', SAMPLE, '--index', await temporaryFolder(), '--model', 'pairs');
    expect(used.stderr).toContain('"pairs" is a reranker');
  });

  test('reranks the answers of the command line and of a server, in its own process', async () => {
    const index = await newIndex('--model', 'one');
    const asked = [QUERY, '--index', index, '--rerank', 'pairs', '--rerank-depth', '4', '--no-fallback'];
    const shown = await run('search', ...asked, '--explain', '--mode', 'keyword');
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toContain('The first 4 papers were reranked by pairs.');
    expect(shown.stdout).toMatch(/cross-encoder \d+\.\d+ \(pairs: \d\.\d\d\)/);
    const answer = JSON.parse((await run('search', ...asked, '--json')).stdout);
    expect(answer.reranked).toEqual({ by: 'pairs', papers: 4, outOfTime: false });

    const { child, url } = await startServer(['--index', index], { env });
    onTestFinished(async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
    const parameters = new URLSearchParams({ q: QUERY, rerankBy: 'pairs', rerank: '4', fallback: 'false' });
    const response = await validatedFetch(`${url}/v1/search?${parameters}`);
    const served = (await response.json()) as typeof answer;
    expect(served.reranked).toEqual(answer.reranked);
    const scores = ({ hits }: typeof answer) =>
      hits.map(({ paper, score }: { paper: { id: string }; score: number }) => [paper.id, score]);
    expect(scores(served)).toEqual(scores(answer));
  });

  test('is measured by evaluate, which says what it cannot rerank', async () => {
    const index = await newIndex('--model', 'one');
    const { hits } = JSON.parse((await run('search', QUERY, '--index', index, '--json')).stdout);
    const last = hits.at(-1).paper.id;
    const collection = await collectionOf([{ _id: 'q', text: QUERY }], { test: [`q\t${last}\t1`] });
    const measure = async (...args: string[]) => {
      const result = await run('evaluate', collection, '--index', index, '--no-fallback', '--json', ...args);
      expect(result.exitCode).toBe(0);
      return { ...result, measured: JSON.parse(result.stdout) };
    };
    const first = await measure('--mode', 'keyword');
    const reranked = await measure('--mode', 'keyword', '--rerank', 'pairs');
    expect(reranked.stderr).not.toContain('not reranked');
    expect(reranked.measured[0]['mrr@10']).not.toBe(first.measured[0]['mrr@10']);
    const sentences = await measure('--mode', 'keyword', '--rerank', 'sentences');
    expect(sentences.stderr).toContain('keyword: one answer was not reranked.');
    expect(sentences.measured).toEqual(first.measured);
    const unknown = await run('evaluate', collection, '--index', index, '--rerank', 'nobody');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('Known are: sentences, likely-sentences, pairs.');
  });
});

test('a server takes over the new vectors of an index whose model changes, without failing a request', async () => {
  const index = await newIndex('--model', 'one');
  const { child, url } = await startServer(['--index', index], { env });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const stats = async () => (await fetch(`${url}/v1/stats`)).json() as Promise<{ model: { name: string } }>;
  const search = async (n: number) => {
    const response = await fetch(`${url}/v1/search?q=language+models+${n}&mode=semantic`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { hits: unknown[] }).hits.length;
  };
  // Warm: from here on, no request may fail.
  await expect.poll(async () => (await fetch(`${url}/ready`)).status, { timeout: 20_000 }).toBe(200);
  const changing = run('model', 'use', 'two', '--index', index);
  let asked = 0;
  while ((await stats()).model.name === 'one') expect(await search(asked++)).toBe(6);
  expect((await changing).exitCode).toBe(0);
  expect(await search(asked)).toBe(6);
  expect(asked).toBeGreaterThan(0);
});

describe('paper-search model', () => {
  test('lists the bundled and the added models', async () => {
    const { stdout } = await run('model', 'list');
    expect(stdout).toMatch(/^all-MiniLM-L6-v2 .*\none .* 32 numbers.*\ntwo .* 64 numbers/s);
    const listed = JSON.parse((await run('model', 'list', '--json')).stdout);
    expect(listed).toMatchObject({ folder: env.PAPER_SEARCH_MODELS, unusable: [] });
  });

  test.each([
    [['show'], 2, 'Name the model'],
    [['show', 'three'], 1, 'There is no model "three"'],
    [['use', 'one', '--hub', 'a/b'], 2, '--hub is only for "model add"'],
    [['add', 'three'], 2, '--from'],
    [['use', 'one', '--index', '/nonexistent'], 3, 'paper-search ingest'],
    [['remove', 'all-MiniLM-L6-v2'], 2, 'cannot be removed'],
    [['dance'], 2, 'list, show, add, calibrate, use, remove'],
  ])('%j: exit code %i and an error that says what to do', async (args, exitCode, message) => {
    const result = await run('model', ...args);
    expect(result.stderr).toContain(message);
    expect(result.exitCode).toBe(exitCode);
  });

  test('removes a model', async () => {
    await writeTinyModel(join(folder, 'three'), { kind: 'embedding' });
    await run('model', 'add', 'three', '--from', join(folder, 'three'));
    expect((await run('model', 'remove', 'three')).stdout).toContain('Removed');
    expect((await run('model', 'list')).stdout).not.toContain('three');
  });
});
