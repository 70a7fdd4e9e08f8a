import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaperSearchError } from '../../errors.ts';
import { asUnwritable } from '../../indexes/store/unwritable.ts';

/**
 * Writes bytes that come slowly to a temporary file, for a use that should not wait for them.
 * @param use takes a descriptor at the start of the file; the file is gone afterwards.
 * @throws PaperSearchError BAD_REQUEST when there are no bytes, INDEX_UNWRITABLE when they cannot be kept; what
 *   `bytes` or `use` throws.
 */
export async function withSpooled<T>(
  bytes: AsyncIterable<Uint8Array>,
  use: (descriptor: number) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-')).catch(refuse);
  try {
    const file = join(folder, 'papers');
    const written = await write(file, bytes).catch(refuse);
    if (written === 0) throw new PaperSearchError('BAD_REQUEST', 'The body is empty: send papers in it.');
    const handle = await open(file).catch(refuse);
    try {
      return await use(handle.fd);
    } finally {
      await handle.close();
    }
  } finally {
    // What cannot be removed is the system's to tidy up: the papers are in, or there is another error.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

function refuse(error: unknown): never {
  throw asUnwritable(error, {
    folder: tmpdir(),
    what: 'the folder for temporary files',
    consequence: 'The index is as it was.',
  });
}

async function write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    let written = 0;
    for await (const piece of bytes) {
      await handle.writeFile(piece);
      written += piece.length;
    }
    return written;
  } finally {
    await handle.close();
  }
}
