import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../src/corpus/files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
