import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Bm25Index } from '../../../src/indexes/keyword/bm25/bm25-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { KEYWORD_ENGINES } from '../../../src/indexes/keyword/engines.ts';
import type { KeywordIndex } from '../../../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import type { TextCondition } from '../../../src/query/ast.ts';
import { KEYWORD_PAPERS } from '../../cases/keyword.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({ title: 'Häuser in der Stadt', language: 'de', authors: ['Jörg Müller'] }),
  paperOf({ title: 'Große Sprachmodelle', abstract: 'Ein Modell der Sprache.', language: 'de' }),
  paperOf({ title: 'Sprachmodelle für die Medizin', language: 'de', keywords: ['Forschungsdaten'] }),
  paperOf({ title: 'Daten der Forschung', language: 'de' }),
  paperOf({ title: "L'analyse des réseaux", language: 'fr' }),
  paperOf({ title: 'Analysing networks', abstract: 'They die hard in a house.' }),
  paperOf({ title: 'Language models' }),
];
const bytesOf = (index: KeywordIndex) => Buffer.concat(index.serialize());
const found = (text: string, index: KeywordIndex) =>
  index.top(queryTerms(splitSolidWords(text, index), index), 10, true).hits.map(({ doc }) => doc);
const matching = (condition: Partial<TextCondition> & { text: string }, index: KeywordIndex) => {
  const mask = new Uint8Array(PAPERS.length);
  index.match(
    { kind: 'words', field: undefined, span: { start: 0, end: 0 }, ...condition } as TextCondition,
    mask,
  );
  return Array.from(mask.keys()).filter((doc) => mask[doc] === 1);
};

describe.each(Object.entries(KEYWORD_ENGINES))('the engine %s', (_, engine) => {
  test('knows the languages of its papers, also when it is read again', async () => {
    const index = await engine.build(PAPERS);
    const again = engine.load(new Uint8Array(bytesOf(index)));
    for (const each of [index, again]) expect(each.languages).toEqual(['de', 'en', 'fr']);
    expect((await engine.build(KEYWORD_PAPERS)).languages).toEqual(['en']);
  });

  test.each<[string, number[]]>([
    ['Haus', [0]],
    ['haeuser', [0]],
    ['Müller', [0]],
    ['Sprachmodell', [1, 2]],
    ['analyse', [4, 5]],
    ['l’analyse', [4]],
    ['reseau', [4]],
    ['die hard', [5]],
    ['house', [5]],
    ['model', [6]],
    ['Forschungsdatum', []],
  ])('finds papers in each language: %s', async (query, docs) => {
    expect(found(query, await engine.build(PAPERS))).toEqual(expect.arrayContaining(docs));
    if (docs.length > 0) expect(docs).toContain(found(query, await engine.build(PAPERS))[0]);
  });

  test('finds words by their parts, and parts by a word', async () => {
    const index = await engine.build(PAPERS);
    expect(found('Modell', index)[0]).toBe(1);
    expect(found('Modell', index)).toContain(2);
    expect(found('Sprache', index)).toEqual([1, 2]);
    expect(found('Forschung', index)).toEqual([3, 2]);
    expect(found('Forschungsdaten', index).sort()).toEqual([2, 3]);
    expect(index.solidWords.partsOf('sprachmodelle')).toEqual(['sprach', 'modell']);
    expect(index.solidWords.partsOf('medizin')).toBeUndefined();
  });

  test.each<[Partial<TextCondition> & { text: string }, number[]]>([
    [{ text: 'Haus' }, [0]],
    [{ text: 'Sprachmodell' }, [1, 2]],
    [{ text: 'die' }, [5]],
    [{ text: 'analyse' }, [4, 5]],
    [{ kind: 'prefix', text: 'häuse' }, [0]],
    [{ kind: 'prefix', text: 'sprach' }, [1, 2]],
    [{ kind: 'fuzzy', text: 'sprachmodel', edits: 1 } as never, [1, 2]],
    [{ text: 'Müller', field: 'author' }, [0]],
  ])('matches conditions in each language: %o', async (condition, docs) => {
    expect(matching(condition, await engine.build(PAPERS))).toEqual(docs);
  });
});

test('matches phrases whose stop words are not indexed in every language', async () => {
  const index = await bm25Engine.build(PAPERS);
  expect(matching({ kind: 'phrase', text: 'Daten der Forschung' }, index)).toEqual([3]);
  expect(matching({ kind: 'phrase', text: 'analyse des reseaux' }, index)).toEqual([4]);
  expect(matching({ kind: 'phrase', text: 'die hard' }, index)).toEqual([5]);
});

test('has the same terms and postings for papers in English as before languages were known', async () => {
  const { segment } = (await bm25Engine.build(KEYWORD_PAPERS)) as Bm25Index;
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = segment;
  const miniSearch = KEYWORD_ENGINES.minisearch;
  const parts = [
    [termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths],
    [bytesOf(await miniSearch.build(KEYWORD_PAPERS))],
  ];
  const digests = parts.map((arrays) => {
    const hash = createHash('sha256');
    for (const array of arrays) hash.update(array);
    return hash.digest('hex');
  });
  expect(digests).toEqual([
    'a620c00eb8f22f2985165a0400105ce0463425a2a115ef101fc30e702d19664c',
    'ad247fde760af33f0122ccaea9ec0605362bc5e3fe61951cd3673dd4b71556da',
  ]);
});

test('merges papers in several languages to the same bytes as building them', async () => {
  const earlier = PAPERS.slice(0, 5);
  const index = await bm25Engine.build(earlier);
  const positions = Int32Array.from(PAPERS, (_, doc) => (doc < 4 ? doc : -1));
  const merged = await bm25Engine.build(PAPERS, { reuse: { index, positions } });
  expect(bytesOf(merged)).toEqual(bytesOf(await bm25Engine.build(PAPERS)));
});

test('forgets a language with its last paper', async () => {
  const index = await bm25Engine.build(PAPERS.slice(4, 6));
  const merged = await bm25Engine.build([PAPERS[5]!], { reuse: { index, positions: Int32Array.of(1) } });
  expect([index.languages, merged.languages]).toEqual([['en', 'fr'], ['en']]);
});
