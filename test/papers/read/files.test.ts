import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../../src/papers/read/files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('an index among the papers is not read', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'index/0123456789abcdef'), { recursive: true });
  await writeFile(join(folder, 'index/CURRENT'), '0123456789abcdef\n');
  await writeFile(join(folder, 'index/0123456789abcdef/papers.jsonl'), '{}\n');
  await mkdir(join(folder, '2024'));
  await writeFile(join(folder, '2024/CURRENT'), 'a paper of that name\n');
  await writeFile(join(folder, 'a.jsonl'), '{}\n');
  const names = (await listFiles([folder])).map(({ file }) => file.slice(folder.length + 1));
  expect(names).toEqual(['2024/CURRENT', 'a.jsonl']);
});

test('links that go round, to a pipe, or to a device are not followed', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'a'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await symlink(folder, join(folder, 'a/round.jsonl'));
  await symlink(join(folder, 'pipe'), join(folder, 'a/pipe.jsonl'));
  await symlink('/dev/zero', join(folder, 'a/zero.jsonl'));
  await symlink(join(folder, 'nowhere'), join(folder, 'a/nowhere.jsonl'));
  await symlink(join(folder, 'b.jsonl'), join(folder, 'a/b.jsonl'));
  await writeFile(join(folder, 'b.jsonl'), '{}\n');
  const names = (await listFiles([folder])).map(({ file }) => file.slice(folder.length + 1));
  // The link leads to a file that is there itself.
  expect(names).toEqual(['a/nowhere.jsonl', 'b.jsonl']);
});
