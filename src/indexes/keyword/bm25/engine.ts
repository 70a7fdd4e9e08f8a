import type { PaperSequence } from '../../../papers/paper.ts';
import { pause } from '../../../util/pause.ts';
import type { BuildOptions, KeywordEngine, Reuse } from '../keyword-index.ts';
import { Bm25Index } from './bm25-index.ts';
import { EarlyIndex } from './early-index.ts';
import { type MergeInput, mergeSegments } from './merge.ts';
import { DEFAULT_PARAMETERS } from './scoring.ts';
import { documentCount, type Segment } from './segment.ts';
import { openSegment, parseSegment } from './segment-file.ts';
import { type Inverter, inverterFor, MANY } from './thread/inverter.ts';

/** Papers between two pauses, in which timers run, as that of the ingest lock. */
const YIELD_EVERY = 100;
/** Papers inverted at once: what bounds the memory that building takes. */
const MAX_IN_MEMORY = 32_768;

/** Textbook BM25 over typed arrays: exact, and many times faster and smaller than objects. */
export const bm25Engine: KeywordEngine = {
  name: 'bm25/2',
  weights: DEFAULT_PARAMETERS,
  build: async (papers, options = {}) => new Bm25Index(await build(papers, options), DEFAULT_PARAMETERS),
  begin: () => new EarlyIndex(() => inverterFor(MANY), MANY, MAX_IN_MEMORY),
  load: (serialized, weights = DEFAULT_PARAMETERS) => new Bm25Index(parseSegment(serialized), weights),
  open: async (stored, weights = DEFAULT_PARAMETERS) => {
    const segment = openSegment(stored);
    if (!segment) return undefined;
    // The index makes the hash table of the terms, which takes as long.
    await pause();
    return new Bm25Index(segment, weights);
  },
};

async function build(papers: PaperSequence, options: BuildOptions): Promise<Segment> {
  const { onProgress = () => {}, reuse, signal } = options;
  const isNew = reuse ? (doc: number) => reuse.positions[doc]! < 0 : () => true;
  const inverter = inverterFor(
    reuse ? reuse.positions.filter((earlier) => earlier < 0).length : papers.length,
  );
  try {
    const inputs: MergeInput[] = reuse ? [reused(reuse)] : [];
    inputs.push(...(await invert(papers, isNew, inverter, options)));
    if (inputs.length === 0) inputs.push({ segment: await inverter.finish(), docs: new Int32Array(0) });
    onProgress(papers.length, papers.length);
    const [only] = inputs;
    return inputs.length === 1 && !reuse ? only!.segment : await mergeSegments(inputs, papers.length, signal);
  } finally {
    await inverter.close();
  }
}

/** Segments of the papers that are new, each of so many that memory stays bounded. */
async function invert(
  papers: PaperSequence,
  isNew: (doc: number) => boolean,
  inverter: Inverter,
  { onProgress = () => {}, signal }: BuildOptions,
): Promise<MergeInput[]> {
  const inputs: MergeInput[] = [];
  let docs: number[] = [];
  const flush = async () => {
    inputs.push({ segment: await inverter.finish(), docs: Int32Array.from(docs) });
    docs = [];
  };
  for (let doc = 0; doc < papers.length; doc++) {
    if (!isNew(doc)) continue;
    const taken = inverter.add(papers.at(doc)!);
    if (taken) await taken;
    docs.push(doc);
    if (docs.length === MAX_IN_MEMORY) await flush();
    if (docs.length % YIELD_EVERY === 0) {
      onProgress(doc, papers.length);
      await pause(signal);
    }
  }
  if (docs.length > 0) await flush();
  return inputs;
}

/** The earlier index as an input of the merge. */
function reused({ index, positions }: Reuse): MergeInput {
  if (!(index instanceof Bm25Index)) throw new TypeError('Only an index of the same engine can be reused.');
  const docs = new Int32Array(documentCount(index.segment)).fill(-1);
  positions.forEach((earlier, doc) => {
    if (earlier >= 0) docs[earlier] = doc;
  });
  return { segment: index.segment, docs };
}
