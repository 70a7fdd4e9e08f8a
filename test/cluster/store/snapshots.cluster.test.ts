import fc from 'fast-check';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import {
  documentId,
  documentOf,
  type StoredSource,
  paperOf as storedPaper,
} from '../../../src/cluster/store/document.ts';
import { aliasOf } from '../../../src/cluster/store/names.ts';
import { valuesPath } from '../../../src/cluster/store/paths.ts';
import {
  beginChange,
  currentSnapshot,
  deleteOldSnapshots,
  dropSnapshot,
  listCorpora,
  listSnapshots,
  openSnapshot,
  publish,
} from '../../../src/cluster/store/snapshots.ts';
import { storedKeyword, storedWord } from '../../../src/cluster/store/stored-texts.ts';
import { DEFAULT_PARAMETERS, meanLength } from '../../../src/indexes/keyword/bm25/scoring.ts';
import { SegmentBuilder } from '../../../src/indexes/keyword/bm25/segment-builder.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { connectToCluster, corpusOfTests, describeOnCluster } from '../../support/cluster.ts';
import { paperOf } from '../../support/papers.ts';
import { wildPapers } from '../../support/wild-papers.ts';

const MODEL = { name: 'test', dimension: 2, maxTokens: 8, digest: 'abc' };
const PARTS = { model: MODEL, keepDuplicates: false, shards: 2, replicas: 0 };
const ARRIVAL = { added: 1_000_000, changed: 2_000_000 };

const PAPERS = [
  paperOf({
    id: 'a',
    title: 'Rivers and lakes',
    abstract: 'Water flows from the river.',
    keywords: ['water'],
  }),
  paperOf({ id: 'b', title: 'Die Flüsse', abstract: 'Wasser fließt.', language: 'de' }),
  paperOf({ id: 'c'.repeat(600), title: 'Self-improvement', session: { name: 'Poster Session A' } }),
  paperOf({
    id: 'd',
    title: 'Mountains',
    authors: ['Ji-Rong Wen'],
    session: { name: 'Poster A of Session' },
  }),
];

describeOnCluster('snapshots of a cluster', () => {
  const corpora = Array.from({ length: 6 }, () => corpusOfTests('b1-test'));
  let client: ClusterClient;
  let corpus: string;
  beforeAll(async () => {
    client = await connectToCluster();
  });
  beforeEach(() => {
    corpus = corpora.pop()!;
  });

  async function write(index: string, papers: readonly Paper[]): Promise<void> {
    const lines = papers.flatMap((paper) => [
      { index: { _index: index, _id: documentId(paper.id) } },
      documentOf(paper, { vector: Float32Array.from([0.6, 0.8]), records: [], arrival: ARRIVAL }),
    ]);
    const { errors, items } = await client.request<{ errors: boolean; items: unknown[] }>('POST', '/_bulk', {
      lines,
    });
    expect(errors ? items : []).toEqual([]);
  }

  async function published(papers: readonly Paper[]): Promise<string> {
    const index = await beginChange(client, corpus, undefined, PARTS);
    await write(index, papers);
    await publish(client, corpus, index);
    return index;
  }

  async function idsOf(index: string): Promise<string[]> {
    const { hits } = await client.search<StoredSource>(index, {
      size: 200,
      _source: ['paper'],
      sort: ['id'],
    });
    return hits.hits.map(({ _source }) => storedPaper(_source).id);
  }

  async function countOf(index: string, query: Record<string, unknown>): Promise<number> {
    return (await client.search(index, { size: 0, query })).hits.total!.value;
  }

  test('are published with statistics, and the next one takes the place of the first at once', async () => {
    const first = await published(PAPERS);
    const { index, meta } = await openSnapshot(client, corpus);
    expect(index).toBe(first);
    const builder = new SegmentBuilder();
    for (const paper of PAPERS) builder.add(paper);
    expect(meta).toMatchObject({
      state: 'complete',
      model: MODEL,
      counts: { papers: 4, withoutAbstract: 2 },
      languages: ['en', 'de'],
      meanLength: meanLength(builder.finish().fieldLengths, DEFAULT_PARAMETERS),
      settings: { shards: 2, replicas: 0 },
    });
    expect(await listCorpora(client)).toContain(corpus);

    // Words of one value, in any order, and not of two.
    const words = (...asked: string[]) => ({
      intervals: {
        'within.session': {
          all_of: {
            ordered: false,
            max_gaps: 0,
            intervals: asked.map((query) => ({ match: { query, analyzer: 'stream' } })),
          },
        },
      },
    });
    expect(await countOf(first, words('session', 'poster', 'a'))).toBe(2);
    expect(await countOf(first, words('session', 'of'))).toBe(1);
    expect(await countOf(first, words('session', 'water'))).toBe(0);
    expect(await countOf(first, { term: { [valuesPath('keyword')]: 'water' } })).toBe(1);
    expect(await countOf(first, { term: { terms: 'selfimprov' } })).toBe(1);

    const next = await beginChange(client, corpus, first, PARTS);
    await write(next, [paperOf({ id: 'e', title: 'New' })]);
    await client.request('DELETE', `/${next}/_doc/a`);
    expect((await currentSnapshot(client, corpus))!.index).toBe(first);
    expect(await idsOf(aliasOf(corpus))).toEqual(PAPERS.map(({ id }) => id));
    const after = await publish(client, corpus, next);
    expect(after.corpusDigest).not.toBe(meta.corpusDigest);
    expect(await idsOf(aliasOf(corpus))).toEqual([...PAPERS.slice(1).map(({ id }) => id), 'e']);
    // A reader that holds the first stays on it, until the grace period has passed.
    expect(await idsOf(first)).toEqual(PAPERS.map(({ id }) => id));
    expect(await deleteOldSnapshots(client, corpus)).toEqual([]);
    expect(await deleteOldSnapshots(client, corpus, { graceMs: 0 })).toEqual([first]);
    expect((await listSnapshots(client, corpus)).map((each) => each.index)).toEqual([next]);
    // Publishing it again, after an answer that was lost, changes nothing.
    expect(await publish(client, corpus, next)).toEqual(after);
  });

  test('take papers with anything in them, and find them by it', async () => {
    const long = 'w'.repeat(40_000);
    const hostile = paperOf({
      id: 'x'.repeat(40_000),
      title: `${long} ﷺ a\u0002b state-of-the-art`,
      abstract: Array.from({ length: 20_000 }, () => 'a').join('-'),
      authors: [`${long} Müller`, ...Array.from({ length: 3_000 }, (_, n) => `Jane Doe${n}`)],
      keywords: ['é'.repeat(30_000), 'what it is', 'last one'],
      venue: long,
      categories: [long],
    });
    const wild = fc.sample(wildPapers, { numRuns: 10, seed: 1 }).flat();
    const papers = [hostile, ...wild.map((paper, n) => ({ ...paper, id: `wild-${n}` }))];
    const index = await published(papers);
    expect(new Set(await idsOf(index))).toEqual(new Set(papers.map(({ id }) => id)));
    expect(
      await countOf(index, { term: { [valuesPath('keyword')]: storedKeyword('e'.repeat(30_000)) } }),
    ).toBe(1);
    expect(await countOf(index, { term: { 'words.title': storedWord(long) } })).toBe(1);
    // A stop word is among the words as they are written, at the position that the terms leave open.
    const phrase = (...words: [string, boolean][]) => ({
      intervals: {
        'words.title': {
          all_of: {
            ordered: true,
            max_gaps: 0,
            intervals: words.map(([query, isStopWord]) => ({
              match: { query, analyzer: 'stream', ...(isStopWord && { use_field: 'surfaces.title' }) },
            })),
          },
        },
      },
    });
    expect(await countOf(index, phrase(['state', false], ['of', true], ['the', true], ['art', false]))).toBe(
      1,
    );
    expect(await countOf(index, phrase(['state', false], ['the', true], ['of', true], ['art', false]))).toBe(
      0,
    );
    const keywords = { 'surfaces.keywords': 'is last' };
    expect(await countOf(index, { match_phrase: keywords })).toBe(0);
  });

  test('have equal digests for equal papers, in whichever order they came', async () => {
    const one = await beginChange(client, corpus, undefined, PARTS);
    await write(one, PAPERS);
    const { corpusDigest } = await publish(client, corpus, one);
    const other = await beginChange(client, corpus, undefined, { ...PARTS, shards: 1 });
    await write(other, PAPERS.toReversed());
    const again = await publish(client, corpus, other);
    expect(again.corpusDigest).toBe(corpusDigest);
    expect(again.settings.shards).toBe(1);
  });

  test('are not published over a change that was published in between', async () => {
    const first = await published(PAPERS.slice(0, 1));
    const mine = await beginChange(client, corpus, first, PARTS);
    const theirs = await published(PAPERS.slice(1, 2)).catch((error) => error);
    // Beginning a change deletes what others have left.
    await expect(publish(client, corpus, mine)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    expect((await openSnapshot(client, corpus)).index).toBe(theirs);
    await expect(beginChange(client, corpus, first, PARTS)).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
    await dropSnapshot(client, theirs);
    expect((await openSnapshot(client, corpus)).index).toBe(theirs);
  });

  test('of unknown corpora are refused with the known ones', async () => {
    await published(PAPERS.slice(0, 1));
    await expect(openSnapshot(client, `${corpus}x`)).rejects.toThrow(
      /has no corpus ".*x"\. It has .*Make it with: /,
    );
  });

  test('of other versions are refused', async () => {
    const index = await published(PAPERS.slice(0, 1));
    const { meta } = await openSnapshot(client, corpus);
    await client.request('PUT', `/${index}/_mapping`, {
      body: { _meta: { paperSearch: { ...meta, format: 99 } } },
    });
    await expect(openSnapshot(client, corpus)).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
    const foreign = `${aliasOf(corpus)}-foreign`;
    await client.request('DELETE', `/${index}`);
    await client.request('PUT', `/${foreign}`, { body: { aliases: { [aliasOf(corpus)]: {} } } });
    await expect(openSnapshot(client, corpus)).rejects.toThrow(
      'is not of a corpus that paper-search has published',
    );
  });
});
