import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AddedAnnotations } from '../../src/collections/annotations.ts';
import {
  type Annotations,
  NO_ANNOTATIONS,
  READ_STATES,
  SEED_ROLES,
} from '../../src/collections/collection.ts';
import { Collections } from '../../src/collections/collections.ts';
import { COLLECTION_FORMATS, type ExportedEntry, exportCollection } from '../../src/collections/export.ts';
import { readCollectionFile } from '../../src/collections/import.ts';
import { CollectionStore } from '../../src/collections/store.ts';
import { papersOf } from '../support/collected.ts';
import { paperOf } from '../support/papers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wildPapers } from '../support/wild-papers.ts';

const addedAt = '2026-11-30T09:00:00.000Z';
const words = fc
  .array(
    fc.constantFrom(...'to read|über|50%|a_b|—|--|“x”|{y}|$z$|~|#1|A&B|it’s|<i>|情報|\\end'.split('|')),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((list) => list.join(' '));
const note = fc.oneof(
  fc.constant(''),
  words,
  fc.array(words, { minLength: 2, maxLength: 4 }).map((list) => list.join('\n')),
  fc.array(words, { minLength: 2, maxLength: 4 }).map((list) => list.join('\n\n')),
);
const tag = fc.constantFrom('to read', 'Method', 'a, b', 'café', 'x;y', 'C++', 'r&d');
const annotations: fc.Arbitrary<Annotations> = fc
  .record({
    note,
    tags: fc.uniqueArray(tag, { maxLength: 4 }),
    state: fc.constantFrom(...READ_STATES),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    role: fc.constantFrom(...SEED_ROLES),
  })
  .map(({ rating, ...rest }) => ({ ...rest, ...(rating !== undefined && { rating }) }));

const exported = (entries: ExportedEntry[]) => ({ name: 'My reading', description: 'For us', entries });
const saidOf = ({ note: text, tags, state, rating, role }: AddedAnnotations) => ({
  note: text,
  tags: tags && [...tags].sort(),
  state,
  rating,
  role,
});
const bytes = (text: string) => Buffer.from(text);

describe.each(COLLECTION_FORMATS)('$name', ({ name }) => {
  test('an export that is imported says the same about the same papers', async () => {
    await fc.assert(
      fc.asyncProperty(
        wildPapers
          .filter((papers) => papers.length > 0)
          .chain((papers) =>
            fc.tuple(...papers.map((paper) => annotations.map((said) => ({ paper, addedAt, ...said })))),
          ),
        async (entries) => {
          const text = exportCollection(exported(entries), name);
          // Wild texts may look like another format.
          const file = await readCollectionFile(bytes(text), 'file', name === 'json' ? undefined : name);
          expect(file.rejected).toEqual([]);
          expect(file.entries.map(({ paper }) => paper.id)).toEqual(entries.map(({ paper }) => paper.id));
          expect(file.entries.map(saidOf)).toEqual(entries.map(saidOf));
          expect(file.entries.map(({ paper }) => paper.keywords)).toEqual(
            entries.map(({ paper }) => paper.keywords),
          );
          expect(file.entries.map(({ paper }) => paper.publication?.note)).toEqual(
            entries.map(({ paper }) => paper.publication?.note),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

const [a, b] = [
  paperOf({ title: 'Worms', id: 'a', keywords: ['worms'], externalIds: { doi: '10.1000/a' } }),
  paperOf({ title: 'Bees', id: 'b' }),
];

test.each([
  [
    'BibTeX of JabRef',
    '@article{a, title={Worms}, doi={10.1000/a}, keywords={worms, to read}, annote={See \\emph{Fig. 2}}, readstatus={skimmed}, ranking={rank4}}',
    { note: 'See Fig. 2', tags: ['to read'], state: 'reading', rating: 4 },
  ],
  [
    'RIS of EndNote',
    'TY  - JOUR\nTI  - Worms\nDO  - 10.1000/a\nKW  - worms\nKW  - to read\nN1  - See Fig. 2\nRN  - Mine\nER  - \n',
    { note: 'See Fig. 2\n\nMine', tags: ['to read'] },
  ],
  [
    'CSL-JSON',
    '[{"type":"article-journal","title":"Worms","DOI":"10.1000/a","issued":{"date-parts":[[2020]]},"keyword":"worms, to read","note":"See Fig. 2"}]',
    { note: 'See Fig. 2', tags: ['to read'] },
  ],
  [
    'Zotero RDF',
    `<rdf:RDF xmlns:rdf="x" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="y" xmlns:bib="b" xmlns:dcterms="t">
      <bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dc:title>Worms</dc:title>
      <dc:identifier>DOI 10.1000/a</dc:identifier><dc:subject>worms</dc:subject><dc:subject>to read</dc:subject>
      <dcterms:isReferencedBy rdf:resource="#item_2"/><dcterms:isReferencedBy rdf:resource="#item_3"/></bib:Article>
      <bib:Memo rdf:about="#item_2"><rdf:value>&lt;div class="zotero-note"&gt;&lt;p&gt;See &lt;b&gt;Fig.&lt;/b&gt; 2&lt;br/&gt;and 3&lt;/p&gt;&lt;ul&gt;&lt;li&gt;x &amp;lt; y&lt;/li&gt;&lt;/ul&gt;&lt;/div&gt;</rdf:value></bib:Memo>
      <bib:Memo rdf:about="#item_3"><rdf:value>Second</rdf:value></bib:Memo></rdf:RDF>`,
    { note: 'See Fig. 2\nand 3\n\n- x < y\n\nSecond', tags: ['to read'] },
  ],
])('%s of another program gives notes and tags, to the paper of the index', async (_, text, expected) => {
  const collections = new Collections(new CollectionStore(await temporaryFolder()));
  const { id } = await collections.store.create({ name: 'My reading' });
  const file = await readCollectionFile(gzipSync(text), 'library');
  const done = await collections.import(id, file, papersOf([a, b]));
  expect(done).toMatchObject({ added: 1, inIndex: 1, notInIndex: 0 });
  expect(done.collection.entries).toMatchObject([{ ...expected, paper: { id: 'a', title: 'Worms' } }]);
  // Once more changes nothing.
  const again = await collections.import(id, file, papersOf([a, b]));
  expect(again).toMatchObject({ added: 0, present: 1 });
  expect(again.collection.entries.map(saidOf)).toEqual(done.collection.entries.map(saidOf));
  // It is one change for undo.
  await collections.store.change(id, { type: 'undo' });
  expect((await collections.store.change(id, { type: 'undo' })).entries).toEqual([]);
});

test('papers that the index lacks are kept as the file has them, and are found once the index has them', async () => {
  const collections = new Collections(new CollectionStore(await temporaryFolder()));
  const { id } = await collections.store.create({ name: 'My reading' });
  const text = '@article{a, title={Worms}, author={Doe, Jane}, year=2020, doi={10.1000/a}, annote={Good}}';
  const { inIndex, notInIndex } = await collections.import(
    id,
    await readCollectionFile(bytes(text), 'x.bib'),
    papersOf([b]),
  );
  expect({ inIndex, notInIndex }).toEqual({ inIndex: 0, notInIndex: 1 });
  expect((await collections.read(id, papersOf([b]))).entries).toMatchObject([
    { paper: { title: 'Worms', authors: ['Jane Doe'], year: 2020 }, note: 'Good', inIndex: false },
  ]);
  expect((await collections.read(id, papersOf([a], 'later'))).entries).toMatchObject([
    { paper: { id: 'a' }, note: 'Good', inIndex: true },
  ]);
});

test('what another program has edited in an export counts', async () => {
  const entry = { paper: a, addedAt, ...NO_ANNOTATIONS, note: 'First', tags: ['x', 'y'], rating: 3 };
  const text = exportCollection(exported([entry]), 'ris');
  const edited = text.replace('N1  - First', 'N1  - Second').replace('KW  - x\n', '');
  const file = await readCollectionFile(bytes(edited), 'x.ris');
  expect(file.entries).toMatchObject([
    { note: 'Second', tags: ['y'], rating: 3, paper: { keywords: ['worms'] } },
  ]);
});

test('our own JSON keeps the name and when papers were added, and drops what is not allowed', async () => {
  const text = exportCollection(exported([{ paper: a, addedAt, ...NO_ANNOTATIONS }]), 'json');
  const wrong = text.replace('"unread"', '"skimmed"').replace('"tags": []', '"tags": [1, "x"], "rating": 9');
  const file = await readCollectionFile(bytes(wrong), 'x.json');
  expect(file).toMatchObject({
    format: 'paper-search-collection',
    name: 'My reading',
    description: 'For us',
  });
  expect(file.entries).toMatchObject([{ addedAt, tags: ['x'], paper: { id: 'a' } }]);
  expect(file.entries[0]!.state).toBeUndefined();
  expect(file.entries[0]!.rating).toBeUndefined();
});

test('too long notes and too many tags are cut, and said', async () => {
  const keywords = Array.from({ length: 52 }, (_, i) => `k${i}`).join(', ');
  const text = `@article{a, title={Worms}, annote={${'x'.repeat(20_001)}}, keywords={${keywords}}}`;
  const { entries, warnings } = await readCollectionFile(bytes(text), 'x.bib');
  expect([entries[0]!.note!.length, entries[0]!.tags!.length]).toEqual([20_000, 50]);
  expect(warnings.map(({ reason }) => reason).join('\n')).toMatch(/2 tags of "Worms".*\n.*20001 characters/);
});

test.each([
  ['', /x is empty/],
  ['Dear reader', /no format that can be read/],
  ['\u001f\u008bxx', /cannot be unpacked/],
])('%j is refused', async (text, message) => {
  await expect(readCollectionFile(Buffer.from(text, 'latin1'), 'x')).rejects.toThrow(message);
});
