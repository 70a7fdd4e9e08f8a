import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isReadableByOthers, readAccessToken } from '../../../src/serve/live/access-token.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function fileWith(content: string) {
  const file = join(await temporaryFolder(), 'token');
  await writeFile(file, content);
  return file;
}

test('returns no token by default', async () => {
  expect(await readAccessToken(undefined, undefined)).toBeUndefined();
  expect(await readAccessToken(undefined, '')).toBeUndefined();
});

test('reads the variable, or the file, which has priority', async () => {
  expect(await readAccessToken(undefined, 'one')).toBe('one');
  expect(await readAccessToken(await fileWith('two\n'), 'one')).toBe('two');
});

test.each(['', ' \n', 'two words', 'schlüssel'])(
  'a file with %j is an error that does not show it',
  async (content) => {
    const error = await readAccessToken(await fileWith(content), undefined).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
    if (content.trim() !== '') expect(error.message).not.toContain(content.trim());
  },
);

test('refuses a missing file', async () => {
  await expect(readAccessToken('/nowhere/token', 'one')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test.each([
  [0o600, false],
  [0o640, false],
  [0o644, true],
  [0o604, true],
])('reports whether others can read a file of mode %o: %s', async (mode, expected) => {
  const file = await fileWith('token');
  await chmod(file, mode);
  expect(await isReadableByOthers(file)).toBe(expected);
});
