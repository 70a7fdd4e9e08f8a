import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ENGLISH = [
  {
    id: 'en1',
    title: 'Die hard: fatigue of moulding tools',
    abstract: 'We measure how the dies of a press wear out over time.',
  },
  {
    id: 'en2',
    title: 'Language models for law',
    abstract: 'We train a model on the texts of the law and compare it.',
  },
];

const jsonl = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** An index of the German, French and English papers, and a folder for more. */
async function corpus() {
  const folder = await temporaryFolder();
  const papers = join(folder, 'papers');
  await mkdir(papers);
  for (const name of ['german.jsonl', 'french.jsonl'])
    await cp(`test/cases/languages/${name}`, join(papers, name));
  await writeFile(join(papers, 'english.jsonl'), jsonl(ENGLISH));
  const index = join(folder, 'index');
  const encoder = new HashingEncoder();
  await ingest([papers], { index, encoder });
  return { papers, index, encoder };
}

async function searched(index: string) {
  const engine = await openIndex(index, { encoder: new HashingEncoder() });
  const snapshot = await engine.acquire();
  return {
    search: (query: string) => snapshot.search({ query, mode: 'keyword', fallback: false, explain: true }),
    facets: async () => (await snapshot.search({ query: '', sort: 'title', facets: ['language'] })).facets,
    close: async () => {
      await snapshot[Symbol.asyncDispose]();
      await engine.close();
    },
  };
}

describe('an index of papers in German, French and English', () => {
  test.each<[string, string, string[]]>([
    ['Haus', 'de2', ['Häuser']],
    ['Häuser', 'de2', ['Häuser']],
    ['Sprachmodell Diagnose', 'de3', ['Sprachmodelle', 'Sprachmodelle', 'Diagnosen']],
    ['Modell für Arztbriefe', 'de3', ['Sprachmodelle', 'Sprachmodelle', 'Arztbriefen', 'Modelle']],
    ['Mueller', 'de44', ['Müller']],
    ['Honigbiene', 'de5', ['Honigbienen']],
    ['analyse', 'fr1', ['analyse', 'analyse']],
    ["l'analyse", 'fr1', ['analyse', 'analyse']],
    ['modele medieval', 'fr2', ['Modèles', 'médiéval', 'médiévaux', 'modèles']],
    ['die hard', 'en1', ['Die', 'hard']],
    ['"hard: fatigue of"', 'en1', ['hard', 'fatigue']],
    ['"Brücken aus Holz"', 'de39', ['Brücken', 'Holz']],
  ])('finds by "%s" the paper %s and highlights its words', async (query, id, words) => {
    const { search, close } = await searched((await corpus()).index);
    const { hits } = await search(query);
    const hit = hits.find(({ paper }) => paper.id === id)!;
    expect(hits.slice(0, 3)).toContain(hit);
    expect(hit.highlights.map(({ text }) => text)).toEqual(expect.arrayContaining(words));
    for (const { field, start, end, text } of hit.highlights) {
      expect(hit.paper[field].slice(start, end)).toBe(text);
    }
    await close();
  });

  test('counts and filters papers by language', async () => {
    const { search, facets, close } = await searched((await corpus()).index);
    expect((await facets())?.values.language).toEqual([
      { value: 'de', count: 44 },
      { value: 'fr', count: 4 },
    ]);
    expect((await search('language:fr')).total).toBe(4);
    expect((await search('analyse language:de')).hits).toEqual([]);
    await close();
  });

  test('explains which longer word a word matched', async () => {
    const { search, close } = await searched((await corpus()).index);
    const { hits } = await search('Maschine zum Suchen');
    const { explanation } = hits.find(({ paper }) => paper.id === 'de18')!;
    expect(explanation?.keyword?.terms.map(({ text }) => text)).toContain('Maschine… (suchmaschinen)');
    await close();
  });
});

test('analyses unchanged papers as before when others are added', async () => {
  const { papers, index, encoder } = await corpus();
  const before = await searched(index);
  const { hits } = await before.search('Haus');
  await before.close();
  await writeFile(
    join(papers, 'more.jsonl'),
    jsonl([
      {
        id: 'de99',
        title: 'Das Haus am See',
        abstract: 'Ein Haus steht an einem See, und niemand wohnt darin, denn es ist zu alt.',
      },
    ]),
  );
  await ingest([papers], { index, encoder });
  const after = await searched(index);
  const ids = (await after.search('Häuser')).hits.map(({ paper }) => paper.id);
  expect(ids).toEqual(expect.arrayContaining(['de99', ...hits.map(({ paper }) => paper.id)]));
  await after.close();
  const rebuilt = join(await temporaryFolder(), 'index');
  await ingest([papers], { index: rebuilt, encoder });
  const [one, other] = [await openSnapshot(index), await openSnapshot(rebuilt)];
  expect(one.readKeywordIndex()).toEqual(other.readKeywordIndex());
  one.close();
  other.close();
});
