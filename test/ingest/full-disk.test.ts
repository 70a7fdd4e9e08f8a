import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Where the disk is full: at a write to files of this name, and at one of the synchronous writes (1 for the next). */
const full = vi.hoisted(() => ({ file: '', write: Number.NaN }));
const noSpace = vi.hoisted(() => () => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
});

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const writeSync = (...args: [number, Uint8Array, number, number, number]) =>
    --full.write === 0 ? noSpace() : fs.writeSync(...args);
  return { ...fs, writeSync };
});
vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  const open = async (path: string, ...rest: [string]) => {
    const handle = await fs.open(path, ...rest);
    return full.file !== '' && path.includes(full.file)
      ? Object.assign(handle, { writeFile: async () => noSpace() })
      : handle;
  };
  return { ...fs, open };
});

const json = (...ids: string[]) =>
  ids.map((id) => `${JSON.stringify({ id, title: `Title ${id}` })}\n`).join('');

beforeEach(() => Object.assign(full, { file: '', write: Number.NaN }));

test.each<[string, Partial<typeof full>, number]>([
  // Records are gathered: both are one write.
  ['the records', { write: 1 }, 2],
  ['the first vector', { write: 2 }, 2],
  ['the second vector', { write: 3 }, 1],
  ['the papers', { file: 'papers.jsonl' }, 0],
  ['the manifest', { file: 'manifest.json' }, 0],
  ['the pointer', { file: 'CURRENT' }, 0],
])(
  'without room for %s, leaves the index as it was, and the next ingest continues',
  async (_, where, encodedNext) => {
    const folder = await temporaryFolder();
    const corpus = join(folder, 'corpus');
    const index = join(folder, 'index');
    await mkdir(corpus);
    await writeFile(join(corpus, 'a.jsonl'), json('a'));
    const { snapshot } = await ingest([corpus], { index, encoder: new HashingEncoder() });
    await writeFile(join(corpus, 'b.jsonl'), json('b', 'c'));

    Object.assign(full, where);
    const failing = ingest([corpus], { index, encoder: new HashingEncoder() });
    await expect(failing).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringContaining('the disk is full. Free some space'),
    });
    Object.assign(full, { file: '', write: Number.NaN });
    expect((await openSnapshot(index)).name).toBe(snapshot);
    expect((await readdir(index)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    const next = await ingest([corpus], { index, encoder: new HashingEncoder() });
    expect(next).toMatchObject({ added: 2, papers: 3, encoded: encodedNext });
    expect((await verifyIndex(index)).damages).toEqual([]);
  },
);
