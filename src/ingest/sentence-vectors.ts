import type { Encoder, TitledText } from '../encode/encoder.ts';
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
  /** The rows of the sentences of a paper, as a snapshot stores them. */
  readonly sentencesOf: (doc: number) => Uint8Array;
  /** Sentences that had to be encoded. */
  readonly encoded: number;
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
  options: EncodingOptions,
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
    if (doc % YIELD_EVERY === 0) await pause(options.signal);
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
  const encoded = await encodeMissing(missing, encoder, journal, options);
  return {
    sentencesOf: (doc) => {
      if (isKept[doc] === 1) return earlier!.readRows(positions[doc]!);
      const texts = textsOf(doc);
      const vectors = new Float32Array(texts.length * dimension);
      for (const [row, text] of texts.entries()) {
        vectors.set(journal.read(vectorKey(text, digest)), row * dimension);
      }
      return sentenceRows(vectors, dimension);
    },
    encoded,
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
