import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundledModel } from '../../src/encode/model/minilm.ts';
import { papersOf } from './corpora.ts';
import { writeDenseInput } from './dense-input.ts';
import type { SentQuery } from './engines/protocol.ts';
import type { EngineEntry, Kind } from './engines/registry.ts';
import { termsOf } from './engines/terms-of.ts';
import { product } from './product.ts';
import { querySets } from './queries.ts';
import type { Source } from './source.ts';
import { analysisUs, writeTerms } from './terms.ts';

/** The inputs of the engines of a kind at one size. */
export interface Inputs {
  readonly count: number;
  readonly papersFile: string;
  readonly termsFile: string;
  readonly vectorsFile: string;
  readonly dimension: number;
  readonly syntheticVectors: number;
  readonly analysisSeconds: number | null;
  /** Time of our analysis of each query (microseconds), by set; without sets for other kinds than keyword. */
  readonly queryAnalysisUs: Readonly<Record<string, readonly number[]>>;
  readonly sets: Readonly<Record<string, readonly SentQuery[]>>;
}

export interface InputOptions {
  readonly kind: Kind;
  readonly engines: readonly EngineEntry[];
  readonly queries: number;
  readonly queriesFile: string | undefined;
  /** A folder for the files. */
  readonly folder: string;
}

const { dimension } = bundledModel('int8');

/** Makes the inputs for `count` papers of a source. */
export async function prepareInputs(source: Source, count: number, options: InputOptions): Promise<Inputs> {
  const { kind, folder } = options;
  mkdirSync(folder, { recursive: true });
  const papersFile = await source.file(count);
  const sample = [];
  // Every corpus begins with the smallest one: the queries are the same at every size.
  for await (const paper of papersOf(papersFile, Math.min(count, 1000))) sample.push(paper);
  const texts = querySets(sample, options.queries, options.queriesFile);
  const input = { count, papersFile, dimension, termsFile: '', vectorsFile: '' };
  const none = { syntheticVectors: 0, analysisSeconds: null, queryAnalysisUs: {} };
  const sets = Object.fromEntries(Object.entries(texts).map(([set, list]) => [set, list.map(asSent)]));

  if (kind === 'keyword') {
    const given = options.engines.some(({ analysis }) => analysis === 'given');
    const termsFile = join(folder, 'terms.jsonl');
    const queryAnalysisUs = Object.fromEntries(
      Object.entries(texts).map(([set, list]) => [set, analysisUs(list)]),
    );
    const analysisSeconds = given ? await writeTerms(termsFile, papersFile, count) : null;
    return { ...input, ...none, termsFile, analysisSeconds, queryAnalysisUs, sets };
  }
  const vectorsFile = join(folder, 'vectors.f32');
  // A hybrid query is a text: no vectors have to be reserved for it.
  const keptOut = kind === 'dense' ? options.queries : 0;
  const real = await source.vectors(count + keptOut);
  const { heldOut, syntheticVectors } = await writeDenseInput(vectorsFile, real, dimension, count, keptOut);
  if (kind === 'hybrid') return { ...input, ...none, vectorsFile, syntheticVectors, sets };
  return {
    ...input,
    ...none,
    vectorsFile,
    syntheticVectors,
    sets: { 'held-out papers': vectorQueries(heldOut), short: vectorQueries(await encoded(texts.short!)) },
  };
}

function asSent(text: string): SentQuery {
  return { text, terms: termsOf(text) };
}

function vectorQueries(vectors: Float32Array): SentQuery[] {
  return Array.from({ length: vectors.length / dimension }, (_, row) => {
    const start = vectors.byteOffset + row * dimension * 4;
    return {
      text: '',
      terms: [],
      vector: Buffer.from(vectors.buffer, start, dimension * 4).toString('base64'),
    };
  });
}

async function encoded(texts: readonly string[]): Promise<Float32Array> {
  const encoder = product.createProcessEncoder();
  try {
    return await encoder.encode(texts);
  } finally {
    await encoder.close();
  }
}
