import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { applyConfig } from '../../src/cli/config/apply-config.ts';
import { expectSound, readConfig } from '../../src/cli/config/config.ts';
import { SETTINGS, variableOf } from '../../src/cli/config/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The configuration of a project's file, a user's file and an environment, and the places of the files. */
async function configOf({
  project,
  user,
  env = {},
}: {
  project?: string | object;
  user?: string | object;
  env?: Record<string, string>;
}) {
  const folder = await temporaryFolder();
  const places = { cwd: join(folder, 'work'), userFolder: join(folder, 'user'), env };
  await mkdir(places.cwd);
  await mkdir(places.userFolder);
  const write = (file: string, content: string | object) =>
    writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  const projectFile = join(places.cwd, 'paper-search.config.json');
  const userFile = join(places.userFolder, 'config.json');
  if (project !== undefined) await write(projectFile, project);
  if (user !== undefined) await write(userFile, user);
  const config = await readConfig(places);
  const settingOf = (name: string) => {
    const { value, from } = config.values.find(({ setting }) => setting.name === name)!;
    return { value, from };
  };
  return { config, settingOf, projectFile, userFile, userFolder: places.userFolder };
}

test('precedence is environment, project, user, default', async () => {
  const all = { project: { limit: 2 }, user: { limit: 3 }, env: { PAPER_SEARCH_LIMIT: '1' } };
  expect((await configOf(all)).settingOf('limit')).toEqual({ value: 1, from: 'PAPER_SEARCH_LIMIT' });
  const files = await configOf({ project: all.project, user: all.user });
  expect(files.settingOf('limit')).toEqual({ value: 2, from: files.projectFile });
  const user = await configOf({ user: all.user });
  expect(user.settingOf('limit')).toEqual({ value: 3, from: user.userFile });
  expect((await configOf({})).settingOf('limit')).toEqual({ value: 10, from: undefined });
});

test('names the files, whether found or not', async () => {
  const { config, projectFile, userFile } = await configOf({ user: {} });
  expect(config.files).toEqual([
    { file: projectFile, found: false },
    { file: userFile, found: true },
  ]);
  expect(config.mistakes).toEqual([]);
});

test("paths are relative to the user's folder or to the working folder", async () => {
  const inUser = await configOf({ user: { index: 'mine' } });
  expect(inUser.settingOf('index').value).toBe(join(inUser.userFolder, 'mine'));
  expect((await configOf({ project: { index: 'mine' } })).settingOf('index').value).toBe('mine');
  expect((await configOf({ env: { PAPER_SEARCH_INDEX: '2024' } })).settingOf('index').value).toBe('2024');
});

test.each([
  ['PAPER_SEARCH_PAGER', 'false', 'pager', false],
  ['PAPER_SEARCH_PORT', '8080', 'port', 8080],
  ['PAPER_SEARCH_TOKEN_FILE', 'token', 'tokenFile', 'token'],
  ['PAPER_SEARCH_MAILTO', 'me@example.org', 'mailto', 'me@example.org'],
  ['PAPER_SEARCH_MODE', '', 'mode', 'hybrid'],
])('%s=%s', async (variable, text, name, value) => {
  const { config, settingOf } = await configOf({ env: { [variable]: text } });
  expect(config.mistakes).toEqual([]);
  expect(settingOf(name).value).toBe(value);
});

test.each<[project: string | object, place: string, problem: RegExp]>([
  [{ limt: 3 }, ': limt', /Unknown setting\. Known settings: index, /],
  [{ limit: 0 }, ': limit', /Expected a whole number of at least 1, got 0/],
  [{ limit: '3' }, ': limit', /got "3"/],
  [{ mode: 'fuzzy' }, ': mode', /Expected one of hybrid, keyword, semantic, got "fuzzy"/],
  [{ port: 70_000 }, ': port', /from 0 to 65535/],
  [{ index: null }, ': index', /Expected a path, got null/],
  ['{"limit": 1,\n "mode" "x"}', ':2:9', /Not JSON/],
  ['[1]', '', /Expected one JSON object/],
])('reports a mistake in a file with its place: %j', async (project, place, problem) => {
  const { config, projectFile } = await configOf({ project });
  expect(config.mistakes).toEqual([{ place: projectFile + place, problem: expect.stringMatching(problem) }]);
  expect(() => expectSound(config)).toThrow(`${projectFile}${place}: `);
});

test('ignores an invalid value', async () => {
  const { config, settingOf } = await configOf({
    project: { limit: 2 },
    env: { PAPER_SEARCH_LIMIT: 'many' },
  });
  expect(settingOf('limit').value).toBe(2);
  expect(config.mistakes).toMatchObject([{ place: 'PAPER_SEARCH_LIMIT' }]);
});

test('does not take names that every object has for settings', async () => {
  const { config } = await configOf({ project: '{"__proto__": {"index": "x"}, "constructor": 1}' });
  expect(config.mistakes.map(({ place }) => place.split(': ').at(-1)).sort()).toEqual([
    '__proto__',
    'constructor',
  ]);
});

test('every default is valid, and every variable has a unique name', () => {
  for (const setting of SETTINGS) {
    if (setting.default !== undefined) expect(setting.schema.safeParse(setting.default).success).toBe(true);
  }
  expect(new Set(SETTINGS.map(variableOf)).size).toBe(SETTINGS.length);
});

test('a command uses the settings of its options unless the user gave them', async () => {
  const { config } = await configOf({ project: { limit: 2, index: 'mine', pager: false, port: 1 } });
  const parsed = (name: string, ...args: string[]) => {
    const command = new Command(name)
      .addOption(new Option('-n, --limit <n>').default(10))
      .addOption(new Option('--index <dir>').default('index'))
      .addOption(new Option('--no-pager'))
      .parse(args, { from: 'user' });
    applyConfig(command, config);
    return command.opts();
  };
  expect(parsed('search')).toEqual({ limit: 2, index: 'mine', pager: false });
  expect(parsed('search', '--limit', '5', '--index', 'here')).toEqual({
    limit: '5',
    index: 'here',
    pager: false,
  });
  expect(parsed('fetch')).toEqual({ limit: 10, index: 'mine', pager: true });
});
