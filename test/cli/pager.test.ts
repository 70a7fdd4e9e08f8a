import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rowsOf, writePaged } from '../../src/cli/pager.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What arrives at a screen of four rows, and at a pager that keeps what it is given. */
async function shown(text: string, options: { isTTY?: boolean; paged?: boolean; command?: string } = {}) {
  const kept = join(await temporaryFolder(), 'kept');
  let written = '';
  const screen = {
    isTTY: options.isTTY ?? true,
    columns: 10,
    rows: 4,
    write: (part: string) => {
      written += part;
    },
  };
  const command = options.command ?? `cat > '${kept}'`;
  await writePaged(text, { screen, paged: options.paged ?? true, command });
  return { written, paged: await readFile(kept, 'utf8').catch(() => undefined) };
}

const LONG = '1\n2\n3\n4\n5\n';

test('text longer than the screen is paged', async () => {
  expect(await shown(LONG)).toEqual({ written: '', paged: LONG });
});

test.each<[name: string, text: string, options: Parameters<typeof shown>[1]]>([
  ['what fits', '1\n2\n', {}],
  ['what goes to no terminal', LONG, { isTTY: false }],
  ['what is not to be paged', LONG, { paged: false }],
  ['all, without a pager', LONG, { command: '' }],
  ['all, with a pager that is none', LONG, { command: 'cat' }],
  ['all, when the pager is not there', LONG, { command: '(no-such-pager) 2>&-' }],
])('%s is written', async (_name, text, options) => {
  expect(await shown(text, options)).toEqual({ written: text, paged: undefined });
});

test('quitting a pager early is not an error', async () => {
  expect(await shown(LONG.repeat(100_000), { command: 'true' })).toMatchObject({ written: '' });
});

test.each([
  ['a\nb\n', 2],
  ['a\n\nb', 3],
  ['1234567890', 1],
  ['12345678901', 2],
  ['\u001b[1m1234567890\u001b[22m', 1],
  ['\u001b]8;;https://example.org/\u001b\\x\u001b]8;;\u001b\\', 1],
])('%j takes %i rows', (text, rows) => {
  expect(rowsOf(text, 10)).toBe(rows);
});
