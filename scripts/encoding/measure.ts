import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import runtime from 'onnxruntime-node';
import { createBulkEncoder, createProcessEncoder } from '../../dist/encode/process-encoder.js';
import type { Encoder, TitledText } from '../../src/encode/encoder.ts';
import { createLocalEncoder } from '../../src/encode/local-encoder.ts';
import { OnnxGraph } from '../../src/encode/model/onnx-graph.ts';
import { prepareModel } from '../../src/encode/model/prepare.ts';
import { loadTokenizer } from '../../src/encode/tokenizer.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';

/** Tokens of an abstract for which arithmetic is counted; those that are measured have 180 to 220. */
export const TOKENS = 200;

const COLLECTIONS = process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections';
const ROUNDS = 3;
const UINT8 = 2;
const FLOAT = 1;

export interface Figures {
  /** CPU time of one thread: the 8-bit products of one abstract, and one abstract as a whole (milliseconds). */
  readonly productsMs: number;
  readonly encodeMs: number;
  /** CPU time of all threads for one abstract with a thread per core (milliseconds). */
  readonly threadsMs: number;
  /** Papers a second of one process with a thread per core and of processes of one thread; absent without --rates. */
  readonly rates?: Rates;
}

interface Rates {
  readonly one: number;
  readonly several: number;
  /** Whether both gave the same vectors. */
  readonly equal: boolean;
}

/** Papers whose abstract has 180 to 220 tokens. */
export async function abstractsOf(count: number): Promise<TitledText[]> {
  const { tokenize } = await loadTokenizer(await prepareModel());
  const found: TitledText[] = [];
  const file = join(COLLECTIONS, 'conference-lists', 'corpus.jsonl.gz');
  for await (const event of readCorpusFile({ file, named: true }, {})) {
    if (event.kind !== 'paper') continue;
    const tokens = tokenize(event.paper.abstract).length;
    if (tokens >= 180 && tokens <= 220) found.push({ title: event.paper.title, body: event.paper.abstract });
    if (found.length === count) break;
  }
  if (found.length < count) throw new Error(`${file} has ${found.length} such papers; expected ${count}.`);
  return found;
}

export async function measure(papers: readonly TitledText[], withRates: boolean): Promise<Figures> {
  const productsMs = await leastCpuMs(await products(), 6);
  const abstracts = papers.slice(0, 8).map(({ body }) => body);
  const local = async (threads?: number) => {
    const encoder = await createLocalEncoder({ threads });
    const ms = (await leastCpuMs(() => encoder.encode(abstracts), 1)) / abstracts.length;
    await encoder.close();
    return ms;
  };
  const encodeMs = await local(1);
  const threadsMs = await local();

  return { productsMs, encodeMs, threadsMs, ...(withRates ? { rates: await ratesOf(papers) } : {}) };
}

async function ratesOf(papers: readonly TitledText[]): Promise<Rates> {
  const encoders: readonly [Encoder, Encoder] = [createProcessEncoder(), createBulkEncoder()];
  const [first, second] = [await encoders[0].encode(papers), await encoders[1].encode(papers)];
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round < 2; round++) {
    for (const side of [0, 1] as const) {
      const started = performance.now();
      await encoders[side].encode(papers);
      rates[side].push((papers.length / (performance.now() - started)) * 1000);
    }
  }
  await Promise.all(encoders.map((encoder) => encoder.close()));
  const equal = first.every((value, i) => value === second[i]);
  return { one: Math.max(...rates[0]), several: Math.max(...rates[1]), equal };
}

/** Runs the 8-bit products of one abstract in one thread, as the model has them but without anything between them. */
async function products(): Promise<() => Promise<unknown>> {
  const graph = new OnnxGraph();
  const inputs: Record<string, InstanceType<typeof runtime.Tensor>> = {};
  const activations = [384, 1536].map((width) => {
    const numbers = BigInt64Array.from({ length: TOKENS * width }, (_, i) => BigInt((i * 37) % 256));
    inputs[`x${width}`] = new runtime.Tensor('int64', numbers, [TOKENS, width]);
    return graph.node('Cast', [`x${width}`], { to: UINT8 });
  });
  let sum: string | undefined;
  for (let layer = 0; layer < 6; layer++) {
    for (const [columns, rows] of [
      [384, 1152],
      [384, 384],
      [384, 1536],
      [1536, 384],
    ] as const) {
      const codes = Int8Array.from({ length: columns * rows }, (_, i) => ((i * 31 + layer) % 129) - 64);
      const right = graph.constant(`w${layer}.${columns}.${rows}`, [columns, rows], codes);
      const product = graph.node('MatMulInteger', [activations[columns === 384 ? 0 : 1]!, right]);
      // One column is used, so that the runtime does not leave the product out.
      const used = graph.node(
        'Gather',
        [product, graph.constant(`i${layer}.${columns}.${rows}`, [1], BigInt64Array.of(0n))],
        { axis: 1 },
      );
      sum = sum === undefined ? used : graph.node('Add', [sum, used]);
    }
  }
  const output = graph.node(
    'Cast',
    [graph.node('Unsqueeze', [sum!, graph.constant('axis', [1], BigInt64Array.of(0n))])],
    { to: FLOAT },
  );
  const model = graph.serialize(Object.keys(inputs), output, 'out', 1);
  // From a file: with the bytes of a model, the runtime ignores the options.
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-products-'));
  try {
    const file = join(folder, 'products.onnx');
    await writeFile(file, model);
    const session = await runtime.InferenceSession.create(file, { intraOpNumThreads: 1 });
    return () => session.run(inputs);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The least CPU time of a call, over rounds of `calls` calls (milliseconds). */
async function leastCpuMs(call: () => Promise<unknown>, calls: number): Promise<number> {
  await call();
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) await call();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000 / calls);
  }
  return least;
}
