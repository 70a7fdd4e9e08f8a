import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../data', import.meta.url));
let folder = '';
// The tests ignore the settings of the user who runs them.
const env = { PAPER_SEARCH_INDEX: '', XDG_CONFIG_HOME: '' };
const run = (args: string[], options: { input?: string; env?: Record<string, string> } = {}) =>
  runCli(args, { cwd: folder, ...options, env: { ...env, ...options.env } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-cli-'));
  env.PAPER_SEARCH_INDEX = join(folder, 'index');
  env.XDG_CONFIG_HOME = join(folder, 'user');
  const linked = { title: 'Gardens', abstract: 'Gardens on paper.', url: 'https://example.org/gardens' };
  await writeFile(join(folder, 'linked.jsonl'), JSON.stringify(linked));
  const { exitCode, stderr } = await run(['ingest', SAMPLE, 'linked.jsonl']);
  expect(exitCode, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const QUERY = ['search', 'self-improvement', '--mode', 'keyword', '-n', '2'];

describe('pipes', () => {
  test('search prints JSON lines, and related reads ids from them', async () => {
    const found = await run([...QUERY, '--format', 'jsonl']);
    const seeds = found.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(seeds).toMatchObject([
      { id: expect.any(String), rank: 1, score: expect.any(Number) },
      { rank: 2 },
    ]);
    const { stdout } = await run(['related', '-', '--json'], { input: found.stdout });
    const response = JSON.parse(stdout);
    const idsOf = (papers: { id: string }[]) => papers.map(({ id }) => id);
    expect(idsOf(response.seeds.positive)).toEqual(idsOf(seeds));
    expect(response.hits).toHaveLength(5);
  });

  test('search reads a query from standard input', async () => {
    const { stdout } = await run(['search', '-', '--json', '-n', '1'], {
      input: 'the sharpening mechanism\n',
    });
    expect(JSON.parse(stdout)).toMatchObject({ query: 'the sharpening mechanism', limit: 1 });
  });

  test('related refuses a line without an id, and names the line', async () => {
    const { exitCode, stderr } = await run(['related', '-'], { input: '{"title": "T"}\n' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('line 1');
  });
});

describe('formats', () => {
  test.each([
    ['bibtex', /^@\w+\{/],
    ['ris', /^TY {2}- /],
    ['csv', /title/],
    ['markdown', /^- \*\*Mind the Gap/],
    ['table', /keyword: 1–2 of /],
  ])('%s', async (format, begin) => {
    const { stdout, exitCode } = await run([...QUERY, '--format', format]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(begin);
  });

  test('treats --json as --format json', async () => {
    const parsed = async (...args: string[]) => {
      const { tookMs, ...rest } = JSON.parse((await run([...QUERY, ...args])).stdout);
      return rest;
    };
    expect(await parsed('--json')).toEqual(await parsed('--format', 'json'));
  });

  test('prints an error as JSON, too', async () => {
    const { stdout, exitCode } = await run(['related', 'nobody', '--format', 'json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('NOT_FOUND');
  });

  test('prints BibTeX that can be ingested again', async () => {
    const { stdout } = await run([...QUERY, '--format', 'bibtex']);
    await writeFile(join(folder, 'found.bib'), stdout);
    const preview = await run(['ingest', 'found.bib', '--dry-run', '--json']);
    expect(JSON.parse(preview.stdout)).toMatchObject({ papers: 2, rejected: [] });
  });
});

test('refuses --open for a hit that is not shown', async () => {
  const { exitCode, stderr } = await run([...QUERY, '--open', '9']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Hits 1 to 2 are shown.');
});

describe('settings', () => {
  const project = () => join(folder, 'paper-search.config.json');

  test('are read from options before the environment, and from the environment before the file', async () => {
    await writeFile(project(), JSON.stringify({ limit: 3, format: 'json' }));
    const limitOf = async (args: string[], variables = {}) =>
      JSON.parse((await run(['search', 'models', '--mode', 'keyword', ...args], { env: variables })).stdout)
        .limit;
    expect(await limitOf([])).toBe(3);
    expect(await limitOf([], { PAPER_SEARCH_LIMIT: '2' })).toBe(2);
    expect(await limitOf(['-n', '1'], { PAPER_SEARCH_LIMIT: '2' })).toBe(1);
    const { stdout } = await run(['config', '--json'], { env: { PAPER_SEARCH_LIMIT: '2' } });
    expect(JSON.parse(stdout).values).toEqual(
      expect.arrayContaining([
        { name: 'limit', value: 2, from: 'PAPER_SEARCH_LIMIT' },
        { name: 'format', value: 'json', from: expect.stringMatching(/paper-search\.config\.json$/) },
        { name: 'mode', value: 'hybrid', from: 'default' },
      ]),
    );
    await rm(project());
  });

  test('stop every command that would use an invalid value', async () => {
    await writeFile(project(), '{ "limit": "many" }');
    const stopped = await run(['search', 'models']);
    expect(stopped).toMatchObject({ exitCode: 2, stdout: '' });
    expect(stopped.stderr).toContain('limit: Expected a whole number of at least 1, got "many"');
    const doctor = await run(['doctor', '--json']);
    expect(doctor.exitCode).toBe(1);
    const { checks } = JSON.parse(doctor.stdout);
    expect(checks).toContainEqual(expect.objectContaining({ name: 'config', status: 'problem' }));
    expect((await run(['config'])).exitCode).toBe(2);
    expect((await run(['completion', 'bash'])).exitCode).toBe(0);
    await rm(project());
  });
});

describe('doctor', () => {
  test('finds no problems', async () => {
    const { stdout, exitCode } = await run(['doctor', '--json'], { env: { PAPER_SEARCH_PORT: '0' } });
    expect(exitCode, stdout).toBe(0);
    const { ok, checks } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual(
      'version node machine terminal config runtime model index files lock port token'.split(' '),
    );
    expect((await run(['doctor'])).stdout).toMatch(/Everything works\.\n$/);
  });

  test('finds a truncated file', async () => {
    const index = join(folder, 'cut');
    await run(['ingest', SAMPLE, '--index', index]);
    const snapshot = (await readFile(join(index, 'CURRENT'), 'utf8')).trim();
    const vectors = join(index, snapshot, 'vectors.f32');
    const bytes = await readFile(vectors);
    await writeFile(vectors, bytes.subarray(0, -4));
    const { stdout, exitCode } = await run(['doctor', '--index', index]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/index +WRONG +Damaged: .*vectors\.f32: it has \d+ bytes, \d+ were written/);
    expect(stdout).toContain('ingest --rebuild');
  });
});

const hasScript = await promisify(execFile)('script', ['--version']).then(
  ({ stdout }) => stdout.includes('util-linux'),
  () => false,
);

describe.skipIf(!hasScript)('on a terminal (skipped without script of util-linux)', () => {
  /** The output on a terminal of 20 lines. */
  async function terminal(args: string[], variables: Record<string, string> = {}) {
    const index = ['--mode', 'keyword', '--index', join(folder, 'index')];
    const command = ['stty rows 20 cols 100;', process.execPath, MAIN, ...args, ...index].join(' ');
    const { stdout } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], {
      env: { PATH: process.env.PATH, HOME: folder, TERM: 'xterm-256color', ...variables },
    });
    return stdout;
  }
  const LINK = '\u001b]8;;https://example.org/gardens\u001b\\';
  const BOLD = '\u001b[1m';

  test('colours, highlights, and links if the terminal can', async () => {
    const shown = await terminal(['search', 'gardens'], { FORCE_HYPERLINK: '1' });
    expect(shown).toContain(BOLD);
    expect(shown).toContain(LINK);
    expect(await terminal(['search', 'gardens'], { FORCE_HYPERLINK: '0' })).not.toContain(LINK);
    expect(await terminal(['search', 'gardens'], { NO_COLOR: '1' })).not.toContain(BOLD);
  });

  test('pages output that is longer than the screen, unless paging is off', async () => {
    const PAGER = 'sed s/^/PAGED:/';
    expect(await terminal([...QUERY, '--abstract'], { PAGER })).toMatch(/^PAGED:/);
    expect(await terminal([...QUERY, '--abstract', '--no-pager'], { PAGER })).not.toContain('PAGED');
    expect(await terminal(['search', 'gardens'], { PAGER })).not.toContain('PAGED');
  });

  test('prints plain text without a terminal', async () => {
    const { stdout } = await run(QUERY, { env: { PAGER: 'sed s/^/PAGED:/' } });
    expect(stdout).not.toContain('PAGED');
    expect(stdout).not.toContain('\u001b');
  });
});

test('ingest --if-empty makes an index only where there is none', async () => {
  const index = join(await temporaryFolder(), 'index');
  const ingest = (...args: string[]) => runCli(['ingest', ...args, '--if-empty', '--index', index]);
  const one = join(await temporaryFolder(), 'one.jsonl');
  await writeFile(one, JSON.stringify({ title: 'Quokkas', abstract: 'Small and content.' }));
  expect(await ingest(one)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1') });
  expect(await ingest('data')).toMatchObject({
    exitCode: 0,
    stdout: `"${index}" has an index already; nothing was ingested.\n`,
  });
  expect(JSON.parse((await ingest('data', '--json')).stdout)).toEqual({ index, ingested: false });
  const { stdout } = await runCli(['stats', '--index', index, '--json']);
  expect(JSON.parse(stdout).papers).toBe(1);
});
