import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accessByToken, allows, libraryAccess, SCOPES } from '../../../src/serve/access/access.ts';
import { Tokens } from '../../../src/serve/access/tokens.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function newTokens(now = () => new Date()) {
  const folder = await temporaryFolder();
  return { folder, tokens: await Tokens.open(folder, { now }) };
}

describe('Tokens', () => {
  test('finds a token by the text that was returned once, with its scopes and limits', async () => {
    const { tokens } = await newTokens();
    const token = await tokens.create({ name: 'anna', scopes: ['review', 'add'], rate: 5, maxBytes: 9 });
    expect(token).toMatch(/^pst_[\w-]{43}$/);
    expect(await tokens.find(token)).toEqual({
      name: 'anna',
      scopes: ['add', 'review'],
      rate: 5,
      maxBytes: 9,
    });
    for (const other of [`${token}x`, token.slice(0, -1), token.slice(4), '', token.toLowerCase()]) {
      expect(await tokens.find(other), other).toBeUndefined();
    }
  });

  test('stores a digest, not the token', async () => {
    const { folder, tokens } = await newTokens();
    const token = await tokens.create({ name: 'anna', scopes: ['add'] });
    const stored = await readFile(join(folder, 'kept', 'tokens.log'), 'utf8');
    expect(stored).toContain('"anna"');
    expect(stored).not.toContain(token.slice(4));
    expect(JSON.stringify(await tokens.list())).not.toMatch(/digest|pst_/);
  });

  test('knows at once what another process created and revoked', async () => {
    const { folder, tokens: served } = await newTokens();
    expect(await served.hasTokens()).toBe(false);
    const command = await Tokens.open(folder);
    const token = await command.create({ name: 'anna', scopes: ['add'] });
    expect(await served.find(token)).toMatchObject({ name: 'anna' });
    expect(await served.hasTokens()).toBe(true);
    await command.revoke('anna');
    expect(await served.find(token)).toBeUndefined();
    expect(await served.hasTokens()).toBe(false);
    expect(await served.list()).toMatchObject([{ name: 'anna', state: 'revoked' }]);
  });

  test('refuses a token from the moment it expires', async () => {
    let time = '2026-11-30T10:00:00Z';
    const { tokens } = await newTokens(() => new Date(time));
    const expires = new Date('2026-12-01T00:00:00Z');
    const token = await tokens.create({ name: 'anna', scopes: ['add'], expires });
    time = '2026-11-30T23:59:59Z';
    expect(await tokens.find(token)).toBeDefined();
    time = '2026-12-01T00:00:00Z';
    expect(await tokens.find(token)).toBeUndefined();
    expect(await tokens.list()).toMatchObject([{ state: 'expired', expires: expires.toISOString() }]);
    await expect(tokens.create({ name: 'bert', scopes: ['add'], expires })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('2026-12-01'),
    });
  });

  test('gives a name once, even after it was revoked', async () => {
    const { folder, tokens } = await newTokens();
    const other = await Tokens.open(folder);
    const created = await Promise.allSettled([
      tokens.create({ name: 'anna', scopes: ['add'] }),
      other.create({ name: 'anna', scopes: ['add'] }),
    ]);
    expect(created.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await tokens.revoke('anna');
    await expect(tokens.create({ name: 'anna', scopes: ['add'] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(tokens.revoke('anna')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('was revoked on'),
    });
    await expect(tokens.revoke('bert')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each(['', 'a b', '-x', 'server', 'a\u0000', 'x'.repeat(65), 'a/b'])(
    'refuses the name %j',
    async (name) => {
      const { tokens } = await newTokens();
      await expect(tokens.create({ name, scopes: ['add'] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      expect(await tokens.list()).toEqual([]);
    },
  );
});

describe('access', () => {
  test('only admin includes other scopes', () => {
    const allowed = (scope: (typeof SCOPES)[number]) =>
      SCOPES.filter((needed) => allows({ name: 'a', scopes: [scope] }, needed));
    expect(SCOPES.map(allowed)).toEqual([['read'], ['add'], ['review'], [...SCOPES]]);
  });

  test('of a library is by its own tokens and by that of the server', async () => {
    const { tokens } = await newTokens();
    const audit = { record: () => {} };
    const access = libraryAccess({ tokens, serverToken: 'secret', audit });
    expect(await access.find('secret')).toMatchObject({ name: 'server', scopes: ['admin'] });
    expect(await access.find(await tokens.create({ name: 'anna', scopes: ['add'] }))).toMatchObject({
      name: 'anna',
    });
    expect(await access.find('other')).toBeUndefined();
    expect(await accessByToken('secret').find('secre')).toBeUndefined();
    const { tokens: none } = await newTokens();
    expect(await libraryAccess({ tokens: none, audit }).hasTokens()).toBe(false);
  });
});
