/**
 * Compares the top 10 of a keyword query by impacts with scoring every posting exactly, over papers of the bench, in turns
 * in one process, and writes scripts/measurements/keyword.md:
 *   npx tsx scripts/measure-keyword.ts [--papers 50000] [--segment FILE] [--rounds 20]
 * The index is built once; with --segment it is kept in that file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bm25Engine } from '../src/indexes/keyword/bm25/engine.ts';
import type { KeywordIndex, QueryTerm } from '../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../src/indexes/keyword/query-terms.ts';
import { topDocuments } from '../src/indexes/top-documents.ts';
import type { Paper } from '../src/papers/paper.ts';
import { contentOf } from '../src/query/intent.ts';
import { corpusFile, papersOf } from './bench/corpora.ts';
import { TOP } from './bench/engines/engine.ts';
import { querySets } from './bench/queries.ts';
import { summarize } from './bench/statistics.ts';

const { values: options } = parseArgs({
  options: {
    papers: { type: 'string', default: '50000' },
    segment: { type: 'string' },
    rounds: { type: 'string', default: '20' },
  },
});
const QUERIES = 200;
/** Measured once, on 2026-11-30, mostly by versions of the code that were not kept. */
const ALTERNATIVES = `## Alternatives

Block-max MaxScore over the same impacts, in JavaScript, 20,000 papers, abstracts: the essential terms had 47 % of the postings,
and 61 % of the papers that they found could still reach the threshold, so completing those cost more than was skipped:
1.22 and 1.34 ms, and 0.83 and 0.85 ms without skipping, in alternating runs. Bitmaps of frequent terms, joined and counted,
took 0.2 to 0.3 ms more; counting scores above 0 while the best are looked for is nearly free.

Adding an impact to a score, blocks of 4,096 papers, nanoseconds a posting (minimum, on the same busy machine):

| JavaScript, 64-bit scores | JavaScript, four at a time | WebAssembly, one at a time | WebAssembly, four at a time | the same with 32-bit impacts |
|---|---|---|---|---|
| 1.9 to 2.4 | 1.3 to 2.1 | 0.93 | 0.65 | 0.58 |

A function called for each posting in WebAssembly, which Node 20 does not inline, took abstracts at 50,000 papers from 0.8 to 1.4 ms.

Rows of 8-bit impacts, two rows at a time: 0.1 ns a paper and row. An abstract has 71.6 terms and 353,000 postings on average, and
70 % of these are of the 18 terms that an eighth of the papers have; between a sixteenth and an eighth, rows and postings take the
same time. Blocks of 8,192 papers: 0.131 instead of 0.135 ms in the postings, and more candidates: no gain.

## The slowest queries

A process on one core, as in the bench; 200 short queries, eight rounds after the first, 50,000 papers. The slowest waited 2 to
12 ms for other threads of the same process (schedstat of each thread), and collected no garbage. V8 compiled 3 to 12 functions a
round there, 15 to 230 ms in all; it was done after some 2,000 queries. With these threads at the lowest priority (nice 19) p99
was 1.46 ms, on a machine that was half as fast by other work, instead of 4.22 ms: not done, since Node 20 does not distinguish the
threads that compile from those that read files.

In the first round, postings are read and bigrams are found: 0.9 ms in the median, 30 to 40 ms in p99.

## The file

50,000 papers, 16.4 MB: positions 10.1, documents 3.95, frequencies 1.06, bytes of terms 0.85, terms 0.27, lengths 0.11. A code by
the frequency of bytes alone would take 2.25 MB off the positions; not done, since they are read in place.`;

/** The steps that are timed; each gets the text of a query and its terms. */
const steps: Record<string, (index: KeywordIndex, text: string, terms: readonly QueryTerm[]) => unknown> = {
  'terms of the query': (index, text) => termsOf(index, text),
  'top 10 and total': (index, _, terms) => index.top(terms, TOP, true),
  'score of every paper': (index, _, terms) => index.score(terms),
  'score of every paper, then top 10 and total': (index, _, terms) => plainTop(index, terms),
};

const papers = Number(options.papers);
const index = await open();
const sample: Paper[] = [];
for await (const paper of papersOf(await corpusFile(Math.max(papers, 100_000)), 1000)) sample.push(paper);
const rows: string[] = [];
for (const [set, texts] of Object.entries(querySets(sample, QUERIES))) {
  const first = texts.map((text) => elapsed(() => index.top(termsOf(index, text), TOP, true)));
  const best = Object.fromEntries(
    Object.keys(steps).map((step) => [step, texts.map(() => Number.POSITIVE_INFINITY)]),
  );
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [query, text] of texts.entries()) {
      const terms = termsOf(index, text);
      for (const [step, run] of Object.entries(steps)) {
        const times = best[step]!;
        times[query] = Math.min(
          times[query]!,
          elapsed(() => run(index, text, terms)),
        );
      }
    }
  }
  const differing = texts.filter((text) => {
    const terms = termsOf(index, text);
    const { hits, total } = index.top(terms, TOP, true);
    return JSON.stringify({ hits, total }) !== JSON.stringify(plainTop(index, terms));
  });
  rows.push(row(set, 'first time, terms and top 10', first));
  for (const [step, times] of Object.entries(best)) rows.push(row(set, step, times));
  rows.push(`| ${set} | answers that differ | ${differing.length} of ${texts.length} | |`);
}
const text = `# Keyword queries, measured

${new Date().toISOString().slice(0, 10)}, ${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.version}.
Written by \`npx tsx scripts/measure-keyword.ts --papers ${papers}\`.

${papers} papers of the bench's corpus, its ${QUERIES} short queries, and its whole abstracts as queries. Milliseconds. The machine
is shared: except for the first time, in which postings are read and impacts are computed, times are the minimum of
${options.rounds} rounds in which the steps take turns. Compare within a set.

| queries | step | median | p99 |
|---|---|---|---|
${rows.join('\n')}

${ALTERNATIVES}
`;
writeFileSync(new URL('measurements/keyword.md', import.meta.url), text);
process.stdout.write(text);

async function open(): Promise<KeywordIndex> {
  const { segment } = options;
  if (segment && existsSync(segment)) {
    // A separate buffer, aligned for the arrays in it.
    return bm25Engine.load(Uint8Array.from(readFileSync(segment)));
  }
  const all: Paper[] = [];
  for await (const paper of papersOf(await corpusFile(Math.max(papers, 100_000)), papers)) all.push(paper);
  const built = await bm25Engine.build(all);
  if (segment) writeFileSync(segment, Buffer.concat(built.serialize()));
  return built;
}

function termsOf(over: KeywordIndex, text: string): QueryTerm[] {
  return queryTerms(splitSolidWords(contentOf(text), over), over);
}

function plainTop(over: KeywordIndex, terms: readonly QueryTerm[]) {
  const scores = over.score(terms).scores.map((score) => (score > 0 ? score : Number.NEGATIVE_INFINITY));
  const total = scores.reduce((count, score) => count + (score > 0 ? 1 : 0), 0);
  return { hits: topDocuments(scores, Math.min(TOP, total)), total };
}

function elapsed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function row(set: string, step: string, times: readonly number[]): string {
  const { median, p99 } = summarize(times);
  return `| ${set} | ${step} | ${median.toPrecision(3)} | ${p99.toPrecision(3)} |`;
}
