import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditLog } from '../../../src/serve/access/audit.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ENTRY = { by: 'anna', operation: 'addPapers', status: 200, papers: 3, request: 'r1' };

test('writes who changed what and when, in a file for each month', async () => {
  const folder = await temporaryFolder();
  let time = '2026-11-30T23:59:59.000Z';
  const errors: unknown[] = [];
  const log = new AuditLog(folder, { onError: (error) => errors.push(error), now: () => new Date(time) });
  log.record(ENTRY);
  log.record({ ...ENTRY, by: 'bert' });
  await log.flush();
  time = '2026-12-01T00:00:00.000Z';
  log.record({ by: 'anna', operation: 'removePaper', status: 404 });
  await log.flush();
  const months = join(folder, 'kept', 'audit');
  expect(await readdir(months)).toEqual(['2026-11.log', '2026-12.log']);
  const lines = (await readFile(join(months, '2026-11.log'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line.slice(9)))).toEqual([
    { number: 1, at: '2026-11-30T23:59:59.000Z', value: ENTRY },
    { number: 2, at: '2026-11-30T23:59:59.000Z', value: { ...ENTRY, by: 'bert' } },
  ]);
  expect(errors).toEqual([]);
});

test('reports entries that cannot be written', async () => {
  const folder = await temporaryFolder();
  const errors: unknown[] = [];
  const log = new AuditLog(folder, { onError: (error) => errors.push(error) });
  await writeFile(join(folder, 'kept'), 'not a folder');
  log.record(ENTRY);
  await log.flush();
  expect(errors).toMatchObject([{ code: expect.stringMatching(/^INDEX_UN/) }]);
});
