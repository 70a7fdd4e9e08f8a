import type { Encoder, TitledText } from '../encode/encoder.ts';
import { type VectorJournal, vectorKey } from '../store/vector-journal.ts';
import type { Paper, Progress } from '../types.ts';
import type { Previous } from './previous.ts';

export interface PaperVectors {
  /** n × dimension, row-major, in the order of the papers. */
  readonly vectors: Float32Array;
  /** Texts that had to be encoded; the other vectors were there. */
  readonly encoded: number;
}

/**
 * The vectors of papers: from the previous snapshot or an interrupted ingest where the text is the same, else
 * from the encoder. New vectors go into the journal as they arrive.
 * @param journal takes the new vectors; the caller closes it.
 */
export async function vectorsOf(
  papers: readonly Paper[],
  encoder: Encoder,
  previous: Previous | undefined,
  journal: VectorJournal,
  onProgress: Progress,
  signal?: AbortSignal,
): Promise<PaperVectors> {
  const { dimension, digest } = encoder.model;
  const known = new Map(journal.recovered);
  if (previous?.model.digest === digest) {
    previous.papers.forEach((paper, doc) => {
      known.set(
        vectorKey(textOf(paper), digest),
        previous.vectors.subarray(doc * dimension, (doc + 1) * dimension),
      );
    });
  }
  const texts = papers.map(textOf);
  const keys = texts.map((text) => vectorKey(text, digest));
  const missing = new Map<string, TitledText>();
  keys.forEach((key, doc) => {
    if (!known.has(key)) missing.set(key, texts[doc]!);
  });

  if (missing.size > 0) {
    const missingKeys = [...missing.keys()];
    const onVector = (index: number, vector: Float32Array) => {
      const key = missingKeys[index]!;
      journal.append(key, vector);
      known.set(key, vector);
    };
    await encoder.encode([...missing.values()], { onProgress, onVector, signal }).catch((error: unknown) => {
      // What fails after a stop fails because of it.
      signal?.throwIfAborted();
      throw error;
    });
  }
  const vectors = new Float32Array(papers.length * dimension);
  keys.forEach((key, doc) => {
    vectors.set(known.get(key)!, doc * dimension);
  });
  return { vectors, encoded: missing.size };
}

/** What of a paper is encoded. */
export function textOf({ title, abstract }: Paper): TitledText {
  return { title, body: abstract };
}
