import { type ChildProcess, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { examplesOf } from '../support/doc-commands.ts';
import { type CodeBlock, documentationPages, placeOf, ROOT } from '../support/markdown.ts';
import { runShell, type ShellResult, writeExecutable } from '../support/shell.ts';

/**
 * Runs the blocks of code in README.md, CONTRIBUTING.md and docs/, page by page and in order, in a folder with the
 * sample corpus (`data`) and its index (`index`). CONTRIBUTING.md explains how blocks are marked.
 * With UPDATE_DOCS=1, outputs that differ are written into the pages instead.
 */
const UPDATE = process.env.UPDATE_DOCS === '1';
/** A Python with the packages that examples import, if there is one. */
const PYTHON = process.env.PAPER_SEARCH_TEST_PYTHON ?? 'python3';
/** Programs of examples that are not installed on this machine. */
const LACKING = ['curl', 'jq'].filter((name) => spawnSync(name, ['--version']).status !== 0);
const ADDRESS = 'http://127.0.0.1:3000';
/** Replaces the folder in outputs. */
const FOLDER = '/home/me';
const TOKEN = 'a-token-for-the-examples';

const pages = documentationPages()
  .map(({ path, blocks }) => ({ path, blocks: blocks.filter(isRun) }))
  .filter(({ blocks }) => blocks.length > 0);

function isRun({ language, marks }: CodeBlock): boolean {
  const runnable = ['console', 'sh', 'ts', 'python'].includes(language) || marks.includes('output');
  return runnable && !marks.includes('no-run');
}

/** Times, digests of snapshots and moments differ between machines and runs. */
function steady(output: string): string {
  return output
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '#')
    .replace(/\b[0-9a-f]{16}\b/g, '#')
    .replace(/\d+(?:\.\d+)? (m?s)\b/g, '# $1')
    .trimEnd();
}

const DECIMAL = /\d+\.\d+/g;
/** How far scores may differ from those in a page, absolutely and relatively: processors round differently. */
const TOLERANCE = 0.02;

/**
 * Whether an output is what a page shows. A line with only `…` in the page matches any lines, and decimal fractions
 * need only be close.
 */
function isShown(shown: string, actual: string): boolean {
  const pattern = steady(shown)
    .split(/^ *…$/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\d+\\\.\d+/g, '(\\d+\\.\\d+)'))
    .join('[^]*');
  const match = new RegExp(`^${pattern}$`).exec(steady(actual));
  if (!match) return false;
  const wanted = Array.from(steady(shown).matchAll(DECIMAL), ([number]) => Number(number));
  return match.slice(1).every((number, place) => {
    const value = wanted[place]!;
    return Math.abs(Number(number) - value) <= TOLERANCE * (1 + value);
  });
}

/** An output for a page. Lines that match are kept, so that times and scores do not change with every update. */
function updated(shown: string, actual: string): string {
  const lines = shown.split('\n');
  return actual
    .trimEnd()
    .split('\n')
    .map((line) => lines.find((known) => isShown(known, line)) ?? line)
    .join('\n');
}

let prepared = '';
beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), 'paper-search-docs-'));
  const { exitCode, stderr } = await runCli(['ingest', 'data', '--index', join(prepared, 'index')], {
    cwd: ROOT,
  });
  expect(exitCode, stderr).toBe(0);
});
afterAll(() => rm(prepared, { recursive: true, force: true }));

test('updates only lines that have changed', () => {
  expect(updated('3 hits, 20 ms\nfirst (0.50)', '3 hits, 31 ms\nsecond (0.51)\n')).toBe(
    '3 hits, 20 ms\nsecond (0.51)',
  );
});

test.each([
  ['1 hit, 20 ms (score 0.767)', '1 hit, 31 ms (score 0.768)\n', true],
  ['1 hit, 20 ms (score 0.767)', '2 hits, 31 ms (score 0.768)', false],
  ['(score 0.7)', '(score 0.8)', false],
  ['the index 0123456789abcdef', 'the index fedcba9876543210', true],
  ['a\n…\nb 0.50', 'a\nx 0.10\ny\nb 0.51', true],
  ['a\n…\nb', 'a\nx', false],
  ['a … b', 'a x b', false],
])('compares %j with %j', (shown, actual, same) => {
  expect(isShown(shown, actual)).toBe(same);
});

describe.each(pages)('$path', ({ path, blocks }) => {
  let folder = '';
  let server: { child: ChildProcess; url: string } | undefined;
  /** Output of the previous block; undefined if it was skipped. */
  let output: string | undefined;
  const changes = new Map<CodeBlock, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paper-search-docs-'));
    cpSync(join(prepared, 'index'), join(folder, 'index'), { recursive: true });
    await symlink(join(ROOT, 'data'), join(folder, 'data'));
    // The papers of docs/screening.md.
    await mkdir(join(folder, 'docs'));
    await symlink(join(ROOT, 'docs/screening'), join(folder, 'docs/screening'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(ROOT, join(folder, 'node_modules', 'paper-search'));
    const main = join(ROOT, 'dist/cli/main.js');
    const bin = join(folder, '.bin');
    const run = `exec '${process.execPath}' '${main}' "$@"`;
    await writeExecutable(bin, 'paper-search', `#!/bin/bash\n${run}\n`);
    // npx looks for a package in the working folder and may ask the registry: the examples mean this checkout.
    await writeExecutable(bin, 'npx', `#!/bin/bash\n[ "$1" = paper-search ] || exit 2\nshift\n${run}\n`);
    // As if quiet, and with an exit code that says whether the status is a success.
    const found = spawnSync('bash', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim();
    await writeExecutable(bin, 'curl', `#!/bin/bash\nexec '${found}' --silent --fail-with-body "$@"\n`);
  });
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    if (UPDATE && changes.size > 0) writeChanges(path, changes);
  });

  const environment = () => ({
    PATH: `${join(folder, '.bin')}:${process.env.PATH}`,
    XDG_CONFIG_HOME: join(folder, '.config'),
    PAPER_SEARCH_TOKEN: TOKEN,
  });

  /** A text with the address of a server over the index of the folder instead of the address in the pages. */
  async function addressed(text: string): Promise<string> {
    if (!text.includes(ADDRESS)) return text;
    server ??= await startServer(['--index', 'index'], { cwd: folder, env: environment() });
    return text.replaceAll(ADDRESS, server.url);
  }

  async function shell(script: string): Promise<ShellResult> {
    const result = await runShell(await addressed(script), { cwd: folder, env: environment() });
    const asInPages = (text: string) =>
      text.replaceAll(server?.url ?? ADDRESS, ADDRESS).replaceAll(folder, FOLDER);
    return { ...result, stdout: asInPages(result.stdout), stderr: asInPages(result.stderr) };
  }

  async function runConsole(block: CodeBlock): Promise<void> {
    const fails = block.marks.includes('fails');
    const outputs: string[] = [];
    for (const { command, shown } of examplesOf(block)) {
      const { exitCode, stdout, stderr } = await shell(fails ? `exec 2>&1\n${command}` : command);
      expect(exitCode !== 0, `${command}\nexits with ${exitCode}: ${stderr}`).toBe(fails);
      outputs.push(`$ ${command}\n${updated(shown, stdout)}`.trimEnd());
      if (!UPDATE && !isShown(shown, stdout)) expect(stdout.trimEnd()).toBe(shown);
      if (UPDATE && !isShown(shown, stdout)) changes.set(block, '');
    }
    if (changes.has(block)) changes.set(block, outputs.join('\n'));
  }

  async function runScript(script: string): Promise<void> {
    const { exitCode, stdout, stderr } = await shell(script);
    expect(exitCode, stderr).toBe(0);
    output = stdout;
  }

  async function runTypeScript({ text, line }: CodeBlock): Promise<void> {
    const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'node20' });
    await writeFile(join(folder, `block-${line}.mjs`), code);
    await runScript(`'${process.execPath}' block-${line}.mjs`);
  }

  async function checkTypes(typescript: readonly CodeBlock[]): Promise<void> {
    const files = typescript.map(({ line, text }) => ({ name: `block-${line}.ts`, text }));
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    const compilerOptions = {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    };
    const config = { compilerOptions, files: files.map(({ name }) => name) };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    const { exitCode, stdout } = await shell(`'${join(ROOT, 'node_modules/.bin/tsc')}' -p .`);
    expect(exitCode, stdout).toBe(0);
  }

  async function runPython({ text }: CodeBlock, skip: TestContext['skip']): Promise<void> {
    output = undefined;
    const packages = Array.from(text.matchAll(/^(?:from|import) (\w+)/gm), ([, name]) => name!);
    for (const name of packages) {
      const { status } = spawnSync(PYTHON, ['-c', `import ${name}`]);
      if (status !== 0) skip(`the Python package ${name} is not installed`);
    }
    await writeFile(join(folder, 'block.py'), await addressed(text));
    await runScript(`'${PYTHON}' block.py`);
  }

  function compareOutput(block: CodeBlock, skip: TestContext['skip']): void {
    if (output === undefined) skip('the block before was skipped');
    if (isShown(block.text, output!)) return;
    if (UPDATE) changes.set(block, updated(block.text, output!));
    else expect(output!.trimEnd()).toBe(block.text);
  }

  test.for(blocks.map((block) => [placeOf(block), block] as const))('%s', async ([, block], { skip }) => {
    if (block.marks.includes('output')) return compareOutput(block, skip);
    for (const name of LACKING) if (block.text.includes(`${name} `)) skip(`${name} is not installed`);
    if (block.language === 'console') return runConsole(block);
    if (block.language === 'ts') return runTypeScript(block);
    if (block.language === 'python') return runPython(block, skip);
    return runScript(block.text);
  });

  const typescript = blocks.filter(({ language }) => language === 'ts');
  if (typescript.length > 0) test('has TypeScript that type-checks', () => checkTypes(typescript));
});

/** Puts outputs into a page, from the last block to the first, so that earlier line numbers stay valid. */
function writeChanges(path: string, changes: ReadonlyMap<CodeBlock, string>): void {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  for (const [{ line, text }, shown] of [...changes].sort(([a], [b]) => b.line - a.line)) {
    lines.splice(line, text === '' ? 0 : text.split('\n').length, ...shown.split('\n'));
  }
  writeFileSync(join(ROOT, path), lines.join('\n'));
}
