import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Argument, Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { commandTree } from '../../src/cli/completion/command-tree.ts';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = new Command('paper-search')
  .addCommand(
    new Command('search')
      .description("find papers: by anybody's words [any]")
      .argument('[query...]')
      .addOption(new Option('--mode <mode>', 'how').choices(['hybrid', 'keyword']))
      .addOption(new Option('-n, --limit <n>', 'hits'))
      .addOption(new Option('--index <dir>', 'folder'))
      .addOption(new Option('--secret').hideHelp()),
  )
  .addCommand(new Command('ingest').argument('[path...]').option('--rebuild', 'anew'))
  .addCommand(new Command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh'])));
const tree = commandTree(program);

test('the tree equals the help', () => {
  expect(tree.map(({ name, argument }) => ({ name, argument }))).toEqual([
    { name: 'search', argument: { kind: 'any' } },
    { name: 'ingest', argument: { kind: 'path' } },
    { name: 'completion', argument: { kind: 'words', words: ['bash', 'zsh'] } },
  ]);
  expect(tree[0]!.options.map(({ names, value }) => ({ names, value }))).toEqual([
    { names: ['--mode'], value: { kind: 'words', words: ['hybrid', 'keyword'] } },
    { names: ['-n', '--limit'], value: { kind: 'any' } },
    { names: ['--index'], value: { kind: 'path' } },
    { names: ['-h', '--help'], value: undefined },
  ]);
});

const hasBash = await promisify(execFile)('bash', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!hasBash)('bash (skipped where there is none)', () => {
  test.each<[words: string[], completions: string[]]>([
    [['se'], ['search']],
    [[''], ['search', 'ingest', 'completion', 'help', '--help', '--version']],
    [['search', '--m'], ['--mode']],
    [
      ['search', '--mode', ''],
      ['hybrid', 'keyword'],
    ],
    [['search', 'x', '--mode', 'k'], ['keyword']],
    [['search', '-n', ''], []],
    [['search', '--index', 'a f'], ['a folder']],
    [
      ['ingest', 'a'],
      ['a folder', 'a.bib'],
    ],
    [
      ['ingest', '--'],
      ['--rebuild', '--help'],
    ],
    [['completion', 'b'], ['bash']],
    [['help', 'in'], ['ingest']],
  ])('%j', async (words, completions) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.bib'), '');
    await writeFile(join(folder, 'a folder'), '');
    const script = `${bashScript('paper-search', tree)}
COMP_WORDS=(paper-search "$@"); COMP_CWORD=$#; _paper_search; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', ...words], { cwd: folder });
    expect(stdout.split('\n').filter(Boolean).sort()).toEqual([...completions].sort());
  });
});

test('zsh: quotes texts for the shell and for _arguments', () => {
  const script = zshScript('paper-search', tree);
  expect(script).toMatch(/^#compdef paper-search\n/);
  expect(script).toContain(`'search:find papers\\: by anybody'\\''s words [any]'`);
  expect(script).toContain(`'*--mode[how]:value:(hybrid keyword)'`);
  expect(script).toContain(`'*--index[folder]:value:_files'`);
  expect(script).toContain(`'*:argument:_files'`);
});

test('fish: completes options, their values, and paths', () => {
  const script = fishScript('paper-search', tree);
  expect(script).toContain(`-a search -d 'find papers: by anybody\\'s words [any]'`);
  expect(script).toContain(`'__fish_seen_subcommand_from search' -l mode -x -a 'hybrid keyword' -d 'how'`);
  expect(script).toContain(`'__fish_seen_subcommand_from search' -s n -l limit -x -d 'hits'`);
  expect(script).toContain(`'__fish_seen_subcommand_from ingest' -F`);
});
