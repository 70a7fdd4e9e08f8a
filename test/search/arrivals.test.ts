import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { exportPapers } from '../../src/papers/write/formats.ts';
import { instantText } from '../../src/query/instants.ts';
import type { Engine, Snapshot } from '../../src/search/engine.ts';
import type { Filters } from '../../src/search/match/filters.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { papersIn } from '../support/ingested.ts';

const DAY = 86_400_000;
const record = (id: string, year: number, abstract = 'On the growth of grass.') => ({
  id,
  title: `Grass, part ${id}`,
  abstract,
  year,
});

/** Papers of three ingests; the second one changes one of the first. */
async function newLibrary() {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-test-'));
  const options = { index: join(folder, 'index'), encoder: new HashingEncoder() };
  const add = async (file: string, ...records: object[]) => {
    await writeFile(join(folder, file), records.map((each) => JSON.stringify(each)).join('\n'));
    await ingest([join(folder, file)], options);
  };
  await add('1.jsonl', record('a', 2020), record('b', 2024), record('c', 2022));
  await add('2.jsonl', record('d', 2010));
  await add('1.jsonl', record('a', 2020), record('b', 2024), record('c', 2022, 'Of quite other things.'));
  await add('3.jsonl', record('e', 2001), record('f', 2002));
  return { folder, options };
}

let library: Awaited<ReturnType<typeof newLibrary>>;
beforeAll(async () => {
  library = await newLibrary();
  return () => rm(library.folder, { recursive: true });
});

async function within<T>(use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const engine: Engine = await openIndex(library.options.index, { encoder: new HashingEncoder() });
  await using snapshot = await engine.acquire();
  try {
    return await use(snapshot);
  } finally {
    await engine.close();
  }
}

const idsOf = (hits: readonly { readonly paper: Paper }[]) => hits.map(({ paper }) => paper.id).join('');
const found = (request: Parameters<Snapshot['search']>[0]) =>
  within(async (snapshot) => idsOf((await snapshot.search(request)).hits));

/** All papers, by id. */
const allPapers = () =>
  within(async (snapshot) => {
    const papers = new Map<string, Paper>();
    for await (const paper of snapshot.papers()) papers.set(paper.id, paper);
    return papers;
  });

test('are in every paper that a snapshot hands out', async () => {
  const papers = await allPapers();
  const added = (id: string) => papers.get(id)!.added!;
  const changed = (id: string) => papers.get(id)!.changed!;
  expect(Array.from(papers.values(), ({ added: at }) => at)).toEqual(Array.from('aaadee', added));
  expect(changed('c') > added('d')).toBe(true);
  expect([changed('a'), changed('e')]).toEqual([added('a'), added('e')]);
  await within(async (snapshot) => {
    const { hits } = await snapshot.search({ query: 'grass' });
    const related = await snapshot.related({ positive: ['a'] });
    const all = [...hits, ...related.hits].map(({ paper }) => paper);
    expect(all).toHaveLength(11);
    for (const paper of [...all, ...related.seeds.positive, await snapshot.paper('c')]) {
      expect(paper).toEqual(papers.get(paper.id));
    }
  });
});

test('order papers, the newest arrivals first; those of one ingest by date', async () => {
  expect(await found({ query: '', sort: 'added' })).toBe('fedbca');
  expect(await found({ query: 'grass', sort: 'added', mode: 'keyword' })).toBe('fedbca');
  expect(await found({ query: '', sort: 'added', limit: 2, offset: 1 })).toBe('ed');
});

test('are filters, and fields of the query language', async () => {
  const papers = await allPapers();
  const added = (id: string) => papers.get(id)!.added!;
  const changed = (id: string) => papers.get(id)!.changed!;
  const after = (at: string) => instantText(Date.parse(at) + 1);
  const passing = (filters: Filters) => found({ query: '', sort: 'title', filters });
  expect(await passing({ added: `>=${added('d')}` })).toBe('def');
  expect(await passing({ added: `>=${after(added('d'))}` })).toBe('ef');
  expect(await passing({ added: `<${added('d')}` })).toBe('abc');
  expect(await passing({ added: `${added('d')}..` })).toBe('def');
  expect(await passing({ added: added('d').slice(0, 4) })).toBe('abcdef');
  expect(await passing({ added: { from: Date.parse(added('d')) } })).toBe('def');
  expect(await passing({ added: { to: Date.parse(added('e')) - DAY } })).toBe('');
  expect(await passing({ changed: changed('c') })).toBe('c');
  expect(await found({ query: `added:>=${added('d')}`, sort: 'title' })).toBe('def');
  expect(await found({ query: `grass -added:${added('a')}`, sort: 'title', mode: 'keyword' })).toBe('def');
  expect(await found({ query: `added:..${added('d')} changed:${changed('a')}..`, sort: 'title' })).toBe(
    'abcd',
  );
  await expect(passing({ added: 'yesterday' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/added.*a day, an instant or a range/),
  });
});

test('are in our own JSON, and are neither text nor lost fields when it is read again', async () => {
  const papers = [...(await allPapers()).values()];
  for (const format of ['json', 'jsonl'] as const) {
    const file = join(library.folder, `export.${format}`);
    await writeFile(file, exportPapers(papers, format));
    expect(exportPapers(papers, format)).toContain(
      `"added":${format === 'json' ? ' ' : ''}"${papers[0]!.added}"`,
    );
    const again = { index: join(library.folder, `again-${format}`), encoder: new HashingEncoder() };
    const report = await ingest([file], again);
    expect(report).toMatchObject({ papers: papers.length, warnings: [], unread: [], rejected: [] });
    const said = ({ source: _, added: __, changed: ___, ...others }: Paper) => others;
    expect((await papersIn(again.index)).map(said)).toEqual(papers.map(said));
  }
});
