import { describe, expect, test } from 'vitest';
import { ingestInto } from '../../src/cli/change-papers.ts';
import { applyConfig } from '../../src/cli/config/apply-config.ts';
import { SETTINGS, valueOfText } from '../../src/cli/config/settings.ts';
import {
  expectPlace,
  isNodeAddress,
  type PlaceOptions,
  placeArguments,
  placeOf,
  placeText,
} from '../../src/cli/place.ts';
import { createProgram } from '../../src/cli/program.ts';

/** The options of a command as they are parsed; nothing is run. */
function parsed(args: readonly string[], settings: Readonly<Record<string, unknown>> = {}) {
  const program = createProgram();
  const command = program.commands.find((each) => each.name() === args[0])!;
  let options: PlaceOptions | undefined;
  command.action(() => {
    options = command.opts();
  });
  program.hook('preAction', (_program, running) => {
    const values = SETTINGS.filter(({ name }) => settings[name] !== undefined);
    applyConfig(running, {
      values: values.map((setting) => ({ setting, value: settings[setting.name], from: 'file' })),
      files: [],
      mistakes: [],
    });
    expectPlace(running);
  });
  program.parse(args, { from: 'user' });
  return options!;
}

const NODE = 'http://127.0.0.1:9201';
const ON_CLUSTER = ['--engine', 'opensearch', '--node', NODE];

test('papers are in the index by default', () => {
  expect(placeOf(parsed(['search', 'bees']))).toEqual({ index: 'index' });
  expect(placeOf(parsed(['search', 'bees'], { nodes: [NODE], corpus: 'c' }))).toEqual({ index: 'index' });
});

test('options name a cluster', () => {
  const args = ['search', 'bees', ...ON_CLUSTER, '--node', 'https://b:9200', '--corpus', 'c', '--user', 'u'];
  expect(placeOf(parsed([...args, '--password-file', 'p', '--ca', 'ca.pem']))).toEqual({
    index: 'index',
    cluster: {
      nodes: [NODE, 'https://b:9200'],
      corpus: 'c',
      user: 'u',
      passwordFile: 'p',
      apiKeyFile: undefined,
      caFile: 'ca.pem',
    },
  });
});

test('settings name a cluster, and options replace them', () => {
  const settings = {
    engine: 'opensearch',
    nodes: [NODE],
    corpus: 'c',
    user: 'u',
    passwordFile: 'p',
    ca: 'x',
  };
  expect(placeOf(parsed(['stats'], settings)).cluster).toMatchObject({
    nodes: [NODE],
    corpus: 'c',
    caFile: 'x',
  });
  expect(placeOf(parsed(['stats', '--corpus', 'd'], settings)).cluster).toMatchObject({
    corpus: 'd',
    user: 'u',
  });
  expect(placeOf(parsed(['stats', '--engine', 'embedded'], settings))).toEqual({ index: 'index' });
});

test('an option names several nodes with commas', () => {
  const args = ['search', 'bees', '--engine', 'opensearch', '--node', `${NODE},https://b:9200`];
  expect(placeOf(parsed(args))).toMatchObject({ cluster: { nodes: [NODE, 'https://b:9200'] } });
});

test('the variable for the nodes holds a list', () => {
  const nodes = SETTINGS.find(({ name }) => name === 'nodes')!;
  expect(valueOfText(`${NODE}, https://b:9200`, nodes)).toEqual([NODE, 'https://b:9200']);
  expect(nodes.schema.safeParse(valueOfText(`${NODE},b`, nodes)).success).toBe(false);
  expect(nodes.schema.safeParse([NODE]).success).toBe(true);
});

test.each([
  ['http://a:9200', true],
  ['https://a.example.org/opensearch', true],
  ['a:9200', false],
  ['127.0.0.1', false],
  ['ftp://a', false],
  ['https://user:secret@a:9200', false],
])('%s is the address of a node: %s', (text, expected) => {
  expect(isNodeAddress(text)).toBe(expected);
});

describe('refuses', () => {
  test.each<[args: string[], message: string | RegExp]>([
    [['search', 'x', '--engine', 'opensearch'], 'needs the address of a node: --node'],
    [['search', 'x', ...ON_CLUSTER, '--user', 'u'], '--user "u" needs a password'],
    [['search', 'x', ...ON_CLUSTER, '--password-file', 'p'], '--password-file needs the name of the user'],
    [['stats', ...ON_CLUSTER, '--api-key-file', 'k', '--user', 'u', '--password-file', 'p'], 'choose one'],
    [['search', 'x', '--node', NODE], '--node is for a cluster: add --engine opensearch.'],
    [['stats', '--corpus', 'c'], '--corpus is for a cluster'],
    [['why', 'x', ...ON_CLUSTER], '"why" is for an index'],
    [['split', 'x', ...ON_CLUSTER], '"split" is for an index'],
    [['join', 'x', 'y', ...ON_CLUSTER], '"join" is for an index'],
    [['tune', ...ON_CLUSTER], /^"tune" is for an index on this machine, and --engine is opensearch\. ./],
    [['verify', ...ON_CLUSTER], 'doctor --engine opensearch'],
    [['upgrade', ...ON_CLUSTER], 'another --corpus'],
    [['model', 'use', 'm', ...ON_CLUSTER], '"model use" is for an index'],
    [['model', 'calibrate', 'm', ...ON_CLUSTER], '"model calibrate" is for an index'],
  ])('%j', (args, message) => {
    expect(() => placeOf(parsed(args))).toThrow(message);
  });

  test('a cluster from a setting for a command that needs an index', () => {
    expect(() => parsed(['tune'], { engine: 'opensearch', nodes: [NODE] })).toThrow('"tune" is for an index');
  });
});

test('an action of model that needs no index runs with a cluster in the settings', () => {
  expect(parsed(['model', 'list'], { engine: 'opensearch', nodes: [NODE] }).engine).toBe('opensearch');
});

test('every command with --index has the options for a cluster', () => {
  for (const command of createProgram().commands) {
    const names = command.options.map((option) => option.attributeName());
    expect(names.includes('node'), command.name()).toBe(names.includes('index'));
  }
});

test('arguments for another process name the same place', () => {
  const cluster = { nodes: [NODE, 'http://b:1'], corpus: '-c', user: 'u', passwordFile: 'p q', caFile: 'ca' };
  for (const place of [{ index: '-i' }, { index: 'i', cluster }]) {
    expect(placeOf(parsed(['stats', ...placeArguments(place)]))).toEqual(
      place.cluster ? { ...place, cluster: { ...cluster, apiKeyFile: undefined } } : place,
    );
  }
});

test('messages name the corpus and the cluster', () => {
  expect(placeText({ index: 'i' })).toBe('"i"');
  expect(placeText({ index: 'i', cluster: { nodes: [NODE], corpus: 'c' } })).toBe(
    `the corpus "c" of the cluster at ${NODE}`,
  );
});

describe('ingest refuses', () => {
  const cluster = { nodes: [NODE], corpus: 'c' };
  test.each<[options: object, place: object, message: string]>([
    [
      { corpusMap: true },
      { cluster },
      '--corpus-map is for an index on this machine: there is no map of a cluster.',
    ],
    [{ corpusMap: false }, { cluster }, '--corpus-map is for an index'],
    [{ keywordEngine: 'minisearch' }, { cluster }, '--keyword-engine is for an index'],
    [{ sentenceVectors: true }, { cluster }, '--sentence-vectors is for an index'],
    [{ shard: { number: 1, of: 2 } }, {}, '--shard is for a cluster: add --engine opensearch.'],
    [{ primaryShards: 2 }, {}, '--primary-shards is for a cluster'],
    [{ replicas: 0 }, {}, '--replicas is for a cluster'],
    [{ discardUnfinished: true }, {}, '--discard-unfinished is for a cluster'],
  ])('%j', async (options, place, message) => {
    await expect(ingestInto({ index: 'i', ...place }, ['data'], options)).rejects.toThrow(message);
  });

  test.each(['0/3', '4/3', '1', 'a/b', '1/0'])('--shard %s', (shard) => {
    expect(() => parsed(['ingest', 'data', ...ON_CLUSTER, '--shard', shard])).toThrow('such as 3/8');
  });
});
