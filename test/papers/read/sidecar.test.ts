import { execFileSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSidecar } from '../../../src/papers/read/sidecar.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function read(sidecar: unknown) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'table.meta.json'), JSON.stringify(sidecar));
  return readSidecar(join(folder, 'table.csv.gz'));
}

test('a sidecar file says venue, year and columns', async () => {
  const facts = { venue: 'ICLR', year: 2025, timeZone: 'Asia/Singapore', columns: { title: 'Titel' } };
  expect(await read(facts)).toEqual(facts);
});

test.each([
  [{ columns: { headline: 'Titel' } }],
  [{ columns: { title: '' } }],
  [{ colums: {} }],
  [{ timeZone: 'Singapur' }],
])('%j is refused', async (sidecar) => {
  await expect(read(sidecar)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a pipe is not waited for, and a file of gigabytes not read', async () => {
  const folder = await temporaryFolder();
  execFileSync('mkfifo', [join(folder, 'pipe.meta.json')]);
  await writeFile(join(folder, 'large.meta.json'), '');
  await truncate(join(folder, 'large.meta.json'), 3_000_000_000);
  for (const name of ['pipe.txt', 'large.txt']) {
    await expect(readSidecar(join(folder, name))).rejects.toThrow(/Expected a file of at most/);
  }
});
