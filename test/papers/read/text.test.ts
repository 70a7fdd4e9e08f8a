import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readText } from '../../../src/papers/read/text.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Text that does not compress to nothing. */
const LONG = Array.from({ length: 20_000 }, (_, i) => `${i} ${Math.imul(i, 2_654_435_761) >>> 0}`).join('\n');

async function read(bytes: Uint8Array): Promise<{ text: string; error: unknown; longest: number }> {
  const folder = await temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(file, bytes);
  let text = '';
  let longest = 0;
  try {
    for await (const piece of readText(file)) {
      text += piece;
      longest = Math.max(longest, piece.length);
    }
    return { text, error: undefined, longest };
  } catch (error) {
    return { text, error, longest };
  }
}

/** Files that this process has open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('readText', () => {
  test.each([
    ['nothing', Buffer.alloc(0), ''],
    ['one byte', Buffer.from('x'), 'x'],
    ['UTF-8', Buffer.from('Hüyük 𝒪(n)'), 'Hüyük 𝒪(n)'],
    ['UTF-8 with a mark', Buffer.from('\ufeffHüyük'), 'Hüyük'],
    ['UTF-16, little end first', Buffer.from('\ufeffHüyük 𝒪', 'utf16le'), 'Hüyük 𝒪'],
    ['UTF-16, big end first', utf16be('\ufeffHüyük 𝒪'), 'Hüyük 𝒪'],
    ['bytes of Latin-1', Buffer.from('Hüyük', 'latin1'), 'Hüyük'],
    ['half a character at the end', Buffer.from('äü').subarray(0, 3), 'ä\ufffd'],
    ['gzip', gzipSync('Hüyük'), 'Hüyük'],
    ['gzip in two members', Buffer.concat([gzipSync('Hü'), gzipSync('yük')]), 'Hüyük'],
    ['gzip of UTF-16', gzipSync(Buffer.from('\ufeffHüyük', 'utf16le')), 'Hüyük'],
  ])('%s', async (_name, bytes, text) => {
    expect(await read(bytes)).toMatchObject({ text, error: undefined });
  });

  test('comes in pieces of bounded size', async () => {
    const { text, longest } = await read(gzipSync(LONG));
    expect(text).toBe(LONG);
    expect(longest).toBeLessThanOrEqual(64 * 1024);
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['damaged at the end', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -100), Buffer.alloc(100, 7)])],
  ])('gzip %s: returns the text before the damage, then an error', async (_name, damage) => {
    const { text, error } = await read(damage(gzipSync(LONG)));
    expect(error).toBeInstanceOf(Error);
    // The second half may be wrong: gzip returns damaged bytes as text before it detects the error.
    expect(text.slice(0, LONG.length / 2)).toBe(LONG.slice(0, LONG.length / 2));
  });

  test('a small gzip that is cut off gives what it holds', async () => {
    const { text, error } = await read(gzipSync('a\nb\nc\n', { level: 0 }).subarray(0, -5));
    expect(text).toBe('a\nb\nc\n');
    expect(error).toBeInstanceOf(Error);
  });

  test.skipIf(!existsSync('/proc/self/fd'))('whoever stops early lets go of the file', async () => {
    const file = join(await temporaryFolder(), 'file');
    for (const content of [LONG, gzipSync(LONG)]) {
      await writeFile(file, content);
      for await (const _ of readText(file)) break;
      // Streams close soon after, not at once.
      await expect.poll(() => openFiles()).not.toContain(file);
    }
  });

  test('a file that is not there is an error', async () => {
    await expect(readText('/no/such/file')[Symbol.asyncIterator]().next()).rejects.toThrow('ENOENT');
  });
});
