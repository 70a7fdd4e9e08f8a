import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Manifest, manifestText, snapshotDigest } from '../../src/indexes/store/manifest.ts';
import { publishTuning } from '../../src/indexes/store/publish-tuning.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { joinPapers, splitPaper } from '../../src/ingest/decide.ts';
import { type IngestOptions, ingest } from '../../src/ingest/ingest.ts';
import { remove } from '../../src/ingest/remove.ts';
import { updateIndex } from '../../src/ingest/update-index.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Said {
  readonly id: string;
  readonly title?: string;
  readonly abstract?: string;
  readonly [member: string]: unknown;
}

const SHARED = { title: 'A Paper That Many Have', abstract: 'Long.', authors: ['Ann Lee'], doi: '10.1000/x' };
const paper = (id: string, abstract = 'Nothing yet.') => ({ id, title: `Title ${id}`, abstract });

/** An index, and a folder with the files that it is made of. */
async function library() {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  const options = { index: join(folder, 'index'), encoder: new HashingEncoder() };
  const put = async (file: string, ...papers: readonly Said[]) => {
    await writeFile(join(corpus, file), papers.map((each) => `${JSON.stringify(each)}\n`).join(''));
    return join(corpus, file);
  };
  return {
    corpus,
    options,
    put,
    /** Writes a file and takes in the whole folder. */
    add: async (file: string, ...papers: readonly Said[]) => {
      await put(file, ...papers);
      return ingest([corpus], { ...options, replaceSource: true });
    },
    ingest: (more: IngestOptions = {}) => ingest([corpus], { ...options, ...more }),
    /** `id: added/changed` of every paper, in generations. */
    arrivals: async () => {
      const snapshot = await openSnapshot(options.index);
      const { papers, arrivals } = snapshot;
      const found = Array.from(
        papers,
        ({ id }, doc) => `${id}: ${arrivals.addedIn(doc)}/${arrivals.changedIn(doc)}`,
      );
      snapshot.close();
      return found;
    },
    manifest: async () => {
      const snapshot = await openSnapshot(options.index);
      snapshot.close();
      return { name: snapshot.name, ...snapshot.manifest };
    },
  };
}

describe('arrivals', () => {
  test('are those of the first ingest, and of each that adds or changes papers', async () => {
    const { add, ingest: again, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'), paper('b'));
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1']);
    await add('b.jsonl', paper('c'));
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1', 'c: 2/2']);
    await add('a.jsonl', paper('a', 'Now there is something.'), paper('b'));
    expect(await arrivals()).toEqual(['a: 1/3', 'b: 1/1', 'c: 2/2']);
    await again();
    expect(await arrivals()).toEqual(['a: 1/3', 'b: 1/1', 'c: 2/2']);
    const { arrivals: instants = {}, createdAt } = await manifest();
    expect(Object.keys(instants)).toEqual(['1', '2', '3']);
    expect(Object.values(instants)).toEqual(Object.values(instants).sort());
    expect(instants[3]).toBe(createdAt);
  });

  test('of one ingest leave the snapshot as it was before there were any', async () => {
    const { add, options, manifest } = await library();
    await add('a.jsonl', paper('a'), paper('b'));
    const { name, ...first } = await manifest();
    expect([first.generation, first.arrivals]).toEqual([undefined, undefined]);
    expect(existsSync(join(options.index, name, 'arrivals.bin'))).toBe(false);
  });

  test('of the same series of ingests are the same bytes', async () => {
    const names = [];
    for (let run = 0; run < 2; run++) {
      const { options, put } = await library();
      const [one, two] = [await put('a.jsonl', paper('a')), await put('b.jsonl', paper('b'))];
      // The same name of the source in both runs.
      const read = async (file: string) => Buffer.from(await readFile(file));
      for (const file of [one, two]) {
        await updateIndex(options, async (records) => {
          const said = JSON.parse((await read(file)).toString()) as Said;
          records.add(recordOf(said.id), 1);
        });
      }
      names.push((await openSnapshot(options.index)).name);
    }
    expect(names[0]).toBe(names[1]);
  });

  test('survive a move to another file, another place in the file, and another source', async () => {
    const { add, put, corpus, ingest: again, arrivals } = await library();
    await add('a.jsonl', paper('a'), paper('b'));
    await add('b.jsonl', paper('c'));
    await add('a.jsonl', paper('b'), paper('a'));
    await put('c.jsonl', paper('a'), paper('b'));
    await rm(join(corpus, 'a.jsonl'));
    await again({ replaceSource: true });
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1', 'c: 2/2']);
  });

  test('are new for a paper that was removed and added again', async () => {
    const { add, ingest: again, options, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'));
    await add('b.jsonl', paper('b'));
    const before = await manifest();
    await remove({ ids: ['b'] }, options);
    expect(await arrivals()).toEqual(['a: 1/1']);
    await again();
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 3/3']);
    const after = await manifest();
    expect(after.name).not.toBe(before.name);
    expect(Date.parse(after.arrivals![3]!)).toBeGreaterThan(Date.parse(before.arrivals![2]!));
  });

  test('are new where the whole index was emptied and filled again', async () => {
    const { add, ingest: again, options, corpus, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'));
    const before = await manifest();
    await remove({ sources: [corpus] }, options);
    await again();
    expect(await arrivals()).toEqual(['a: 2/2']);
    expect(Date.parse((await manifest()).arrivals![2]!)).toBeGreaterThan(Date.parse(before.createdAt));
  });

  test('of papers that are joined are the earliest; the parts of one that is split keep theirs', async () => {
    const { add, options, arrivals } = await library();
    await add('a.jsonl', { id: 'b', title: 'On the Growth of Tall Grass', abstract: 'We grow.' });
    await add('b.jsonl', { id: 'a', title: 'Grass That Is Tall: Its Growth', abstract: 'It grows.' });
    await add('c.jsonl', paper('c'));
    expect(await arrivals()).toEqual(['a: 2/2', 'b: 1/1', 'c: 3/3']);
    await joinPapers('a', 'b', options);
    const [joined] = await arrivals();
    expect(joined).toMatch(/^[ab]: 1\/[124]$/);
    await splitPaper(joined![0]!, undefined, options);
    const parts = await arrivals();
    expect(parts.map((part) => part.slice(0, 4))).toEqual(['a: 1', 'b: 1', 'c: 3']);
  });

  test('of a record that is merged into a paper change nothing where it adds nothing', async () => {
    const { add, arrivals } = await library();
    await add('a.jsonl', { id: 'x', ...SHARED });
    await add('b.jsonl', { id: 'y', ...SHARED });
    expect(await arrivals()).toEqual(['x: 1/1']);
    await add('c.jsonl', { id: 'z', ...SHARED, keywords: ['news'] });
    expect(await arrivals()).toEqual(['x: 1/2']);
  });

  test('are not those of a paper that had the id as an alias', async () => {
    const { add, corpus, arrivals } = await library();
    await add('a.jsonl', { id: 'x', ...SHARED });
    await add('b.jsonl', { id: 'y', ...SHARED });
    expect(await arrivals()).toEqual(['x: 1/1']);
    await rm(join(corpus, 'b.jsonl'));
    await add('c.jsonl', { id: 'y', title: 'Of Quite Another Thing', authors: ['Bo Kim'] });
    expect(await arrivals()).toEqual(['x: 1/1', 'y: 2/2']);
  });

  test('are kept by a rebuild, another model, a tuning and a new map', async () => {
    const { add, ingest: again, options, arrivals, manifest } = await library();
    await add('a.jsonl', ...Array.from({ length: 9 }, (_, n) => paper(`a${n}`, `About ${n} stars.`)));
    await add('b.jsonl', paper('b'), paper('c', 'Of cats.'));
    const expected = await arrivals();
    const { arrivals: instants } = await manifest();
    const figures = { queries: 1, default: 0.5, tuned: 0.6, p: 0.5 };
    const tuning = { lexicalShare: 0.5, papers: 11, seed: 1, figures: { fit: figures, check: figures } };
    await publishTuning(options.index, tuning);
    expect([await arrivals(), (await manifest()).arrivals]).toEqual([expected, instants]);
    await again({ rebuild: true });
    expect([await arrivals(), (await manifest()).arrivals]).toEqual([expected, instants]);
    await again({ corpusMap: false });
    await updateIndex({ ...options, encoder: new HashingEncoder('new'), changeModel: true }, async () => {});
    expect([await arrivals(), (await manifest()).arrivals]).toEqual([expected, instants]);
    expect((await verifyIndex(options.index)).damages).toEqual([]);
  });

  test('are those of the first snapshot after another model encoded it, though it is a later one', async () => {
    const { add, options, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'));
    const { createdAt } = await manifest();
    await updateIndex({ ...options, encoder: new HashingEncoder('new'), changeModel: true }, async () => {});
    const after = await manifest();
    expect(await arrivals()).toEqual(['a: 1/1']);
    expect(after.arrivals ?? { 1: after.createdAt }).toEqual({ 1: createdAt });
  });

  test('are lost by a rebuild of what cannot be read, which the report says', async () => {
    const { add, ingest: again, options, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'));
    await add('b.jsonl', paper('b'));
    const { name } = await manifest();
    await truncate(join(options.index, name, 'documents.idx'), 8);
    const report = await again({ rebuild: true });
    expect(report.warnings).toEqual([
      { file: options.index, reason: expect.stringContaining('all count as added now') },
    ]);
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1']);
  });

  test('are kept by a rebuild of what is damaged, whose papers count as changed', async () => {
    const { add, ingest: again, options, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'), paper('b'));
    await add('b.jsonl', paper('c'));
    const { name } = await manifest();
    const file = join(options.index, name, 'papers.jsonl');
    const bytes = await readFile(file);
    bytes[bytes.indexOf('Title a')] = 0x20;
    await writeFile(file, bytes);
    const { warnings, encoded } = await again({ rebuild: true });
    expect(warnings).toEqual([{ file, reason: expect.stringContaining('The snapshot before is damaged') }]);
    expect(encoded).toBe(3);
    expect(await arrivals()).toEqual(['a: 1/3', 'b: 1/1', 'c: 2/2']);
    expect((await verifyIndex(options.index)).damages).toEqual([]);
  });

  test('of many small ingests are no more than there are papers', async () => {
    const { put, corpus, options, manifest } = await library();
    await put('a.jsonl', paper('a'));
    for (let n = 0; n < 12; n++) {
      await put('b.jsonl', paper('b', `Version ${n}.`));
      await ingest([corpus], options);
    }
    const { generation, arrivals } = await manifest();
    expect(generation).toBe(12);
    expect(Object.keys(arrivals!)).toEqual(['1', '12']);
  });

  test('continue those of an index of the format before, which count from its time on', async () => {
    const { add, options, arrivals, manifest } = await library();
    await add('a.jsonl', paper('a'), paper('b'));
    const { name } = await manifest();
    await makeOlder(options.index, name, '2025-05-05T05:05:05.000Z');
    const { createdAt, arrivals: none } = await manifest();
    expect([createdAt, none]).toEqual(['2025-05-05T05:05:05.000Z', undefined]);
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1']);
    const snapshot = await openSnapshot(options.index);
    expect(snapshot.arrivals.of(0)).toEqual({ added: createdAt, changed: createdAt });
    snapshot.close();
    await add('b.jsonl', paper('c'));
    expect(await arrivals()).toEqual(['a: 1/1', 'b: 1/1', 'c: 2/2']);
    expect((await manifest()).arrivals?.[1]).toBe(createdAt);
  });

  test('never go back in time when the clock does', async () => {
    const { add, options, manifest } = await library();
    await add('a.jsonl', paper('a'));
    const { name } = await manifest();
    await makeOlder(options.index, name, '2999-01-01T00:00:00.000Z');
    await add('b.jsonl', paper('b'));
    expect((await manifest()).arrivals).toEqual({
      1: '2999-01-01T00:00:00.000Z',
      2: '2999-01-01T00:00:00.001Z',
    });
  });

  test('follow a simple model in any series of ingests, removals and rebuilds', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('put' as const),
          file: fc.constantFrom('1.jsonl', '2.jsonl'),
          papers: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom('x', 'y')), {
            selector: ([id]) => id,
            minLength: 1,
            maxLength: 4,
          }),
          rebuild: fc.boolean(),
          replaceSource: fc.boolean(),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
        const { put, ingest: again, options } = await library();
        let known = new Map<string, { added: number; changed: number; said: unknown }>();
        let generation = 0;
        let isOpen = false;
        for (const each of steps) {
          if (each.kind === 'put') {
            const version = (said: string) => `The same in every file, version ${said}.`;
            const records = each.papers.map(([id, said]) => ({
              ...paper(id, version(said)),
              doi: `10.1000/${id}`,
              authors: ['Ann Lee'],
            }));
            await put(each.file, ...records);
            await again({ rebuild: each.rebuild, replaceSource: each.replaceSource });
            isOpen = true;
          } else if (known.has(`doi:10.1000/${each.id}`)) {
            await remove({ ids: [`doi:10.1000/${each.id}`] }, options);
          }
          if (!isOpen) continue;
          const snapshot = await openSnapshot(options.index);
          const now: typeof known = new Map();
          let isNews = generation === 0;
          for (const found of snapshot.papers) {
            const before = known.get(found.id);
            const said = contentOf(found);
            const isSame = before !== undefined && JSON.stringify(before.said) === JSON.stringify(said);
            if (!isSame) isNews = true;
            const added = before?.added ?? generation + 1;
            now.set(found.id, { added, changed: isSame ? before.changed : generation + 1, said });
          }
          if (isNews) generation++;
          known = now;
          const { arrivals, papers } = snapshot;
          const docs = Array.from(papers, ({ id }) => papers.find(id));
          expect(docs.map((doc) => [arrivals.addedIn(doc), arrivals.changedIn(doc)])).toEqual(
            Array.from(now.values(), ({ added, changed }) => [added, changed]),
          );
          const instants = [...arrivals.instants.values()];
          expect(instants).toEqual([...new Set(instants)].sort());
          snapshot.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

function contentOf({ title, abstract, authors, externalIds }: Paper): unknown {
  return { title, abstract, authors, externalIds };
}

function recordOf(id: string): Paper {
  return {
    id,
    title: `Title ${id}`,
    abstract: '',
    authors: [],
    authorNames: [],
    keywords: [],
    categories: [],
    urls: {},
    externalIds: {},
    source: { file: `${id}.jsonl`, format: 'jsonl', record: 1 },
  };
}

/** Gives the current snapshot another time, and what an earlier version of the program did not write is not in it. */
async function makeOlder(index: string, name: string, createdAt: string): Promise<void> {
  const file = join(index, name, 'manifest.json');
  const { checksum: _, arrivals: __, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
  const older = { ...manifest, createdAt };
  await writeFile(file, manifestText(older as Manifest));
  // The digest does not contain the time.
  expect(snapshotDigest(older)).toBe(name);
}
