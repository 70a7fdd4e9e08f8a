import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type CorpusEvent, readCorpusFile } from '../../../src/papers/read/read-corpus.ts';
import { FIXTURES, fixtureNames } from '../../support/fixtures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function read(name: string, content: Uint8Array | string): Promise<CorpusEvent[]> {
  const folder = await temporaryFolder();
  const file = join(folder, name);
  await writeFile(file, content);
  const events: CorpusEvent[] = [];
  for await (const event of readCorpusFile({ file, named: false }, {})) events.push(event);
  return events;
}

const titles = (events: readonly CorpusEvent[]) =>
  events.flatMap((event) => (event.kind === 'paper' ? [event.paper.title] : []));
const rejected = (events: readonly CorpusEvent[]) =>
  events.flatMap((event) => (event.kind === 'rejected' ? [event.notice] : []));

const LINES = ['{"title":"Äpfel"}', '{"title":"B"}', '{"title":"C"}', ''].join('\n');

describe('a corpus file', () => {
  test.each([
    ['plain', LINES],
    ['with CRLF', LINES.replaceAll('\n', '\r\n')],
    ['with a byte-order mark', `\ufeff${LINES}`],
    ['in UTF-16', Buffer.from(`\ufeff${LINES}`, 'utf16le')],
    ['gzipped, whatever its name', gzipSync(LINES)],
  ])('%s', async (_name, content) => {
    const events = await read('papers', content);
    expect(titles(events)).toEqual(['Äpfel', 'B', 'C']);
    expect(rejected(events)).toEqual([]);
  });

  test('a gzip that is cut off gives the papers before it, then one rejection', async () => {
    const events = await read('papers', gzipSync(LINES, { level: 0 }).subarray(0, -12));
    expect(titles(events)).toEqual(['Äpfel', 'B']);
    expect(rejected(events)).toEqual([
      { file: expect.any(String), line: 3, reason: expect.stringContaining('unexpected end') },
    ]);
    expect(events.at(-1)?.kind).toBe('rejected');
  });

  test('a session page that breaks off loses its last talk only', async () => {
    const talk = (title: string, hour: number) =>
      `Sat 26 April ${hour}:30 - ${hour}:42 PDT\n\n${title}\n\nA B · C D\n\nWords of it.\n\n`;
    const page = `Oral Session\n\n${talk('One', 1)}${talk('Two', 2)}${talk('Three', 3)}`;
    const events = await read('page.txt', gzipSync(page, { level: 0 }).subarray(0, -20));
    expect(titles(events)).toEqual(['One', 'Two']);
    expect(rejected(events)).toHaveLength(1);
  });

  test.each(fixtureNames)(
    '%s, gzipped and cut off: the first of its papers, then one rejection',
    async (name) => {
      const whole = await read(name, readFileSync(join(FIXTURES, name)));
      const gzip = gzipSync(readFileSync(join(FIXTURES, name)), { level: 0 });
      for (const share of [0.3, 0.6, 0.9]) {
        const events = await read(name, gzip.subarray(0, Math.floor(gzip.length * share)));
        const found = titles(events);
        expect(found).toEqual(titles(whole).slice(0, found.length));
        // A session page reports its warnings at the end; a table without known columns is not read further.
        const readErrors = rejected(events).filter(({ reason }) => reason.startsWith('Cannot read on'));
        if (name !== 'fremd.csv') expect(readErrors).toHaveLength(1);
      }
    },
  );

  test('bytes that are not UTF-8 are read as Windows-1252 and reported once', async () => {
    const events = await read('papers', Buffer.from(LINES.replace('B', 'Ö'), 'latin1'));
    expect(titles(events)).toEqual(['Äpfel', 'Ö', 'C']);
    const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.notice] : []));
    expect(warnings).toEqual([{ file: expect.any(String), reason: expect.stringContaining('Windows-1252') }]);
  });
});

test('skips the queries of a test collection, which are not papers, without calling them unknown', async () => {
  const events = await read('queries.jsonl', '{"_id":"q","text":"which animal purrs?"}\n');
  expect(events).toMatchObject([{ kind: 'skipped', isUnknown: false }]);
});
