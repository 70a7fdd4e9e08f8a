import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const many = (unit: string, length: number) => unit.repeat(length / unit.length);

async function eventsOf(name: string, content: string | Uint8Array) {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, content);
  const events = [];
  for await (const event of readCorpusFile({ file, named: true }, {})) events.push(event);
  return events;
}

test('stops reading input that decompresses to far more than its size', async () => {
  const text = `{"title":"A","abstract":"b"}\n${many(' ', 40_000_000)}`;
  const events = await eventsOf('bomb.jsonl.gz', gzipSync(text, { level: 1 }));
  expect(events.filter(({ kind }) => kind === 'paper')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({
    kind: 'rejected',
    notice: { reason: /unpacks to more than 100 times/ },
  });
});

test.each([
  ['list.json', `[{"title":"A"},${many('0,', 400_000)}0]`],
  ['lines.jsonl', `{"title":"A"}\n${many('x\n', 400_000)}`],
  ['table.csv', `title,abstract\nA,b\n${many('a,b,c\n', 400_002)}`],
])('%s: limits the reports of endless damage', async (name, text) => {
  const events = await eventsOf(name, text);
  expect(events.filter(({ kind }) => kind === 'paper')).toHaveLength(1);
  expect(events.length).toBeLessThan(10_010);
  expect(events.at(-1)).toMatchObject({ notice: { reason: /10000 records in a row/ } });
});

test('limits the size of macros of macros of macros', async () => {
  const levels = Array.from(
    { length: 20 },
    (_, level) => `@string{a${level + 1} = ${Array(10).fill(`a${level}`).join(' # ')}}\n`,
  );
  const events = await eventsOf(
    'laughs.bib',
    `@string{a0 = "lol"}\n${levels.join('')}@misc{k, title = a20}\n`,
  );
  const [paper] = events.flatMap((event) => (event.kind === 'paper' ? [event.paper] : []));
  expect(paper!.title).toMatch(/^(?:lol)+/);
  expect(paper!.title.length).toBeLessThanOrEqual(5000);
});

test('rejects a record of many empty elements', async () => {
  const head =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1</id><title>A</title>';
  const events = await eventsOf('a.atom', `${head}${many('<a/>', 800_000)}</entry></feed>`);
  expect(events.at(-1)).toMatchObject({
    kind: 'rejected',
    notice: { reason: 'It is too long to be a paper.' },
  });
});

test.each([
  ['page.txt', many('word word\n', 3_000_000)],
  ['page.html', `<!doctype html><html>${many('a<br>', 3_000_000)}`],
])('%s: rejects an endless page', async (name, text) => {
  const slot = 'Sat 26 Apr 10:00 - 11:00\n<br>';
  const events = await eventsOf(name, name.endsWith('txt') ? `${slot.slice(0, 25)}A\n${text}` : text + slot);
  expect(events.at(-1)).toMatchObject({ kind: 'rejected', notice: { reason: /more than 200000 lines/ } });
});

test('reads only a part of a table with a million columns', async () => {
  const events = await eventsOf('wide.csv', `title,abstract,${many('a,', 2_000_000)}\nA,b\n`);
  expect(events.filter(({ kind }) => kind === 'paper')).toHaveLength(1);
});
