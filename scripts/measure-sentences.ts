/**
 * What stored vectors of sentences cost and save, on a sample of a collection: bytes, CPU time of encoding, and CPU time of
 * a search that is reranked by sentences.
 *
 *   npx tsx scripts/measure-sentences.ts collections/scifact [PAPERS]
 *
 * CPU times are those of one process with the model in it, so that other programs on the machine change little.
 */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalEncoder } from '../src/encode/local-encoder.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openIndex } from '../src/search/open-index.ts';
import { sentenceSpans } from '../src/text/sentences.ts';

const [collection, wanted = '60'] = process.argv.slice(2);
const linesOf = async (name: string) =>
  (await readFile(join(collection!, name), 'utf8')).split('\n').filter(Boolean);
/** What a task returns, and the CPU time of this process meanwhile (milliseconds). */
const timed = async <T>(task: () => Promise<T>): Promise<[T, number]> => {
  const before = process.cpuUsage();
  const result = await task();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
};

const corpus = await linesOf('corpus.jsonl');
const sentencesIn = (line: string) => sentenceSpans(JSON.parse(line).text).length;
const sentences = corpus.reduce((sum, line) => sum + sentencesIn(line), 0);
const encoder = await createLocalEncoder();
const kept = { model: encoder.model, encode: encoder.encode.bind(encoder), close: async () => {} };
await encoder.encode(['warm up']);
const { dimension } = encoder.model;
const bytes = sentences * (dimension + 4) + corpus.length * 8 + 8;
console.log(`${corpus.length} papers, ${sentences} sentences: sentences.i8 has ${bytes} bytes`);

const folder = await mkdtemp(join(tmpdir(), 'paper-search-sentences-'));
const step = Math.max(1, Math.floor(corpus.length / Number(wanted)));
const sample = corpus.filter((_, i) => i % step === 0).slice(0, Number(wanted));
const file = join(folder, 'corpus.jsonl');
await writeFile(file, sample.map((line) => `${line}\n`).join(''));
const index = join(folder, 'index');
const options = { index, encoder: kept };
const [first, papersMs] = await timed(() => ingest([file], options));
const perPaper = papersMs / first.papers;

const queries = (await linesOf('queries.jsonl')).slice(0, 2).map((line): string => JSON.parse(line).text);
/** The mean CPU time of reranking, without what the first ranking takes; and the papers in their order. */
async function reranked(depth: number): Promise<{ ms: number; orders: string[] }> {
  let total = 0;
  const orders: string[] = [];
  for (const query of queries) {
    // A new engine: sentences that were encoded for another query are not there.
    const engine = await openIndex(index, { encoder: kept });
    const snapshot = await engine.acquire();
    const search = (rerank: number) =>
      snapshot.search({ query, rerank, limit: 50, plain: true, fallback: false, highlight: false });
    await search(0);
    const [{ hits }, ms] = await timed(() => search(depth));
    total += ms;
    orders.push(hits.map(({ paper }) => paper.id).join());
    await engine.close();
  }
  return { ms: total / queries.length, orders };
}
const before = [await reranked(10), await reranked(50)];
const [second, sentencesMs] = await timed(() => ingest([file], { ...options, sentenceVectors: true }));
const after = [await reranked(10), await reranked(50)];
const perSentence = sentencesMs / second.encoded;
const { size } = await stat(join(index, second.snapshot, 'sentences.i8'));
await rm(folder, { recursive: true });
await encoder.close();

const minutes = (ms: number, count: number) => ((ms * count) / 60_000).toFixed(1);
console.log(`sample of ${first.papers} papers with ${second.encoded} sentences: ${size} bytes`);
console.log(`ingest: ${perPaper.toFixed(1)} ms a paper, ${minutes(perPaper, corpus.length)} minutes for all`);
console.log(
  `sentences: ${perSentence.toFixed(1)} ms each, ${minutes(perSentence, sentences)} minutes for all`,
);
for (const [i, depth] of [10, 50].entries()) {
  const [without, stored] = [before[i]!, after[i]!];
  const same = without.orders.filter((order, n) => order === stored.orders[n]).length;
  console.log(
    `rerank ${depth}: ${without.ms.toFixed(0)} ms when sentences are encoded, ${stored.ms.toFixed(0)} ms when they are stored; same order for ${same} of ${queries.length}`,
  );
}
