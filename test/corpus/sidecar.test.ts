import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSidecar } from '../../src/corpus/sidecar.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function read(sidecar: unknown) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'table.meta.json'), JSON.stringify(sidecar));
  return readSidecar(join(folder, 'table.csv.gz'));
}

test('a sidecar file says venue, year and columns', async () => {
  const facts = { venue: 'ICLR', year: 2025, columns: { title: 'Titel' } };
  expect(await read(facts)).toEqual(facts);
});

test.each([[{ columns: { headline: 'Titel' } }], [{ columns: { title: '' } }], [{ colums: {} }]])(
  '%j is refused',
  async (sidecar) => {
    await expect(read(sidecar)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  },
);
