import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../src/ingest/assemble.ts';
import type { EarlierPaper } from '../../src/ingest/earlier-papers.ts';
import { RecordSet } from '../../src/ingest/record-set.ts';
import type { RecordPlace } from '../../src/ingest/record-store.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { normalizePaper } from '../../src/papers/read/normalize.ts';

/** A set of records in memory. */
function recordSet(): RecordSet {
  const records: Paper[] = [];
  const append = (record: Paper) => ({ spooled: records.push(record) - 1 });
  const read = (place: RecordPlace) => records['spooled' in place ? place.spooled : -1]!;
  return new RecordSet({ append, read });
}

const RECORD = fc
  .record({
    title: fc.constantFrom('On the Growth of Tall Grass', 'On the Growth of Short Grass', 'Deep Learning'),
    abstract: fc.constantFrom('', 'An abstract.', 'A longer abstract.'),
    authors: fc.subarray(['Ann Lee', 'Bo Kim', 'Cy Ito'], { maxLength: 2 }),
    venue: fc.constantFrom(undefined, 'A', 'B'),
    year: fc.constantFrom(undefined, 2019, 2020, 2022),
    keywords: fc.subarray(['grass', 'Grass', 'growth']),
    doi: fc.constantFrom(undefined, undefined, '10.1000/x', '10.1000/y'),
    arxiv: fc.constantFrom(undefined, undefined, '2101.10001', '2101.20002'),
    file: fc.constantFrom('a.bib', 'b.bib', 'c.bib'),
  })
  .map(({ doi, arxiv, file, ...fields }) => ({ file, raw: { ...fields, externalIds: { doi, arxiv } } }));

/** Records of three files, each with its number in its file. */
const RECORDS = fc.array(RECORD, { maxLength: 10 }).map((list) => {
  const counts = new Map<string, number>();
  return list.map(({ file, raw }) => {
    const record = (counts.get(file) ?? 0) + 1;
    counts.set(file, record);
    return normalizePaper(raw, { file, format: 'bibtex', record }, {});
  });
});

async function assembled(records: readonly Paper[], earlier: readonly EarlierPaper[] = []) {
  const set = recordSet();
  for (const record of records) set.add(record, record.source.record);
  const { papers } = await assemble(set, earlier, false);
  return Array.from({ length: papers.length }, (_, doc) => papers.at(doc)!);
}

/** What papers say, whatever they are called. */
const said = (papers: readonly Paper[]) =>
  papers.map(({ id: _, aliases: __, ...rest }) => JSON.stringify(rest)).sort();

test('the order of files does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(
      RECORDS,
      fc.constantFrom(['c.bib', 'a.bib', 'b.bib'], ['b.bib', 'c.bib', 'a.bib']),
      async (records, order) => {
        const reordered = order.flatMap((file) => records.filter(({ source }) => source.file === file));
        expect(await assembled(reordered)).toEqual(await assembled(records));
      },
    ),
  );
});

test('every record is in one paper, and ids and aliases lead to one paper each', async () => {
  await fc.assert(
    fc.asyncProperty(RECORDS, async (records) => {
      const papers = await assembled(records);
      const kept = recordSet();
      for (const record of records) kept.add(record, 1);
      expect(papers.flatMap(({ source, sources = [source] }) => sources)).toHaveLength(kept.size);
      const ids = papers.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(ids.toSorted());
      for (const { aliases = [] } of papers) for (const alias of aliases) expect(ids).not.toContain(alias);
    }),
  );
});

test('without a source, papers say what they would if it had never been there', async () => {
  await fc.assert(
    fc.asyncProperty(RECORDS, async (records) => {
      const set = recordSet();
      for (const record of records) set.add(record, record.source.record);
      await assemble(set, [], false);
      set.remove(({ keys }) => keys.file === 'b.bib');
      const { papers } = await assemble(set, [], false);
      const left = Array.from({ length: papers.length }, (_, doc) => papers.at(doc)!);
      expect(said(left)).toEqual(
        said(await assembled(records.filter(({ source }) => source.file !== 'b.bib'))),
      );
    }),
  );
});

test('a thousand records of one id in one file are kept, and no more', () => {
  const set = recordSet();
  const outcomes = Array.from({ length: 1002 }, (_, n) => {
    const raw = { title: 'Preface', abstract: `Volume ${n}.`, authors: [] };
    return set.add(normalizePaper(raw, { file: 'a.bib', format: 'bibtex', record: n + 1 }, {}), n + 1);
  });
  expect(outcomes.filter(({ outcome }) => outcome === 'new')).toHaveLength(1000);
  expect(outcomes.at(-1)).toMatchObject({ outcome: 'rejected', notice: { line: 1002, field: 'id' } });
});
