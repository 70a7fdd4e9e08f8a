import { PaperSearchError } from '../errors.ts';
import { beirReader } from './beir.ts';
import { jsonlReader } from './jsonl.ts';
import type { Reader } from './reader.ts';
import { sessionPageReader } from './session-page/reader.ts';

/** Every format that can be read. A new reader is added here; the first that recognises a file reads it. */
export const READERS: readonly Reader[] = [beirReader, jsonlReader, sessionPageReader];

/** The reader for a file that starts with `head`, if its format is known. */
export function detectReader(head: readonly string[]): Reader | undefined {
  return READERS.find((reader) => reader.detect(head));
}

/** The reader of a format by its name. @throws PaperSearchError BAD_REQUEST for one that there is not. */
export function readerOf(format: string): Reader {
  const reader = READERS.find((known) => known.format === format);
  if (reader) return reader;
  const known = READERS.map((other) => other.format);
  throw new PaperSearchError(
    'BAD_REQUEST',
    `There is no format "${format}". Known are: ${known.join(', ')}.`,
    {
      details: { format, known },
    },
  );
}
