import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaperSearchError } from '../../errors.ts';
import { asUnwritable } from '../../indexes/store/unwritable.ts';

/**
 * Writes a slow stream to a temporary file, so that `use` does not have to wait for it.
 * @param use receives a descriptor at the start of the file; the file is deleted afterwards.
 * @throws PaperSearchError BAD_REQUEST when there are no bytes, INDEX_UNWRITABLE when they cannot be stored; what
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
    if (written === 0)
      throw new PaperSearchError('BAD_REQUEST', 'The body is empty. Send a file with papers.');
    const handle = await open(file).catch(refuse);
    try {
      return await use(handle.fd);
    } finally {
      await handle.close();
    }
  } finally {
    // The system removes what cannot be deleted here: the papers are ingested, or there is another error already.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

function refuse(error: unknown): never {
  throw asUnwritable(error, {
    folder: tmpdir(),
    what: 'the folder for temporary files',
    consequence: 'The index was not changed.',
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
