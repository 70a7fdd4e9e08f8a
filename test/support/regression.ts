import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paper } from '../../src/papers/paper.ts';
import { type CorpusEvent, readCorpusFile } from '../../src/papers/read/read-corpus.ts';

/** The result of reading an input of a regression test. */
export interface ReadInput {
  readonly format: string | undefined;
  readonly papers: readonly Paper[];
  readonly rejected: readonly string[];
  readonly warnings: readonly string[];
  readonly events: readonly CorpusEvent[];
}

/**
 * Reads a file in the folder of a regression test as `paper-search ingest` reads a file that the user names.
 * @param test the test's `import.meta.url`. @param name of the file, in the test's folder.
 */
export async function readInput(test: string, name: string, format?: string): Promise<ReadInput> {
  const file = join(fileURLToPath(new URL('.', test)), name);
  const events: CorpusEvent[] = [];
  for await (const event of readCorpusFile({ file, named: true }, {}, format)) events.push(event);
  const reasons = (kind: 'rejected' | 'warning') =>
    events.flatMap((event) => (event.kind === kind ? [event.notice.reason] : []));
  return {
    format: events.flatMap((event) => (event.kind === 'file' ? [event.format] : []))[0],
    papers: events.flatMap((event) => (event.kind === 'paper' ? [event.paper] : [])),
    rejected: reasons('rejected'),
    warnings: reasons('warning'),
    events,
  };
}
