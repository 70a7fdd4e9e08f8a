import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstArrivals } from '../../../src/indexes/store/arrivals.ts';
import { removeStale } from '../../../src/indexes/store/clean-up.ts';
import { openSnapshot, type Snapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { publishSnapshot, type SnapshotContent } from '../../../src/indexes/store/snapshot-writer.ts';
import { verifySnapshot } from '../../../src/indexes/store/verify.ts';
import { paperOf } from '../../support/papers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function contentOf(...titles: string[]) {
  return {
    papers: titles.map((title) => paperOf({ title, abstract: `About ${title}: “quoted”, 15.6%.\n\nTwo.` })),
    vectorOf: (doc: number) => Float32Array.of(Math.cos(doc), Math.sin(doc)),
    codes: Uint8Array.from(titles.flatMap((_, i) => [i, i + 1, i + 2])),
    lexical: [new TextEncoder().encode('in '), new TextEncoder().encode(JSON.stringify(titles))],
    lexicalEngine: 'test/1',
    fields: [new TextEncoder().encode(`facts of ${titles.join()}`)],
    model: { name: 'm', dimension: 2, maxTokens: 8, digest: 'd' },
  } satisfies SnapshotContent;
}

const codeOf = (folder: string) =>
  openSnapshot(folder).then(
    () => 'opened',
    (error) => [error.code, error.message],
  );

describe('a snapshot', () => {
  test('is read as it was written', async () => {
    const folder = await temporaryFolder();
    const content = contentOf('a', 'b');
    const name = await publishSnapshot(folder, content, '1.2.3');
    const snapshot = await openSnapshot(folder);
    expect(snapshot.name).toBe(name);
    expect([...snapshot.papers]).toEqual(content.papers);
    expect(snapshot.papers.read(1)).toEqual(content.papers[1]);
    expect(['a', 'b', 'c', ''].map((id) => snapshot.papers.find(id))).toEqual([0, 1, -1, -1]);
    expect(snapshot.vectors.readAll()).toEqual(
      Float32Array.of(...content.vectorOf(0), ...content.vectorOf(1)),
    );
    expect(snapshot.vectors.read(1)).toEqual(content.vectorOf(1));
    expect(Buffer.from(snapshot.readKeywordIndex()).toString()).toBe('in ["a","b"]');
    expect(Buffer.from(snapshot.readFields()).toString()).toBe('facts of a,b');
    const codes = new Uint8Array(content.codes.length);
    snapshot.readCodes(codes);
    expect(codes).toEqual(content.codes);
    expect(snapshot.readCoarseCodes(new Uint8Array(2))).toBe(false);
    expect(await verifySnapshot(folder, name)).toEqual([]);
    snapshot.close();
    expect(snapshot.manifest).toMatchObject({
      formatVersion: 3,
      writtenBy: '1.2.3',
      counts: { papers: 2, withoutAbstract: 0 },
    });
  });

  test('has coarse codes where they are given, for a target of their size', async () => {
    const folder = await temporaryFolder();
    const coarse = Uint8Array.of(3, 1);
    const name = await publishSnapshot(folder, { ...contentOf('a', 'b'), coarse }, '1');
    const snapshot = await openSnapshot(folder);
    const target = new Uint8Array(2);
    expect(snapshot.readCoarseCodes(target)).toBe(true);
    expect(target).toEqual(coarse);
    expect(snapshot.readCoarseCodes(new Uint8Array(3))).toBe(false);
    await writeFile(join(folder, name, 'vectors.coarse'), Uint8Array.of(3, 2));
    expect(() => snapshot.readCoarseCodes(target)).toThrow(/vectors\.coarse.*checksum/);
    snapshot.close();
    expect(await verifySnapshot(folder, name)).toHaveLength(1);
  });

  test('has the same name for the same content, another for other content', async () => {
    const folder = await temporaryFolder();
    const first = await publishSnapshot(folder, contentOf('a'), '1');
    expect(await publishSnapshot(await temporaryFolder(), contentOf('a'), '1')).toBe(first);
    expect(await publishSnapshot(folder, contentOf('b'), '1')).not.toBe(first);
    // The same papers at the same time are that snapshot, and at another time they are not.
    const since = (instant: string) => ({
      ...contentOf('a'),
      arrivals: { ...firstArrivals(1), instants: new Map([[1, instant]]) },
    });
    const { createdAt } = JSON.parse(await readFile(join(folder, first, 'manifest.json'), 'utf8'));
    expect(await publishSnapshot(folder, since(createdAt), '1')).toBe(first);
    expect(await publishSnapshot(folder, since('2026-01-01T00:00:00.000Z'), '1')).toBe(`${first}-2`);
  });

  test('knows when papers came in, in a file that fits the manifest', async () => {
    const folder = await temporaryFolder();
    const arrivals = {
      generation: 5,
      addedIn: Uint32Array.of(3, 1),
      changedIn: Uint32Array.of(3, 5),
      instants: new Map([
        [1, '2026-01-01T00:00:00.000Z'],
        [2, '2026-02-01T00:00:00.000Z'],
        [3, '2026-03-01T00:00:00.000Z'],
      ]),
    };
    const name = await publishSnapshot(folder, { ...contentOf('a', 'b'), arrivals }, '1');
    const snapshot = await openSnapshot(folder);
    const { createdAt, generation, arrivals: instants } = snapshot.manifest;
    expect(generation).toBe(5);
    expect(instants).toEqual({
      1: '2026-01-01T00:00:00.000Z',
      3: '2026-03-01T00:00:00.000Z',
      5: createdAt,
    });
    expect([snapshot.arrivals.of(0), snapshot.arrivals.of(1)]).toEqual([
      { added: '2026-03-01T00:00:00.000Z', changed: '2026-03-01T00:00:00.000Z' },
      { added: '2026-01-01T00:00:00.000Z', changed: createdAt },
    ]);
    expect(Array.from(snapshot.arrivals.times().added)).toEqual([Date.UTC(2026, 2), Date.UTC(2026, 0)]);
    snapshot.close();
    expect(await verifySnapshot(folder, name)).toEqual([]);
    const manifest = join(folder, name, 'manifest.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('2026-03-01', '2026-03-02'));
    expect(await codeOf(folder)).toEqual(['INDEX_CORRUPT', expect.stringContaining('checksum')]);
  });

  test('is written again, under another name, when it is damaged', async () => {
    const folder = await temporaryFolder();
    const first = await publishSnapshot(folder, contentOf('a'), '1');
    await truncate(join(folder, first, 'vectors.f32'), 3);
    expect(await publishSnapshot(folder, contentOf('a'), '1')).toBe(`${first}-2`);
    expect((await openSnapshot(folder)).name).toBe(`${first}-2`);
  });

  test('is removed when it is unfinished or old, unless it is to be kept', async () => {
    const folder = await temporaryFolder();
    const names = [];
    for (const title of ['a', 'b', 'c']) names.push(await publishSnapshot(folder, contentOf(title), '1'));
    await mkdir(join(folder, `${names[0]}.12-ab.tmp`));
    await writeFile(join(folder, 'CURRENT.12-ab.tmp'), 'x');
    await writeFile(join(folder, 'README.md'), 'stays');
    await removeStale(folder, names[2]!, names[1]);
    expect((await readdir(folder)).sort()).toEqual([names[1], names[2], 'CURRENT', 'README.md'].sort());
  });
});

describe('opening', () => {
  test('says what to run for an empty or missing folder', async () => {
    const folder = await temporaryFolder();
    for (const index of [folder, join(folder, 'nowhere')]) {
      expect(await codeOf(index)).toEqual(['INDEX_MISSING', expect.stringContaining('paper-search ingest')]);
    }
  });

  test('says what to run for another format version', async () => {
    const folder = await temporaryFolder();
    const manifest = join(folder, await publishSnapshot(folder, contentOf('a'), '1'), 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"formatVersion": 3', '"formatVersion": 99'));
    expect(await codeOf(folder)).toEqual([
      'INDEX_INCOMPATIBLE',
      expect.stringMatching(/version 99.*Install the version/),
    ]);
  });

  const everything = (snapshot: Snapshot) => {
    for (const doc of [0, 1]) {
      snapshot.papers.read(doc);
      snapshot.vectors.read(doc);
    }
    snapshot.readKeywordIndex();
    snapshot.readFields();
    snapshot.readCodes(new Uint8Array(6));
  };

  test.each(['papers.jsonl', 'documents.idx', 'vectors.f32', 'vectors.i8', 'lexical.bin', 'attributes.bin'])(
    'any changed byte in %s is found and named, by reading it and by verifying',
    async (file) => {
      const folder = await temporaryFolder();
      const name = await publishSnapshot(folder, contentOf('a', 'b'), '1');
      const path = join(folder, name, file);
      const bytes = await readFile(path);
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 20)) {
        await writeFile(path, bytes.with(at, bytes[at]! ^ 1));
        const opening = openSnapshot(folder).then(everything);
        await expect(opening).rejects.toMatchObject({
          code: 'INDEX_CORRUPT',
          message: expect.stringContaining(file),
        });
        expect(await verifySnapshot(folder, name)).toEqual([
          { file: path, reason: expect.stringContaining('digest') },
        ]);
      }
    },
  );

  test('keeps an open snapshot readable after it was removed', async () => {
    const folder = await temporaryFolder();
    const name = await publishSnapshot(folder, contentOf('a', 'b'), '1');
    const snapshot = await openSnapshot(folder);
    await rm(join(folder, name), { recursive: true });
    expect(() => everything(snapshot)).not.toThrow();
    snapshot.close();
  });

  test.each([
    ['a missing file', async (snapshot: string) => rm(join(snapshot, 'vectors.f32'))],
    ['a file cut short', async (snapshot: string) => truncate(join(snapshot, 'vectors.f32'), 3)],
    ['a broken manifest', async (snapshot: string) => truncate(join(snapshot, 'manifest.json'), 20)],
    [
      'a manifest of another shape',
      async (snapshot: string) => writeFile(join(snapshot, 'manifest.json'), '{}'),
    ],
    [
      'a pointer to nothing',
      async (snapshot: string) => writeFile(join(snapshot, '..', 'CURRENT'), '0123456789abcdef'),
    ],
    [
      'a pointer out of the folder',
      async (snapshot: string) => writeFile(join(snapshot, '..', 'CURRENT'), '../../etc'),
    ],
  ])('reports %s as corrupt', async (_, damage) => {
    const folder = await temporaryFolder();
    await damage(join(folder, await publishSnapshot(folder, contentOf('a'), '1')));
    expect(await codeOf(folder)).toEqual(['INDEX_CORRUPT', expect.stringContaining('--rebuild')]);
  });
});
