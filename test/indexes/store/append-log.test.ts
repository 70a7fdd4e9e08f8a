import { appendFile, copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppendLog } from '../../../src/indexes/store/append-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const check = (value: unknown) => z.string().parse(value);
const newFile = async () => join(await temporaryFolder(), 'kept', 'notes.log');
const valuesOf = (log: AppendLog<string>) => log.entries.map(({ value }) => value);

test('entries are numbered, dated and read again', async () => {
  const file = await newFile();
  const log = await AppendLog.open(file, check, { now: () => new Date(0) });
  expect(await log.append(() => ['one', 'two\nlines'])).toEqual([
    { number: 1, at: '1970-01-01T00:00:00.000Z', value: 'one' },
    { number: 2, at: '1970-01-01T00:00:00.000Z', value: 'two\nlines' },
  ]);
  await log.append((entries) => [`after ${entries.length}`]);
  expect((await AppendLog.open(file, check)).entries).toEqual(log.entries);
  expect(valuesOf(log)).toEqual(['one', 'two\nlines', 'after 2']);
});

test('nothing to append leaves no file', async () => {
  const file = await newFile();
  const log = await AppendLog.open(file, check);
  expect(await log.append(() => [])).toEqual([]);
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('several writers lose nothing and see each other', async () => {
  const file = await newFile();
  const logs = await Promise.all([1, 2, 3].map(() => AppendLog.open(file, check)));
  await Promise.all(
    logs.flatMap((log, n) =>
      Array.from({ length: 5 }, (_, i) => log.append((entries) => [`${n}.${i} after ${entries.length}`])),
    ),
  );
  await Promise.all(logs.map((log) => log.refresh()));
  expect(new Set(valuesOf(logs[0]!).map((value) => value.split(' ')[0])).size).toBe(15);
  // Each saw all entries before its own.
  expect(valuesOf(logs[0]!).map((value) => Number(value.split(' ')[2]))).toEqual([...Array(15).keys()]);
  expect(logs[1]!.entries).toEqual(logs[0]!.entries);
});

test('after an interruption at any byte, whole entries stay and the rest is put aside', async () => {
  const file = await newFile();
  const log = await AppendLog.open(file, check);
  await log.append(() => ['first', 'sécond']);
  const whole = await readFile(file);
  const first = whole.indexOf(10) + 1;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), async (length) => {
      const copy = join(await temporaryFolder(), 'copy.log');
      await copyFile(file, copy);
      await truncate(copy, length);
      const notices: string[] = [];
      const opened = await AppendLog.open(copy, check, { onNotice: (text) => notices.push(text) });
      const kept = length < first ? [] : ['first'];
      expect(valuesOf(opened)).toEqual(kept);
      await opened.append(() => ['next']);
      expect(valuesOf(await AppendLog.open(copy, check))).toEqual([...kept, 'next']);
      const left = whole.subarray(kept.length === 0 ? 0 : first, length);
      const aside = (await readdir(join(copy, '..'))).filter((name) => name.includes('interrupted'));
      expect(aside.length).toBe(left.length > 0 ? 1 : 0);
      expect(notices.length).toBe(aside.length);
      if (aside[0]) expect(await readFile(join(copy, '..', aside[0]))).toEqual(left);
    }),
    { numRuns: 40, seed: 1 },
  );
});

test('a damaged last line is put aside; one before it is an error with its line', async () => {
  const file = await newFile();
  const log = await AppendLog.open(file, check);
  await log.append(() => ['one', 'two', 'three']);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('three', 'thrEe'));
  const again = await AppendLog.open(file, check);
  await again.append(() => ['four']);
  expect(valuesOf(again)).toEqual(['one', 'two', 'four']);
  await writeFile(file, text.replace('two', 'twO'));
  await expect(AppendLog.open(file, check)).rejects.toMatchObject({
    code: 'INDEX_CORRUPT',
    message: expect.stringContaining('Line 2'),
  });
});

test('a line that is missing is an error', async () => {
  const file = await newFile();
  await (await AppendLog.open(file, check)).append(() => ['one', 'two', 'three']);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [lines[0], lines[2], ''].join('\n'));
  await expect(AppendLog.open(file, check)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
});

test('an entry that is not known is not skipped', async () => {
  const file = await newFile();
  await (await AppendLog.open(file, (value) => value)).append(() => [{ from: 'a newer version' }]);
  await expect(AppendLog.open(file, check)).rejects.toMatchObject({ code: 'INDEX_INCOMPATIBLE' });
});

test('a log that was replaced or removed is read from its beginning', async () => {
  const file = await newFile();
  const log = await AppendLog.open(file, check);
  await log.append(() => ['one']);
  const backup = `${file}.backup`;
  await copyFile(file, backup);
  await log.append(() => ['two']);
  await rm(file);
  await copyFile(backup, file);
  await log.refresh();
  expect(valuesOf(log)).toEqual(['one']);
  await rm(file);
  await log.refresh();
  expect(valuesOf(log)).toEqual([]);
});

test('when nothing can be written, the log is as before', async () => {
  const folder = await temporaryFolder();
  const blocked = join(folder, 'file');
  await appendFile(blocked, '');
  const log = await AppendLog.open(join(folder, 'new.log'), check);
  await expect(
    log.append(() => {
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  expect(log.entries).toEqual([]);
  await expect(AppendLog.open(join(blocked, 'below.log'), check)).rejects.toMatchObject({
    code: 'INDEX_UNREADABLE',
  });
});

test('reads at the same time as writes see each entry once', async () => {
  const file = await newFile();
  const [log, other] = [await AppendLog.open(file, check), await AppendLog.open(file, check)];
  const refreshing = Array.from({ length: 50 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i));
    await Promise.all([log.refresh(), log.refresh(), other.refresh(), other.refresh()]);
  });
  await Promise.all([
    ...refreshing,
    ...Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? log : other).append(() => [`${i}`])),
  ]);
  await Promise.all([log.refresh(), other.refresh()]);
  expect(valuesOf(log).toSorted()).toEqual(Array.from({ length: 10 }, (_, i) => `${i}`));
  expect(other.entries).toEqual(log.entries);
});
