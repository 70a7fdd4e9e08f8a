/**
 * Measures when the papers of a new index can first be searched, and what it costs to publish them while they are encoded, and
 * writes scripts/measurements/first-answer.md:
 *   npx tsx scripts/measure-first-answer.ts [papers] [vectors a second]
 * Papers come from the corpus of the bench. Their vectors are pseudo-random and arrive at the given rate, without taking
 * processor time; `--encoder` uses the bundled model instead.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EncodeOptions, Encoder } from '../src/encode/encoder.ts';
import { bundledModel } from '../src/encode/model/minilm.ts';
import { infoOf } from '../src/encode/models/model.ts';
import { normalize } from '../src/encode/pooling.ts';
import { createProcessEncoder } from '../src/encode/process-encoder.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openIndex } from '../src/search/open-index.ts';
import { mulberry32 } from '../src/util/random.ts';
import { corpusFile, papersOf, REAL_PAPERS } from './bench/corpora.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { encoder: { type: 'boolean', default: false } },
});
const [count = 20_000, rate = 500] = positionals.map(Number);

/** Vectors that come at a rate. */
class PacedEncoder implements Encoder {
  readonly model = infoOf(bundledModel());
  readonly #random = mulberry32(1);

  async encode(texts: readonly unknown[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension).map(() => this.#random() - 0.5);
    const started = performance.now();
    for (let done = 0; done < texts.length; ) {
      const due = Math.min(texts.length, Math.floor(((performance.now() - started) / 1000) * rate));
      for (; done < due; done++) {
        const vector = vectors.subarray(done * dimension, (done + 1) * dimension);
        normalize(vector);
        options.onVector?.(done, vector);
      }
      options.onProgress?.(done, texts.length);
      await new Promise((resolve) => setTimeout(resolve, 20));
      options.signal?.throwIfAborted();
    }
    return vectors;
  }

  async close(): Promise<void> {}
}

interface Publication {
  readonly atSeconds: number;
  readonly share: number;
  readonly tookMs: number;
}

const folder = await mkdtemp(join(tmpdir(), 'paper-search-first-answer-'));
const lines: string[] = [];
for await (const paper of papersOf(await corpusFile(REAL_PAPERS))) {
  if (lines.push(`${JSON.stringify(paper)}\n`) === count) break;
}
const file = join(folder, 'papers.jsonl');
await writeFile(file, lines.join(''));
try {
  const early = await measured('early', {});
  const late = await measured('late', { waitForVectors: true });
  const inBetween = early.publications.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000;
  const vectors = values.encoder
    ? 'The bundled model encodes them in its own process.'
    : `Their vectors are pseudo-random and arrive at ${rate} a second without taking processor time, so the time of the encoder is not that of a model.`;
  const report = [
    '# First answer of a new index',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
    `Written by \`npx tsx scripts/measure-first-answer.ts ${process.argv.slice(2).join(' ')}\`: ${count} papers of the bench, without a map, one run. ${vectors}`,
    '',
    '| seconds after the start | papers with a vector | publishing took |',
    '|---|---|---|',
    ...early.publications.map(
      ({ atSeconds, share, tookMs }) =>
        `| ${atSeconds.toFixed(1)} | ${(100 * share).toFixed(0)} % | ${tookMs.toFixed(0)} ms |`,
    ),
    `| ${early.seconds.toFixed(1)} | 100 %, the end | |`,
    '',
    `The first keyword query was answered ${early.firstAnswerSeconds.toFixed(1)} s after the start, opening the index included. With \`waitForVectors\` the same ingest takes ${late.seconds.toFixed(1)} s and makes the same snapshot (${early.snapshot === late.snapshot ? 'checked' : 'NOT THE SAME'}). Publishing before the end took ${inBetween.toFixed(1)} s, ${((100 * inBetween) / early.seconds).toFixed(1)} % of the time.`,
    '',
  ].join('\n');
  await writeFile(new URL('./measurements/first-answer.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** One ingest into a new index. */
async function measured(name: string, options: { readonly waitForVectors?: boolean }) {
  const index = join(folder, name);
  // A new one each time, since the pseudo-random vectors have to be the same.
  const encoder = values.encoder ? createProcessEncoder() : new PacedEncoder();
  const publications: Publication[] = [];
  let first: Promise<number> | undefined;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const { snapshot } = await ingest([file], {
    index,
    encoder,
    corpusMap: false,
    ...options,
    onProgress: (event) => {
      if (event.stage !== 'searchable') return;
      const { papers, withVector, tookMs } = event;
      publications.push({ atSeconds: elapsed(), share: withVector / papers, tookMs });
      first ??= answered(index).then(elapsed);
    },
  });
  const seconds = elapsed();
  await encoder.close();
  return { snapshot, publications, seconds, firstAnswerSeconds: (await first) ?? seconds };
}

/** Opens an index and asks a keyword query. */
async function answered(index: string): Promise<void> {
  const engine = await openIndex(index, { encoder: new PacedEncoder() });
  const snapshot = await engine.acquire();
  const { hits } = await snapshot.search({ query: 'language models', mode: 'keyword' });
  if (hits.length === 0) throw new Error('Nothing was found.');
  await engine.close();
}
