import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { renderWhy } from '../../src/cli/render-why.ts';
import { KEYWORD_ENGINES } from '../../src/indexes/keyword/engines.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { whyPaper } from '../../src/ingest/why.ts';
import { openIndex } from '../../src/search/open-index.ts';
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
      {
        file: join(corpus, 'notes.txt'),
        reason: expect.stringContaining('no format that can be read'),
        isUnknown: true,
      },
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
    expect(b.readKeywordIndex()).toEqual(a.readKeywordIndex());
    expect(b.readFields()).toEqual(a.readFields());
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
    expect(await engineOf()).toBe(KEYWORD_ENGINES.minisearch.name);
    await writeFile(join(corpus, 'a.jsonl'), json(paper('a'), paper('b'), paper('c')));
    await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(await engineOf()).toBe(KEYWORD_ENGINES.minisearch.name);
    const encoder = new HashingEncoder();
    const changed = await ingest([corpus], { index, keywordEngine: 'bm25', encoder });
    expect(changed).toMatchObject({ unchanged: 3, encoded: 0 });
    expect(await engineOf()).toBe(KEYWORD_ENGINES.bm25.name);
    const engine = await openIndex(index, { encoder });
    const snapshot = await engine.acquire();
    const { hits } = await snapshot.search({ query: 'title c', mode: 'keyword' });
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

  test('stopped while encoding, leaves the index unchanged, and the next run encodes only the rest', async () => {
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

describe('one paper from several sources', () => {
  const title = 'A Paper That Many Have';
  const inArxiv = {
    id: 'arxiv:2101.00001',
    title,
    abstract: 'As on arXiv.',
    authors: ['Ann Lee'],
    year: 2020,
    arxiv: '2101.00001',
  };
  const inBibtex = { title, authors: ['Lee, A.'], year: 2021, venue: 'Journal', doi: '10.1000/x' };
  const inReviews = { id: 'or1', title, abstract: 'As reviewed, at length.', authors: ['Ann Lee', 'Bo Kim'] };
  const files = {
    'a.jsonl': json(inArxiv),
    'b.jsonl': json(inBibtex),
    'c.jsonl': json(inReviews),
  };
  const quick = (index: string) => ({ index, encoder: new HashingEncoder() });

  test('becomes one, with all that they say and where from', async () => {
    const { corpus, index } = await workplace(files);
    const report = await ingest([corpus], quick(index));
    expect(report).toMatchObject({ read: 3, added: 1, duplicate: 2, papers: 1, ofSeveralSources: 1 });
    const [paper] = await allPapers(index);
    expect(paper).toMatchObject({
      id: 'doi:10.1000/x',
      aliases: ['arxiv:2101.00001', 'or1'],
      abstract: 'As on arXiv.',
      venue: 'Journal',
      externalIds: { doi: '10.1000/x', arxiv: '2101.00001' },
    });
    expect(paper?.sources?.map(({ file }) => file)).toEqual(
      ['a.jsonl', 'c.jsonl', 'b.jsonl'].map((file) => join(corpus, file)),
    );
  });

  test('is found by every id that it has or had', async () => {
    const { corpus, index } = await workplace({ 'c.jsonl': json(inReviews) });
    await ingest([corpus], quick(index));
    await writeFile(join(corpus, 'a.jsonl'), json(inArxiv));
    expect(await ingest([corpus], quick(index))).toMatchObject({ added: 0, duplicate: 1, unchanged: 1 });
    const { papers } = await openSnapshot(index);
    expect([papers.size, papers.find('or1'), papers.find('arxiv:2101.00001')]).toEqual([1, 0, 0]);
    expect(papers.read(0)).toMatchObject({ id: 'or1', aliases: ['arxiv:2101.00001'] });
    const engine = await openIndex(index, { encoder: new HashingEncoder() });
    const snapshot = await engine.acquire();
    const { hits } = await snapshot.search({ query: 'id:arxiv:2101.00001', mode: 'keyword' });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['or1']);
  });

  test('the order in which files come does not matter', async () => {
    const { corpus, index } = await workplace(files);
    const paths = ['a.jsonl', 'b.jsonl', 'c.jsonl'].map((file) => join(corpus, file));
    const { snapshot } = await ingest(paths, quick(index));
    const other = await ingest(paths.toReversed(), quick(`${index}-2`));
    expect(other.snapshot).toBe(snapshot);
    expect(await ingest(paths.toReversed(), quick(index))).toMatchObject({ snapshot, unchanged: 3 });
  });

  test('a source that changes its mind is followed', async () => {
    const { corpus, index } = await workplace(files);
    await ingest([corpus], quick(index));
    await writeFile(join(corpus, 'a.jsonl'), json({ ...inArxiv, abstract: 'Revised.' }));
    expect(await ingest([corpus], quick(index))).toMatchObject({ updated: 1, unchanged: 2, papers: 1 });
    expect((await allPapers(index))[0]).toMatchObject({ id: 'doi:10.1000/x', abstract: 'Revised.' });
    await writeFile(
      join(corpus, 'a.jsonl'),
      json({ ...inArxiv, title: 'Another Title of Other Work', authors: ['Cy Ito'] }),
    );
    expect(await ingest([corpus], quick(index))).toMatchObject({ updated: 1, papers: 2 });
    expect((await allPapers(index))[1]).toMatchObject({ id: 'doi:10.1000/x', aliases: ['or1'] });
  });

  test('can be left apart, and put together again', async () => {
    const { corpus, index } = await workplace(files);
    const together = await ingest([corpus], quick(index));
    const papers = await allPapers(index);
    const apart = await ingest([corpus], { ...quick(index), keepDuplicates: true });
    expect(apart).toMatchObject({ papers: 3, unchanged: 3, ofSeveralSources: 0 });
    expect((await allPapers(index)).map(({ id }) => id)).toEqual([
      'arxiv:2101.00001',
      'doi:10.1000/x',
      'or1',
    ]);
    expect(await ingest([corpus], quick(index))).toMatchObject({ papers: 3, snapshot: apart.snapshot });
    const again = await ingest([corpus], { ...quick(index), keepDuplicates: false });
    expect(again).toMatchObject({ papers: 1, ofSeveralSources: 1 });
    // It says again what it said, but has changed twice since.
    expect(again.snapshot).not.toBe(together.snapshot);
    expect(await allPapers(index)).toEqual(papers);
  });

  test('a title resubmitted by others stays apart', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': json({ ...inArxiv, arxiv: undefined, id: undefined }),
      'b.jsonl': json({ ...inBibtex, doi: undefined, authors: ['Somebody Else'] }),
    });
    expect(await ingest([corpus], quick(index))).toMatchObject({ added: 2, papers: 2 });
  });

  test('two records of no title but one made-up id are both kept', async () => {
    const { corpus, index } = await workplace({
      'a.jsonl': json({ title: 'Preface', year: 1999 }, { title: 'Preface', year: 2009 }),
    });
    const first = await ingest([corpus], quick(index));
    expect(first).toMatchObject({ added: 2, papers: 2, rejected: [] });
    expect(await ingest([corpus], quick(index))).toMatchObject({ unchanged: 2, snapshot: first.snapshot });
  });

  test('why reports the sources, the reasons and the fields', async () => {
    const { corpus, index } = await workplace({ ...files, 'd.jsonl': json(paper('lone')) });
    await ingest([corpus], quick(index));
    const why = await whyPaper(index, 'or1');
    expect(why).toMatchObject({
      id: 'doi:10.1000/x',
      aliases: ['arxiv:2101.00001', 'or1'],
      sources: [
        { file: join(corpus, 'a.jsonl'), record: 1, id: 'arxiv:2101.00001' },
        { id: 'or1', same: { as: 0, why: { by: 'title', families: ['lee'] } } },
        { id: 'doi:10.1000/x', fields: ['venue', 'externalIds.doi'], same: { as: 0 } },
      ],
    });
    expect(why.sources[0]!.fields).toContain('abstract');
    expect(renderWhy(why)).toContain('same paper as record 1: same title, and both have the authors lee');
    expect(renderWhy(await whyPaper(index, 'lone'))).toContain('This paper was made from one record');
    await expect(whyPaper(index, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
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

  test('only records that cannot be read are NO_INPUT, with the place of the first', async () => {
    const { corpus, index } = await workplace({ 'x.json': '[{"title": 5}]' });
    await expect(ingest([corpus], { index, encoder: new HashingEncoder() })).rejects.toMatchObject({
      code: 'NO_INPUT',
      message: expect.stringContaining(`the first in ${join(corpus, 'x.json')}:1:title: `),
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
