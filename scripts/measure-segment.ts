/**
 * Measures the keyword index of a corpus in the project's JSON Lines format and writes scripts/measurements/segment.md:
 *   npx tsx scripts/measure-segment.ts --corpus file.jsonl [--papers 10000]
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { packArrays } from '../src/indexes/binary/arrays.ts';
import { BigramFinder } from '../src/indexes/keyword/bm25/bigrams.ts';
import { compactSegment } from '../src/indexes/keyword/bm25/compact-segment.ts';
import { PAGE } from '../src/indexes/keyword/bm25/posting-pages.ts';
import { SegmentBuilder } from '../src/indexes/keyword/bm25/segment-builder.ts';
import { parseSegment, serializeSegment } from '../src/indexes/keyword/bm25/segment-file.ts';
import { TermDictionary } from '../src/indexes/keyword/bm25/term-dictionary.ts';
import type { Paper } from '../src/papers/paper.ts';
import { analyze } from '../src/text/analyzer.ts';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, papers: { type: 'string', default: '10000' } },
});
if (!options.corpus) throw new Error('Run with: npx tsx scripts/measure-segment.ts --corpus file.jsonl');
const ROUNDS = 6;
const papers = await readPapers(options.corpus, Number(options.papers));

const building = fastest(() => {
  const builder = new SegmentBuilder();
  for (const paper of papers) builder.add(paper);
  return builder.finish();
});
const segment = building.result;
const analysing = fastest(() =>
  papers.map(({ title, abstract }) => analyze(title).length + analyze(abstract).length),
);
const writing = fastest(() => new Uint8Array(Buffer.concat(serializeSegment(segment))));
const opening = fastest(() => parseSegment(writing.result));
const openingAll = fastest(() => {
  const { termSlots, docs, load, locate } = parseSegment(writing.result);
  load(0, docs.length);
  for (let posting = 0; posting < docs.length; posting += PAGE) locate(posting);
  return termSlots.length;
});
const { load: _, locate: __, positionCodes: ___, kernel: ____, ...arrays } = segment;
const inMemory = new Uint8Array(Buffer.concat(packArrays('keyword index', arrays)));

const packed = compactSegment(segment);
const parts = [
  ...Object.entries(packed.streams).map(
    ([name, { codes, bits }]) => [name, codes.length + bits.byteLength] as const,
  ),
  ['positions', packed.positionCodes?.length ?? 0] as const,
  ['marks of compounds', packed.compoundBits.length] as const,
  ['all, with its header', writing.result.length] as const,
  ['all arrays as they are in memory', inMemory.length] as const,
];

const terms = new TermDictionary(segment);
const pairs = papers.slice(0, 300).flatMap(({ title }) => {
  const words = analyze(title).filter(({ parts: joined }) => joined.length === 0);
  return words.slice(1).map(({ term }, i) => [terms.find(words[i]!.term), terms.find(term)] as const);
});
const finder = new BigramFinder(segment);
const bigrams = fastest(() => {
  for (const [first, second] of pairs) finder.postings(first, second, 1);
});

const rate = (ms: number) => Math.round((papers.length / ms) * 1000).toLocaleString('en');
await writeFile(
  new URL('measurements/segment.md', import.meta.url),
  `# The keyword segment

\`npx tsx scripts/measure-segment.ts --corpus file.jsonl --papers ${papers.length}\`; ${cpus()[0]?.model}, Node ${process.version}.
Processor time of this process (several threads of the engine count), the best of ${ROUNDS} rounds.

| part of the file | bytes a paper |
| --- | --- |
${parts.map(([name, bytes]) => `| ${name} | ${(bytes / papers.length).toFixed(1)} |`).join('\n')}

| step | |
| --- | --- |
| building, from papers to a segment | ${rate(building.ms)} papers/s |
| making tokens of titles and abstracts only, as for highlights | ${rate(analysing.ms)} papers/s |
| packing | ${rate(writing.ms)} papers/s |
| opening | ${opening.ms.toFixed(0)} ms |
| opening, and what is computed when it is first searched for: hash table of terms, all postings, marks into positions | ${openingAll.ms.toFixed(0)} ms |
| postings of a bigram, mean of ${pairs.length} from titles | ${((bigrams.ms * 1000) / pairs.length).toFixed(0)} µs |
`,
);

function fastest<T>(step: () => T): { readonly ms: number; readonly result: T } {
  let ms = Number.POSITIVE_INFINITY;
  let result!: T;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    result = step();
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
  }
  return { ms, result };
}

async function readPapers(file: string, count: number): Promise<Paper[]> {
  const read: Paper[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (read.length === count) break;
    read.push(JSON.parse(line));
  }
  return read;
}
