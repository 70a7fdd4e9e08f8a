import type { Encoder, TitledText } from '../encode/encoder.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { sentenceRows } from '../indexes/store/sentence-rows.ts';
import { type VectorJournal, vectorKey } from '../indexes/store/vector-journal.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { sentenceSpans } from '../text/sentences.ts';
import { pause } from '../util/pause.ts';
import type { Previous } from './previous.ts';
import { type EncodingOptions, encodeMissing } from './vectors.ts';

/** Papers between two pauses that let timers run. */
const YIELD_EVERY = 200;

export interface SentenceVectors {
  /** The rows of the sentences of a paper, as a snapshot stores them, once they are encoded. */
  readonly sentencesOf: (doc: number) => Uint8Array;
  /** Sentences that have to be encoded. */
  readonly missing: number;
  /** Encodes what is missing; to be called once. */
  encode(options: EncodingOptions): Promise<void>;
}

/**
 * The vectors of the sentences of papers: from the previous snapshot or an interrupted ingest where the text is the same,
 * else from the encoder.
 * @param positions of papers whose text is that of one in `previous`; -1 for the others.
 * @param journal takes the new vectors and is read by `sentencesOf`; the caller closes it.
 */
export async function sentenceVectorsOf(
  papers: PaperSequence,
  positions: Int32Array,
  encoder: Encoder,
  previous: Previous | undefined,
  journal: VectorJournal,
  signal?: AbortSignal,
): Promise<SentenceVectors> {
  const { digest, dimension } = encoder.model;
  const earlier = previous?.model.digest === digest ? previous.sentences : undefined;
  const textsOf = (doc: number): TitledText[] => {
    const { abstract } = papers.at(doc)!;
    return sentenceSpans(abstract).map(({ start, end }) => ({ title: '', body: abstract.slice(start, end) }));
  };
  /** Whether the rows of a paper are those of the previous snapshot. */
  const isKept = new Uint8Array(papers.length);
  const missing = new Map<string, () => TitledText>();
  for (let doc = 0; doc < papers.length; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    const texts = textsOf(doc);
    if (earlier && positions[doc]! >= 0 && isReadable(earlier, positions[doc]!, texts.length)) {
      isKept[doc] = 1;
      continue;
    }
    for (const [i, text] of texts.entries()) {
      const key = vectorKey(text, digest);
      // Read again when it is encoded: all sentences would fill the memory.
      if (!journal.has(key)) missing.set(key, () => textsOf(doc)[i]!);
    }
  }
  return {
    missing: missing.size,
    encode: (options) => encodeMissing(missing, encoder, journal, options),
    sentencesOf: (doc) => {
      if (isKept[doc] === 1) return earlier!.readRows(positions[doc]!);
      const texts = textsOf(doc);
      const vectors = new Float32Array(texts.length * dimension);
      for (const [row, text] of texts.entries()) {
        vectors.set(journal.read(vectorKey(text, digest)), row * dimension);
      }
      return sentenceRows(vectors, dimension);
    },
  };
}

/**
 * The rows of the sentences that the previous snapshot has, for a snapshot that is published before the others are encoded:
 * a paper without any has them encoded when they are needed.
 * @param positions of papers whose text is that of one in `previous`; -1 for the others.
 */
export function keptSentences(
  positions: Int32Array,
  { digest }: ModelInfo,
  previous: Previous | undefined,
): SentenceVectors['sentencesOf'] {
  const earlier = previous?.model.digest === digest ? previous.sentences : undefined;
  const none = new Uint8Array(0);
  return (doc) => {
    const position = positions[doc]!;
    if (!earlier || position < 0 || !isReadable(earlier, position, earlier.count(position))) return none;
    return earlier.readRows(position);
  };
}

/** Another version of the runtime may split an abstract otherwise; a damaged paper is encoded again. */
function isReadable(sentences: NonNullable<Previous['sentences']>, doc: number, count: number): boolean {
  if (sentences.count(doc) !== count) return false;
  try {
    sentences.readRows(doc);
    return true;
  } catch (error) {
    if (!(error instanceof PaperSearchError)) throw error;
    return false;
  }
}
