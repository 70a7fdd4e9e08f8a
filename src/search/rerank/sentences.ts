import { LRUCache } from 'lru-cache';
import type { Encoder } from '../../encode/encoder.ts';
import { innerProduct } from '../../indexes/vectors/inner-product.ts';
import type { Paper } from '../../papers/paper.ts';
import { sentenceSpans } from '../../text/sentences.ts';
import type { NearestSentence } from '../explain/explanation.ts';

/** Most papers whose encoded sentences are kept: some ten megabytes. */
const MAX_PAPERS = 1000;

interface EncodedSentences {
  /** The span of each sentence in the abstract, without surrounding spaces. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  /** One row per sentence, row-major, each L2-normalised. */
  readonly vectors: Float32Array;
}

/** The encoded sentences of papers of one index, by their ids. */
export type EncodedPapers = LRUCache<string, EncodedSentences>;

/** An empty cache of encoded sentences. */
export function encodedPapers(): EncodedPapers {
  return new LRUCache({ max: MAX_PAPERS });
}

/**
 * The stored vectors of the sentences of a paper, row-major, each about L2-normalised; undefined for an index that does
 * not store them. @param count its sentences.
 */
export type StoredSentences = (id: string, count: number) => Float32Array | undefined;

/**
 * Finds the sentence of an abstract that is nearest to a query. Sentences are encoded when they are first needed, unless
 * the index has their vectors.
 */
export class SentenceFinder {
  readonly #encoder: Encoder;
  readonly #known: EncodedPapers;
  readonly #stored: StoredSentences;

  /** @param known the encoded sentences; new ones are added to it. @param stored default: none. */
  constructor(
    encoder: Encoder,
    known: EncodedPapers = encodedPapers(),
    stored: StoredSentences = () => undefined,
  ) {
    this.#encoder = encoder;
    this.#known = known;
    this.#stored = stored;
  }

  /**
   * The nearest sentence of each paper; undefined for a paper without an abstract.
   * @param query vector of the query, L2-normalised. @param papers of one index, identified by their ids.
   * @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED.
   */
  async nearest(
    query: Float32Array,
    papers: readonly Paper[],
  ): Promise<readonly (NearestSentence | undefined)[]> {
    await this.#encode(papers.filter((paper) => !this.#known.has(paper.id) && !this.#takeStored(paper)));
    return papers.map((paper) => best(query, paper, this.#known.get(paper.id)));
  }

  /** Takes over the stored vectors of a paper. @returns whether there are some. */
  #takeStored({ id, abstract }: Paper): boolean {
    const spans = sentenceSpans(abstract);
    const vectors = this.#stored(id, spans.length);
    if (!vectors) return false;
    this.#known.set(id, { spans, vectors });
    return true;
  }

  /** All papers in one request to the encoder's process. */
  async #encode(papers: readonly Paper[]): Promise<void> {
    const spans = papers.map(({ abstract }) => sentenceSpans(abstract));
    const texts = papers.flatMap(({ abstract }, i) =>
      spans[i]!.map(({ start, end }) => ({ title: '', body: abstract.slice(start, end) })),
    );
    if (texts.length === 0) return;
    const vectors = await this.#encoder.encode(texts);
    const { dimension } = this.#encoder.model;
    let row = 0;
    for (const [i, { id }] of papers.entries()) {
      const end = row + spans[i]!.length;
      this.#known.set(id, {
        spans: spans[i]!,
        vectors: vectors.slice(row * dimension, end * dimension),
      });
      row = end;
    }
  }
}

function best(
  query: Float32Array,
  { abstract }: Paper,
  encoded: EncodedSentences | undefined,
): NearestSentence | undefined {
  let nearest: NearestSentence | undefined;
  for (const [row, { start, end }] of (encoded?.spans ?? []).entries()) {
    const vector = encoded!.vectors.subarray(row * query.length, (row + 1) * query.length);
    const cosine = innerProduct(query, vector);
    if (!nearest || cosine > nearest.cosine)
      nearest = { start, end, text: abstract.slice(start, end), cosine };
  }
  return nearest;
}
