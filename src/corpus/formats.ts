import { beirReader } from './beir.ts';
import { jsonlReader } from './jsonl.ts';
import type { Reader } from './reader.ts';
import { sessionPageReader } from './session-page/reader.ts';

/** Every format that can be read. A new reader is added here; the first that recognises a file reads it. */
export const READERS: readonly Reader[] = [beirReader, jsonlReader, sessionPageReader];

/**
 * The reader for a file, if its format is known.
 * @param head the file's first text, see `Reader.detect`.
 */
export function detectReader(head: string, file: string): Reader | undefined {
  return READERS.find((reader) => reader.detect(head, file));
}
