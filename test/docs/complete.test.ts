import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { ERRORS } from '../../src/errors.ts';
import * as library from '../../src/index.ts';
import { SERVICE_NAMES } from '../../src/ingest/fetch/names.ts';
import { apiOperations } from '../../src/serve/http/api.ts';
import { FakeEngine, FakeSnapshot } from '../support/fake-engine.ts';
import { markdownFile } from '../support/markdown.ts';
import { mcpClientOf } from '../support/mcp-client.ts';

/** Parts of other APIs and of pages, which docs/http-api.md leaves to others. */
const ELSEWHERE =
  /^\/(?:graph|recommendations|api|mcp|search\.atom|opensearch(?:\.xml|\/suggestions)|docs\.css)\b/;

const operations = apiOperations({ engine: new FakeEngine(new FakeSnapshot()) });
const page = (path: string) => markdownFile(path).text;
const missing = (names: readonly string[], text: string) => names.filter((name) => !text.includes(name));

test('docs/http-api.md names every route', () => {
  const paths = operations
    .map(({ path }) => path.replace(/\{(\w+)\}/g, ':$1'))
    .filter((path) => !ELSEWHERE.test(path));
  expect(paths.length).toBeGreaterThan(15);
  expect(missing(paths, page('docs/http-api.md'))).toEqual([]);
});

test('docs/http-api.md names every parameter of a search', () => {
  const search = operations.find(({ id }) => id === 'searchPapers')!;
  const names = Object.keys(search.parameters!.shape).map((name) => `\`${name}\``);
  expect(names.length).toBeGreaterThan(15);
  expect(missing(names, page('docs/http-api.md'))).toEqual([]);
});

test('docs/compatible-apis.md names every other API', () => {
  const roots = ['/graph/v1', '/recommendations/v1', '/api/query', '/search.atom', '/opensearch.xml'];
  for (const root of roots)
    expect(
      operations.some(({ path }) => path.startsWith(root)),
      root,
    ).toBe(true);
  expect(missing(roots, page('docs/compatible-apis.md'))).toEqual([]);
});

test('docs/agents.md names every tool', async () => {
  const client = await mcpClientOf(new FakeSnapshot());
  const { tools } = await client.listTools();
  await client.close();
  const text = page('docs/agents.md');
  expect(tools.length).toBeGreaterThan(3);
  expect(
    missing(
      tools.map(({ name }) => `| \`${name}\` |`),
      text,
    ),
  ).toEqual([]);
});

test('docs/command-line.md names every command and every exit code', () => {
  const text = page('docs/command-line.md');
  const commands = createProgram().commands.map((command) => `\`${command.name()}\``);
  expect(missing(commands, text)).toEqual([]);
  const codes = new Set(Object.values(ERRORS).map(({ exitCode }) => `\n| ${exitCode} |`));
  expect(missing([...codes], text)).toEqual([]);
});

test('docs/papers.md names every service', () => {
  expect(
    missing(
      SERVICE_NAMES.map((name) => `\n| \`${name}\` |`),
      page('docs/papers.md'),
    ),
  ).toEqual([]);
});

test('docs/library.md names every function that the package exports', () => {
  const names = Object.keys(library);
  expect(names).toContain('openIndex');
  expect(missing(names, page('docs/library.md'))).toEqual([]);
});
