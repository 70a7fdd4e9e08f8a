import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RecordSpool } from '../../../src/indexes/store/record-spool.ts';
import { paperOf } from '../../support/papers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('gives records back, written or not, small or larger than what is gathered', async () => {
  const folder = await temporaryFolder();
  const spool = new RecordSpool(folder);
  try {
    const records = Array.from({ length: 40 }, (_, n) =>
      paperOf({
        id: `p${n}`,
        title: `Größe 𝐀 ${n}`,
        abstract: n % 9 === 4 ? 'lang ü '.repeat(60_000) : 'kurz',
      }),
    );
    for (const [n, record] of records.entries()) {
      expect(spool.append(record)).toBe(n);
      const other = (n * 7) % (n + 1);
      expect(spool.read(other)).toEqual(records[other]);
      if (n % 5 === 0) expect(spool.read(n)).toEqual(record);
    }
    for (const [n, record] of records.entries()) {
      expect(spool.readLine(n).toString()).toBe(`${JSON.stringify(record)}\n`);
    }
  } finally {
    spool.close();
  }
  expect(await readdir(folder)).toEqual([]);
});
