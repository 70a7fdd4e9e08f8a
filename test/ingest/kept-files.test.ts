import { existsSync } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifySnapshot } from '../../src/indexes/store/verify.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Enough that a few of them can change while the files are kept. */
const PAPERS = 40;

type Titles = ReadonlyMap<string, string>;

const START: Titles = new Map(Array.from({ length: PAPERS }, (_, n) => [`p${10 + n}`, `Title ${n}`]));

/** Papers that change their title, come in between others or disappear (without a title). */
const CHANGES = fc.array(
  fc.array(
    fc.record({
      id: fc.integer({ min: 5, max: 60 }).map((n) => `p${n}`),
      title: fc.option(fc.constantFrom('One', 'Two words'), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  { minLength: 1, maxLength: 5 },
);

function changed(
  titles: Titles,
  change: readonly { readonly id: string; readonly title?: string | undefined }[],
): Titles {
  const after = new Map(titles);
  for (const { id, title } of change) {
    if (title === undefined) after.delete(id);
    else after.set(id, title);
  }
  return after;
}

function linesOf(titles: Titles): string {
  const records = [...titles].map(([id, title]) => ({
    id,
    title,
    abstract: `${title}, at length.`,
    year: 2000,
  }));
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** All that a snapshot says, whichever files it is in. */
async function contentOf(index: string) {
  const snapshot = await openSnapshot(index);
  try {
    const { papers, vectors, manifest } = snapshot;
    const codes = new Uint8Array(manifest.artifacts['vectors.i8']!.bytes);
    snapshot.readCodes(codes);
    return {
      papers: [...papers],
      lines: Buffer.from(papers.readLines(0, papers.size)).toString(),
      found: [...papers].map(({ id }) => papers.find(id)),
      vectors: [...vectors.readAll()],
      each: [...papers].map((_, doc) => [...vectors.read(doc)]),
      codes,
      fields: snapshot.readFields(),
      keywordIndex: snapshot.readKeywordIndex(),
      counts: manifest.counts,
    };
  } finally {
    snapshot.close();
  }
}

async function workplace() {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  const [index, other] = [join(folder, 'index'), join(folder, 'other')];
  const options = { encoder: new HashingEncoder(), corpusMap: false, replaceSource: true };
  /** Gives an index these papers. */
  const take = async (titles: Titles) => {
    await writeFile(file, linesOf(titles));
    return (await ingest([file], { ...options, index, keptFrom: 1 })).snapshot;
  };
  /** The same, written whole. */
  const takeWhole = () => ingest([file], { ...options, index: other, rewrite: true });
  return { index, other, take, takeWhole };
}

test('a snapshot that keeps files says what one that is written whole says, after any changes', async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(CHANGES, async (changes) => {
      const { index, other, take, takeWhole } = await workplace();
      let titles = START;
      await take(titles);
      for (const change of changes) {
        titles = changed(titles, change);
        const snapshot = await take(titles);
        if (existsSync(join(index, snapshot, 'papers.later.jsonl'))) kept++;
        await takeWhole();
        expect(await contentOf(index)).toEqual(await contentOf(other));
        expect(await verifySnapshot(index, snapshot)).toEqual([]);
      }
    }),
    { numRuns: 12 },
  );
  expect(kept).toBeGreaterThan(10);
}, 60_000);

test('the kept files are those of the snapshot before on disk, and stay when it is removed', async () => {
  const { index, other, take, takeWhole } = await workplace();
  const first = await take(START);
  const inodeOf = async (snapshot: string, file: string) => (await stat(join(index, snapshot, file))).ino;
  const main = ['papers.jsonl', 'vectors.f32'];
  const before = await Promise.all(main.map((file) => inodeOf(first, file)));
  const second = await take(changed(START, [{ id: 'p5', title: 'First' }]));
  expect(await Promise.all(main.map((file) => inodeOf(second, file)))).toEqual(before);
  await rm(join(index, first), { recursive: true });
  await takeWhole();
  expect(await contentOf(index)).toEqual(await contentOf(other));
});

test('all is written again once much has changed', async () => {
  const { index, take } = await workplace();
  await take(START);
  const some = Array.from({ length: 4 }, (_, n) => ({ id: `q${n}`, title: 'New' }));
  const second = await take(changed(START, some));
  expect(existsSync(join(index, second, 'papers.later.jsonl'))).toBe(true);
  const third = await take(changed(START, [...some, { id: 'q4', title: 'New' }, { id: 'p10' }]));
  expect(existsSync(join(index, third, 'papers.later.jsonl'))).toBe(false);
});

test('papers that had no vector get one', async () => {
  const { index, other, take, takeWhole } = await workplace();
  await take(START);
  const encoder = new HashingEncoder();
  encoder.encode = () => Promise.reject(new Error('no model'));
  const file = join(index, '..', 'papers.jsonl');
  await writeFile(file, linesOf(changed(START, [{ id: 'p11', title: 'Without a vector' }])));
  const options = { index, encoder, corpusMap: false, keptFrom: 1 };
  await ingest([file], options).catch(() => {});
  await take(changed(START, [{ id: 'p11', title: 'Without a vector' }]));
  await takeWhole();
  expect(await contentOf(index)).toEqual(await contentOf(other));
});
