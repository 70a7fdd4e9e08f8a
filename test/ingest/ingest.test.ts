import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import { LEXICAL_ENGINES } from '../../src/lexical/engines.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { openSnapshot } from '../../src/store/snapshot-reader.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const json = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const paper = (id: string, title = `Title ${id}`) => ({ id, title, abstract: `Abstract of ${title}.` });

/** A folder with a corpus folder and an index folder in it. */
async function workplace(files: Record<string, string | Uint8Array>) {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  for (const [name, content] of Object.entries(files)) await writeFile(join(corpus, name), content);
  return { corpus, index: join(folder, 'index') };
}

const allPapers = async (index: string) => [...(await openSnapshot(index)).papers];
const papersIn = async (index: string) => (await allPapers(index)).map(({ id, title }) => [id, title]);

describe('ingest', () => {
  test('reads a folder of several formats and reports what it did', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': `${json(paper('a'), { title: 'No Abstract' })}broken\n`,
      'b.jsonl.gz': gzipSync(json({ _id: 'b', title: 'B', text: 'Text.' })),
      'page.txt': 'Oral Session 1\n\nSat 26 April 0:30 - 0:42 PDT\n\nA Talk\n\nA B · C D\n\nText.\n',
      'page.meta.json': '{"venue":"ICLR","year":2025}',
      'notes.txt': 'nothing of interest',
      'README.md': '# not a paper',
    });
    const report = await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(report).toMatchObject({
      read: 5,
      added: 4,
      updated: 0,
      unchanged: 0,
      papers: 4,
      withoutAbstract: 1,
      encoded: 4,
    });
    expect(report.rejected).toMatchObject([{ file: join(corpus, 'a.jsonl'), line: 3 }]);
    expect(report.skipped).toEqual([
      { file: join(corpus, 'notes.txt'), reason: 'The file is of no known format.' },
    ]);
    expect(report.files.map(({ format, papers }) => [format, papers])).toEqual([
      ['jsonl', 2],
      ['beir', 1],
      ['session-page', 1],
    ]);
    const talk = (await allPapers(index)).find(({ title }) => title === 'A Talk');
    expect(talk).toMatchObject({
      venue: 'ICLR',
      year: 2025,
      session: { start: '2025-04-26T00:30:00-07:00' },
    });
  });

  test('flags win over the sidecar file', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': json(paper('a')),
      'a.meta.json': '{"venue":"ICLR","year":2025}',
    });
    await ingest([corpus], { index, year: 2024, encoder: new HashingEncoder() });
    expect((await allPapers(index))[0]).toMatchObject({ venue: 'ICLR', year: 2024 });
  });

  test('the same papers again change nothing and encode nothing', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a'), paper('b')) });
    const first = await ingest([corpus], { index, encoder: new HashingEncoder() });
    const encoder = new HashingEncoder();
    const second = await ingest([corpus], { index, encoder });
    expect(second).toMatchObject({ unchanged: 2, added: 0, encoded: 0, snapshot: first.snapshot });
    expect(encoder.encoded).toEqual([]);
  });

  test('adds to what is there, replaces what has changed, encodes only that', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a'), paper('b')) });
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    await writeFile(join(corpus, 'a.jsonl'), json(paper('a'), paper('b', 'Changed'), paper('c')));
    const encoder = new HashingEncoder();
    const report = await ingest([corpus], { index, encoder });
    expect(report).toMatchObject({ added: 1, updated: 1, unchanged: 1, encoded: 2, papers: 3 });
    expect(await papersIn(index)).toEqual([
      ['a', 'Title a'],
      ['b', 'Changed'],
      ['c', 'Title c'],
    ]);
  });

  test('gives the same snapshot in one go as in steps', async () => {
    const one = await workplace({ 'a.jsonl': json(paper('a'), paper('b')) });
    const whole = await ingest([join(one.corpus, 'a.jsonl')], {
      index: one.index,
      encoder: new HashingEncoder(),
    });
    await writeFile(join(one.corpus, 'a.jsonl'), json(paper('b')));
    const index = join(one.index, '..', 'steps');
    await ingest([join(one.corpus, 'a.jsonl')], { index, encoder: new HashingEncoder() });
    await writeFile(join(one.corpus, 'a.jsonl'), json(paper('a')));
    await ingest([join(one.corpus, 'a.jsonl')], { index, encoder: new HashingEncoder() });
    const [a, b] = [await openSnapshot(one.index), await openSnapshot(index)];
    expect(b.vectors.readAll()).toEqual(a.vectors.readAll());
    expect(b.readLexical()).toEqual(a.readLexical());
    expect(b.readAttributes()).toEqual(a.readAttributes());
    expect(whole.papers).toBe(2);
  });

  test('half a surrogate pair in an id does not hide the paper, or others', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': `{"id":"\\ud800","title":"Half"}\n${json(paper('Ａ'), paper('z'))}`,
    });
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    const { papers } = await openSnapshot(index);
    for (const { id } of papers) expect(papers.read(papers.find(id)).id).toBe(id);
    expect(papers.size).toBe(3);
  });

  test('stopped while it writes, it leaves the index as it was', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a')) });
    const { snapshot } = await ingest([corpus], { index, encoder: new HashingEncoder() });
    await writeFile(join(corpus, 'a.jsonl'), json(paper('a'), paper('b')));
    const stop = new AbortController();
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === 'writing') stop.abort(new Error('stopped'));
    };
    const ingesting = ingest([corpus], {
      index,
      encoder: new HashingEncoder(),
      onProgress,
      signal: stop.signal,
    });
    await expect(ingesting).rejects.toThrow('stopped');
    expect((await openSnapshot(index)).name).toBe(snapshot);
  });

  test('the keyword engine can be chosen, and stays until another one is', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a'), paper('b')) });
    const engineOf = async () => (await openSnapshot(index)).manifest.lexicalEngine;
    await ingest([corpus], { index, keywordEngine: 'minisearch', encoder: new HashingEncoder() });
    expect(await engineOf()).toBe(LEXICAL_ENGINES.minisearch.name);
    await writeFile(join(corpus, 'a.jsonl'), json(paper('a'), paper('b'), paper('c')));
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(await engineOf()).toBe(LEXICAL_ENGINES.minisearch.name);
    const encoder = new HashingEncoder();
    const changed = await ingest([corpus], { index, keywordEngine: 'bm25', encoder });
    expect(changed).toMatchObject({ unchanged: 3, encoded: 0 });
    expect(await engineOf()).toBe(LEXICAL_ENGINES.bm25.name);
    const searcher = await openIndex(index, { encoder });
    const { hits } = await searcher.search({ query: 'title c', mode: 'keyword' });
    expect(hits[0]?.paper.id).toBe('c');
  });

  test('two papers with one id in two files are both kept', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': json(paper('1', 'One')),
      'b.jsonl': json(paper('1', 'Other')),
    });
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(await papersIn(index)).toEqual([
      ['1', 'One'],
      [`1@${join(corpus, 'b.jsonl')}`, 'Other'],
    ]);
    expect(await ingest([corpus], { index, encoder: new HashingEncoder() })).toMatchObject({
      unchanged: 2,
      added: 0,
    });
  });

  test('an id given twice in one file is rejected with both lines; a word for word repeat is a duplicate', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': json(paper('1'), paper('1', 'Other'), paper('1')),
    });
    const report = await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(report).toMatchObject({ read: 3, added: 1, duplicate: 1 });
    expect(report.rejected).toMatchObject([
      { line: 2, field: 'id', reason: expect.stringContaining('line 1') },
    ]);
  });

  test('rebuild starts from nothing but uses the vectors that are there', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a'), paper('b')) });
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    await writeFile(join(corpus, 'a.jsonl'), json(paper('b')));
    const report = await ingest([corpus], { index, rebuild: true, encoder: new HashingEncoder() });
    expect(report).toMatchObject({ added: 1, encoded: 0, papers: 1 });
  });

  test('stopped while encoding, it leaves the index alone and goes on from there', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a')) });
    const before = await ingest([corpus], { index, encoder: new HashingEncoder() });
    await writeFile(join(corpus, 'b.jsonl'), json(...Array.from({ length: 8 }, (_, i) => paper(`b${i}`))));
    const stop = new AbortController();
    const stopped = ingest([corpus], {
      index,
      encoder: new HashingEncoder(),
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.stage === 'encoding' && progress.done === 3) stop.abort(new Error('stopped'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect((await openSnapshot(index)).name).toBe(before.snapshot);
    expect(await ingest([corpus], { index, encoder: new HashingEncoder() })).toMatchObject({
      added: 8,
      encoded: 5,
    });
  });

  test('an index of another model is refused, and rebuilt on demand', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a')) });
    await ingest([corpus], { index, encoder: new HashingEncoder('old') });
    const other = () => new HashingEncoder('new');
    await expect(ingest([corpus], { index, encoder: other() })).rejects.toMatchObject({
      code: 'INDEX_INCOMPATIBLE',
      message: expect.stringContaining('--rebuild'),
    });
    expect(await ingest([corpus], { index, rebuild: true, encoder: other() })).toMatchObject({ encoded: 1 });
  });

  test('two ingests at once: one waits for the other', async () => {
    const { corpus, index } = await workplace({ 'a.jsonl': json(paper('a')), 'b.jsonl': json(paper('b')) });
    await Promise.all([
      ingest([join(corpus, 'a.jsonl')], { index, encoder: new HashingEncoder() }),
      ingest([join(corpus, 'b.jsonl')], { index, encoder: new HashingEncoder() }),
    ]);
    expect(await papersIn(index)).toHaveLength(2);
  });

  test('keeps the snapshot before, and no more', async () => {
    const { corpus, index } = await workplace({});
    for (const id of ['a', 'b', 'c', 'd']) {
      await writeFile(join(corpus, 'a.jsonl'), json(paper(id)));
      await ingest([corpus], { index, encoder: new HashingEncoder() });
    }
    const snapshots = (await readdir(index)).filter((name) => /^[0-9a-f]{16}/.test(name));
    expect(snapshots).toHaveLength(2);
  });
});

describe('input that cannot be used', () => {
  test.each([
    ['a path that does not exist', 'NO_INPUT', (corpus: string) => join(corpus, 'nowhere'), {}],
    ['an empty folder', 'NO_INPUT', (corpus: string) => corpus, {}],
    [
      'a named file of unknown format',
      'BAD_INPUT',
      (corpus: string) => join(corpus, 'x.txt'),
      { 'x.txt': 'hello' },
    ],
    [
      'a broken sidecar',
      'BAD_INPUT',
      (corpus: string) => corpus,
      { 'x.jsonl': json(paper('a')), 'x.meta.json': '{"yaer":1}' },
    ],
  ])('%s is %s', async (_, code, path, files) => {
    const { corpus, index } = await workplace(files as Record<string, string>);
    await expect(ingest([path(corpus)], { index, encoder: new HashingEncoder() })).rejects.toMatchObject({
      code,
    });
  });

  test('a truncated gzip keeps what came before the end and says where it broke', async () => {
    const records = json(...Array.from({ length: 2000 }, (_, i) => paper(`p${i}`)));
    const { corpus, index } = await workplace({ 'a.jsonl.gz': gzipSync(records).subarray(0, 3000) });
    const report = await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(report.added).toBeGreaterThan(10);
    expect(report.rejected.at(-1)?.reason).toContain('unexpected end of file');
  });
});
