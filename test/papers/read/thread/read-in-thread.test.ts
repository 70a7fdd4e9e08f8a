import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CorpusEvent, readCorpusFile } from '../../../../src/papers/read/read-corpus.ts';
import { readInThread } from '../../../../src/papers/read/thread/read-in-thread.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-thread-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function all(events: AsyncIterable<CorpusEvent>): Promise<CorpusEvent[]> {
  const found: CorpusEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

/** The thread as it is when the product is built: here, its TypeScript is compiled as it is loaded. */
function thread(): URL {
  const source = new URL('../../../../src/papers/read/thread/worker.ts', import.meta.url);
  const tsx = import.meta.resolve('tsx/esm/api');
  return script(`import { register } from '${tsx}'; register(); await import('${source}');`);
}

function script(text: string): URL {
  const file = join(folder, `${Math.abs(hash(text))}.mjs`);
  writeFileSync(file, text);
  return pathToFileURL(file);
}

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

function task(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { input: { file, named: true }, overrides: { venue: 'ICLR' }, format: undefined };
}

const EXAMPLES = Array.from({ length: 3000 }, (_, n) =>
  n % 500 === 7
    ? '{"title": broken'
    : JSON.stringify({
        title: `Paper ${n} über “Ähnliches”`,
        abstract: 'a  b',
        authors: ['Ann Lee'],
        doi: `10.1000/${n}`,
      }),
);

test('gives what reading in this thread gives, in its order', async () => {
  const { input, overrides, format } = task('papers.jsonl', EXAMPLES.join('\n'));
  const expected = await all(readCorpusFile(input, overrides, format));
  const found = await all(readInThread(thread(), { input, overrides, format }));
  expect(found).toEqual(JSON.parse(JSON.stringify(expected)));
  expect(found.filter(({ kind }) => kind === 'rejected')).toHaveLength(6);
});

test('throws the error that reading throws', async () => {
  const unknown = task('notes.xyz', 'nothing that is a paper\n'.repeat(10));
  await expect(all(readInThread(thread(), unknown))).rejects.toMatchObject({
    name: 'PaperSearchError',
    code: 'BAD_INPUT',
    details: { file: unknown.input.file },
  });
});

test('ends the thread when reading stops early', async () => {
  const read: CorpusEvent[] = [];
  for await (const event of readInThread(thread(), task('more.jsonl', EXAMPLES.join('\n')))) {
    read.push(event);
    if (read.length === 3) break;
  }
  expect(read.map(({ kind }) => kind)).toEqual(['file', 'paper', 'paper']);
});

test('says when the thread ends before its file does', async () => {
  const ended = readInThread(script('process.exit(3);'), task('any.jsonl', '{}'));
  await expect(all(ended)).rejects.toThrow('ended with code 3');
});
