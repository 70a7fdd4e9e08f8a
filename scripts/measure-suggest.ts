/**
 * Measures completions and corrections on a corpus in the project's JSON Lines format and writes
 * scripts/measurements/suggest.md:
 *   npx tsx --expose-gc scripts/measure-suggest.ts --corpus file.jsonl [--papers 20000]
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { SuggestionSource } from '../src/search/suggest/count-corpus.ts';
import { Suggestions } from '../src/search/suggest/suggestions.ts';
import { percentile } from './bench/statistics.ts';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, papers: { type: 'string', default: '20000' } },
});
if (!options.corpus || !globalThis.gc) {
  throw new Error('Run with: npx tsx --expose-gc scripts/measure-suggest.ts --corpus file.jsonl');
}
/** Random texts of each kind. */
const SAMPLE = 300;
const LIMIT = 10;

const papers = await readPapers(options.corpus, Number(options.papers));
const random = randomNumbers(7);
const titles = sample(papers.map(({ title }) => title));
const authors = sample(papers.flatMap((paper) => paper.authors));
const keywords = sample(papers.flatMap((paper) => paper.keywords));

const before = memory();
let longestPause = 0;
let last = performance.now();
const watch = setInterval(() => {
  longestPause = Math.max(longestPause, performance.now() - last);
  last = performance.now();
}, 1);
const started = performance.now();
const suggestions = await Suggestions.build(papers);
const buildMs = performance.now() - started;
clearInterval(watch);
const bytes = memory() - before;

const complete = (text: string) => suggestions.complete(text, LIMIT);
const nothing = { knows: () => false };
const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
const rows = [
  row('titles, every prefix', titles.flatMap(prefixes), complete),
  row('authors, every prefix', authors.flatMap(prefixes), complete),
  row('last names first, every prefix', authors.map(lastNameFirst).flatMap(prefixes), complete),
  row('keywords, every prefix', keywords.flatMap(prefixes), complete),
  row(
    'titles from their third word on',
    titles.map((title) => title.split(' ').slice(2).join(' ')).flatMap(prefixes),
    complete,
  ),
  row(
    'one and two letters',
    letters.flatMap((a) => [a, ...letters.map((b) => a + b)]),
    complete,
  ),
  row(
    'a word of a title, then a letter',
    titles.flatMap((title) => title.split(' ').map((word) => `${word} ${pick(letters)}`)),
    complete,
  ),
  row('titles with a letter left out', titles.map(withoutLetter), complete),
  row(
    'common words only',
    ['of', 'the', 'for a', 'of the in', 'learning for the', 'a of the in for and on with', 'with a l'],
    complete,
  ),
  row(
    'didYouMean, one misspelt word',
    titles.map((title) => withoutLetter(longestWord(title))),
    (text) => suggestions.didYouMean(text, nothing),
  ),
  row('didYouMean, titles without an error', titles, (text) => suggestions.didYouMean(text, nothing)),
];

const report = `# Completions and corrections

${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}, shared with other work.
Written by \`npx tsx --expose-gc scripts/measure-suggest.ts\` on ${papers.length} papers with their titles, authors and
keywords; ${SAMPLE} random ones of each are typed letter by letter. Milliseconds of \`Suggestions\` alone, limit ${LIMIT};
each text three times, of which the fastest counts. For \`didYouMean\`, the index contains no words.

| typed | texts | p50 | p99 | maximum |
|---|---|---|---|---|
${rows.join('\n')}

Built in ${(buildMs / 1000).toFixed(1)} s; other work waited at most ${longestPause.toFixed(0)} ms. Memory: ${(bytes / 1e6).toFixed(0)} MB, ${Math.round(bytes / papers.length)} bytes per paper.

A sorted list finds values that begin with the text; lists of the values of each word find words inside a value and typing
errors, for one word of the text (the rarest), and the number of visited values is limited. MiniSearch, which did that before,
took 70 of 93 MB for the same 20,000 papers (2026-11-22), and its own results took ten times as long as visiting the values.
`;
await writeFile(new URL('./measurements/suggest.md', import.meta.url), report);
process.stdout.write(report);

function row(name: string, texts: readonly string[], run: (text: string) => unknown): string {
  for (const text of texts.slice(0, 200)) run(text);
  const fastest = (text: string) => Math.min(...Array.from({ length: 3 }, () => timeOf(() => run(text))));
  const times = texts.map(fastest).sort((a, b) => a - b);
  const shown = [percentile(times, 50), percentile(times, 99), times.at(-1)!].map((time) => time.toFixed(2));
  return `| ${name} | ${texts.length} | ${shown.join(' | ')} |`;
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function memory(): number {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function readPapers(file: string, max: number): Promise<SuggestionSource[]> {
  const read: SuggestionSource[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (read.length === max) break;
    const { id, title, authors, keywords } = JSON.parse(line);
    read.push({ id, title, authors, keywords });
  }
  return read;
}

function sample(texts: readonly string[]): string[] {
  return Array.from({ length: texts.length === 0 ? 0 : SAMPLE }, () => pick(texts));
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

function prefixes(text: string): string[] {
  return Array.from(text, (_, end) => text.slice(0, end + 1));
}

function lastNameFirst(name: string): string {
  const words = name.split(' ');
  return [words.at(-1)!, ...words.slice(0, -1)].join(' ');
}

function longestWord(text: string): string {
  return text.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function withoutLetter(text: string): string {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + text.slice(at + 1);
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
