import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { manifestText, snapshotDigest } from '../../src/indexes/store/manifest.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { filesOfIndex, flipBits, objectionsTo, readEverything, writeTinyIndex } from './support/damage.ts';
import { realFs } from './support/real-fs.ts';

/** A tiny index to copy. */
let template = '';
beforeAll(async () => {
  const folder = realFs.mkdtempSync(join(tmpdir(), 'paper-search-damage-'));
  template = await writeTinyIndex(folder);
  return () => realFs.rmSync(folder, { recursive: true });
});

async function copyOfIndex(): Promise<{ index: string; snapshot: string }> {
  const index = join(await temporaryFolder(), 'index');
  realFs.cpSync(template, index, { recursive: true });
  return { index, snapshot: join(index, dirname(filesOfIndex(index)[1]!)) };
}

test('verify finds a flipped bit anywhere, and answers never use it', async () => {
  const { index } = await copyOfIndex();
  // `npx tsx scripts/damage.ts` tries every byte.
  const { flips, objections } = await flipBits(index, 11, (position) => position % 8);
  expect(objections).toEqual([]);
  expect(flips).toBeGreaterThan(400);
}, 120_000);

describe.each([
  'papers.jsonl',
  'sources.jsonl',
  'documents.idx',
  'vectors.f32',
  'vectors.i8',
  'lexical.bin',
  'attributes.bin',
  'arrivals.bin',
  'records.bin',
  'manifest.json',
])('%s', (file) => {
  const other = file === 'lexical.bin' ? 'attributes.bin' : 'lexical.bin';
  test.each<[string, (path: string) => void]>([
    ['missing', (path) => realFs.rmSync(path)],
    ['empty', (path) => realFs.truncateSync(path, 0)],
    ['cut short', (path) => realFs.truncateSync(path, realFs.statSync(path).size - 1)],
    ['too long', (path) => realFs.appendFileSync(path, ' ')],
    ['another file', (path) => realFs.copyFileSync(join(path, '..', other), path)],
    [
      'a folder',
      (path) => {
        realFs.rmSync(path);
        realFs.mkdirSync(path);
      },
    ],
    [
      'a link to a missing file',
      (path) => {
        realFs.rmSync(path);
        realFs.symlinkSync('/nowhere', path);
      },
    ],
    [
      'without end',
      (path) => {
        realFs.rmSync(path);
        realFs.symlinkSync('/dev/zero', path);
      },
    ],
    ['zeros', (path) => realFs.writeFileSync(path, Buffer.alloc(realFs.statSync(path).size))],
  ])('%s: is named, with what to do', async (_, damage) => {
    const { index, snapshot } = await copyOfIndex();
    const sound = await readEverything(index);
    const path = join(snapshot, file);
    damage(path);
    // White space after the manifest does not change it.
    const isHarmless =
      file === 'manifest.json' &&
      realFs.statSync(path, { throwIfNoEntry: false })?.isFile() &&
      realFs.readFileSync(path, 'utf8').trim() ===
        realFs.readFileSync(join(template, path.slice(index.length)), 'utf8').trim();
    if (!isHarmless) expect(await objectionsTo(index, file, sound)).toEqual([]);
    else expect(await readEverything(index)).toBe(sound);
  });
});

test.each<[string, string | Buffer | undefined]>([
  ['empty', ''],
  ['a path out of the folder', '../../etc\n'],
  ['a missing snapshot', '0123456789abcdef\n'],
  ['binary', Buffer.from([0, 255, 1])],
  ['two names', '0123456789abcdef\n0123456789abcdef\n'],
  ['a gigabyte', Buffer.alloc(2 ** 21, 'a')],
  ['a folder', undefined],
])('a pointer that is %s: is named, with what to do', async (_, content) => {
  const { index } = await copyOfIndex();
  const pointer = join(index, 'CURRENT');
  realFs.rmSync(pointer);
  if (content === undefined) realFs.mkdirSync(pointer);
  else realFs.writeFileSync(pointer, content);
  expect(await objectionsTo(index, 'CURRENT', '')).toEqual([]);
});

test('the next ingest restores a lost pointer, without losing papers', async () => {
  const { index } = await copyOfIndex();
  const sound = await readEverything(index);
  realFs.rmSync(join(index, 'CURRENT'));
  const file = join(index, '..', 'more.jsonl');
  realFs.writeFileSync(file, `${JSON.stringify({ id: 'd', title: 'One more' })}\n`);
  const report = await ingest([file], { index, encoder: new HashingEncoder() });
  expect(report).toMatchObject({ added: 1, papers: 4, encoded: 1 });
  expect(sound).toContain('Nothing is lost');
});

test('a lost pointer is not restored to a damaged snapshot, which is not removed automatically', async () => {
  const { index, snapshot } = await copyOfIndex();
  realFs.rmSync(join(index, 'CURRENT'));
  realFs.truncateSync(join(snapshot, 'papers.jsonl'), 5);
  const file = join(index, '..', 'more.jsonl');
  realFs.writeFileSync(file, `${JSON.stringify({ id: 'd', title: 'One more' })}\n`);
  const encoder = new HashingEncoder();
  await expect(ingest([file], { index, encoder })).rejects.toMatchObject({
    code: 'INDEX_CORRUPT',
    message: expect.stringMatching(
      /papers\.jsonl: it has 5 bytes .*, and CURRENT is missing\. Run .*--rebuild/,
    ),
  });
  expect(realFs.existsSync(snapshot)).toBe(true);
  expect(await ingest([file], { index, encoder, rebuild: true })).toMatchObject({ papers: 1 });
});

test('files that do not belong to the snapshot are ignored', async () => {
  const { index, snapshot } = await copyOfIndex();
  const sound = await readEverything(index);
  realFs.writeFileSync(join(snapshot, 'notes.txt'), 'mine');
  realFs.mkdirSync(join(snapshot, 'folder'));
  realFs.writeFileSync(join(index, '.DS_Store'), '');
  expect(await readEverything(index)).toBe(sound);
});

/** Replaces a manifest, with a valid digest and checksum. */
function replaceManifest(index: string, snapshot: string, manifest: Record<string, unknown>): string {
  const { checksum: _, ...rest } = manifest;
  realFs.writeFileSync(join(snapshot, 'manifest.json'), manifestText(rest as never));
  const name = snapshotDigest(rest);
  realFs.renameSync(snapshot, join(index, name));
  realFs.writeFileSync(join(index, 'CURRENT'), `${name}\n`);
  return join(index, name);
}

const WILD = fc.oneof(
  fc.constantFrom<unknown>(
    2 ** 53,
    2 ** 53 - 1,
    2 ** 32,
    2 ** 31,
    -1,
    0,
    0.5,
    1e308,
    null,
    '',
    '__proto__',
    [],
    {},
  ),
  fc.jsonValue(),
);

/** Paths of all values in a manifest, as lists of keys. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))].filter(
    (place) => place.length > 0,
  );
}

test('a manifest with random values and a valid digest causes a proper error, or the answers of before', async () => {
  const { index, snapshot } = await copyOfIndex();
  const sound = await readEverything(index);
  const text = realFs.readFileSync(join(snapshot, 'manifest.json'), 'utf8');
  const places = placesIn(JSON.parse(text));
  let current = snapshot;
  const heapBefore = process.memoryUsage().rss;
  const change = async (place: readonly string[], value: unknown) => {
    const manifest = JSON.parse(text);
    const holder = place.slice(0, -1).reduce((inner, key) => inner[key], manifest);
    Object.defineProperty(holder, place.at(-1)!, { value, enumerable: true });
    current = replaceManifest(index, current, manifest);
    const said = await readEverything(index).catch((error: unknown) => error);
    if (said !== sound) {
      expect(said).toMatchObject({ code: expect.stringMatching(/^INDEX_(?:CORRUPT|INCOMPATIBLE)$/) });
      expect((said as Error).message).toMatch(/paper-search (?:ingest|upgrade)/);
    }
  };
  await fc.assert(fc.asyncProperty(fc.constantFrom(...places), WILD, change), { numRuns: 400 });
  expect(process.memoryUsage().rss - heapBefore).toBeLessThan(500e6);
}, 120_000);

/** Replaces the bytes of a file, with a valid checksum and digest. */
function replaceArtifact(index: string, snapshot: string, file: string, bytes: Uint8Array): string {
  realFs.writeFileSync(join(snapshot, file), bytes);
  const manifest = JSON.parse(realFs.readFileSync(join(snapshot, 'manifest.json'), 'utf8'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  manifest.artifacts[file] = { bytes: bytes.length, sha256, crc32: crc32(bytes) };
  return replaceManifest(index, snapshot, manifest);
}

test.each(['documents.idx', 'lexical.bin', 'attributes.bin', 'arrivals.bin'])(
  'a length of 2^53 in the header of %s does not allocate memory',
  async (file) => {
    const { index, snapshot } = await copyOfIndex();
    const bytes = realFs.readFileSync(join(snapshot, file));
    // Magic (8 bytes), byte order (4), length of the header (4), the header in JSON.
    const end = 16 + bytes.readUInt32LE(12);
    const header = JSON.parse(bytes.toString('utf8', 16, end));
    header.sections[0].length = 2 ** 53;
    const text = JSON.stringify(header);
    const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
    const start = Buffer.from(bytes.subarray(0, 16));
    start.writeUInt32LE(padded.length, 12);
    replaceArtifact(index, snapshot, file, Buffer.concat([start, padded, bytes.subarray(end)]));
    await expect(readEverything(index)).rejects.toMatchObject({
      code: 'INDEX_CORRUPT',
      message: expect.stringContaining('unknown kind'),
    });
  },
);

test.each([
  'documents.idx',
  'lexical.bin',
  'attributes.bin',
  'arrivals.bin',
  'papers.jsonl',
  'sources.jsonl',
])(
  'bytes of %s that were changed along with all checksums cause a proper error or an answer; a search always ends',
  async (file) => {
    const { index, snapshot } = await copyOfIndex();
    const bytes = realFs.readFileSync(join(snapshot, file));
    let current = snapshot;
    for (let at = 0; at < bytes.length; at += 13) {
      for (const bits of [0x01, 0x80, 0xff]) {
        current = replaceArtifact(index, current, file, bytes.with(at, bytes[at]! ^ bits));
        const said = await readEverything(index).catch((error: unknown) => error);
        if (typeof said !== 'string') expect(said).toMatchObject({ code: 'INDEX_CORRUPT' });
      }
    }
  },
  60_000,
);
