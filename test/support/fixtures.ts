import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paper } from '../../src/papers/paper.ts';
import { type CorpusEvent, readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import type { CorpusDefaults, Notice } from '../../src/papers/read/reader.ts';

/** Files in the real structure of each format, written by hand. */
export const FIXTURES = fileURLToPath(new URL('../papers/read/fixtures', import.meta.url));
export const fixtureNames = readdirSync(FIXTURES).sort();

/** The items read from one of them, sorted by kind. */
export async function readFixture(name: string, defaults: CorpusDefaults = {}) {
  const events: CorpusEvent[] = [];
  for await (const event of readCorpusFile({ file: join(FIXTURES, name), named: true }, defaults)) {
    events.push(event);
  }
  const notices = (kind: 'rejected' | 'warning'): Notice[] =>
    events.flatMap((event) => (event.kind === kind ? [event.notice] : []));
  return {
    format: events.flatMap((event) => (event.kind === 'file' ? [event.format] : []))[0],
    papers: events.flatMap((event): Paper[] => (event.kind === 'paper' ? [event.paper] : [])),
    rejected: notices('rejected'),
    warnings: notices('warning'),
  };
}
