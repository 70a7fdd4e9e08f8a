import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { isTimeZone } from '../time-zone.ts';
import { COLUMN_FIELDS } from './field-names.ts';
import { STDIN, sidecarOf } from './files.ts';
import type { CorpusDefaults } from './reader.ts';

const Sidecar = z.strictObject({
  venue: z.string().min(1).optional(),
  year: z.number().int().min(1000).max(9999).optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, 'Expected a time zone of the IANA database, such as Asia/Singapore.')
    .optional(),
  columns: z.partialRecord(z.enum(COLUMN_FIELDS), z.string().min(1)).optional(),
});

/** Bytes of a sidecar file; a few facts take some hundred. */
const MAX_FILE = 1024 * 1024;

/**
 * What the sidecar file says of a corpus file; nothing when there is none.
 * @throws PaperSearchError BAD_INPUT when it is there and cannot be understood.
 */
export async function readSidecar(file: string): Promise<CorpusDefaults> {
  if (file === STDIN) return {};
  const path = sidecarOf(file);
  const text = await readSmallFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new PaperSearchError('BAD_INPUT', `Cannot read the sidecar file ${path}: ${cause.message}`, {
      cause,
    });
  });
  if (text === undefined) return {};
  try {
    return Sidecar.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new PaperSearchError('BAD_INPUT', `${path} is not a usable sidecar file: ${reason}`, {
      details: { file: path },
      cause,
    });
  }
}

/** A pipe may never end, and a file of another kind fill the memory. */
async function readSmallFile(path: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile() || found.size > MAX_FILE) {
    throw new Error(`Expected a file of at most ${MAX_FILE} bytes`);
  }
  return readFile(path, 'utf8');
}
