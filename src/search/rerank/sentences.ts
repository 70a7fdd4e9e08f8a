import { LRUCache } from 'lru-cache';
import type { Encoder } from '../../encode/encoder.ts';
import { innerProduct } from '../../indexes/vectors/inner-product.ts';
import type { Paper } from '../../papers/paper.ts';
import { sentenceSpans } from '../../text/sentences.ts';
import type { Span } from '../../text/span.ts';
import type { NearestSentence } from '../explain/explanation.ts';

/** Most bytes of encoded sentences that are kept: some 8,000 sentences. */
const MAX_BYTES = 12 * 2 ** 20;

/** The vectors of sentences of papers of one index, each L2-normalised, by the paper's id and where the sentence begins. */
export type EncodedSentences = LRUCache<string, Float32Array>;

/** An empty cache of encoded sentences. */
export function encodedSentences(): EncodedSentences {
  return new LRUCache({ maxSize: MAX_BYTES, sizeCalculation: ({ byteLength }) => byteLength });
}

/** Which sentences of a paper are compared. @param spans all of them. */
type ChooseSentences = (paper: Paper, spans: readonly Span[]) => readonly Span[];

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
  readonly #known: EncodedSentences;
  readonly #stored: StoredSentences;

  /** @param known the encoded sentences; new ones are added to it. @param stored default: none. */
  constructor(
    encoder: Encoder,
    known: EncodedSentences = encodedSentences(),
    stored: StoredSentences = () => undefined,
  ) {
    this.#encoder = encoder;
    this.#known = known;
    this.#stored = stored;
  }

  /**
   * The nearest sentence of each paper; undefined for a paper of which none is compared.
   * @param query vector of the query, L2-normalised. @param papers of one index, identified by their ids.
   * @param choose which sentences are compared. Default: all of the abstract.
   * @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED.
   */
  async nearest(
    query: Float32Array,
    papers: readonly Paper[],
    choose: ChooseSentences = (_, spans) => spans,
  ): Promise<readonly (NearestSentence | undefined)[]> {
    const sentences = papers.map((paper) => this.#sentencesOf(paper, choose));
    await this.#encode(sentences.flat().filter(({ vector }) => !vector));
    return sentences.map((each) => best(query, each));
  }

  /** The sentences of a paper to compare, with the vectors that are known. */
  #sentencesOf(paper: Paper, choose: ChooseSentences): Sentence[] {
    const { id, abstract } = paper;
    const spans = sentenceSpans(abstract);
    const sentences = choose(paper, spans).map(({ start, end }): Sentence => {
      const key = `${start} ${id}`;
      return { key, start, end, text: abstract.slice(start, end), vector: this.#known.get(key) };
    });
    const missing = sentences.filter(({ vector }) => !vector);
    const stored = missing.length > 0 ? this.#stored(id, spans.length) : undefined;
    if (!stored) return sentences;
    const { dimension } = this.#encoder.model;
    const rows = new Map(spans.map(({ start }, row) => [start, row]));
    for (const sentence of missing) {
      const row = rows.get(sentence.start)!;
      this.#keep(sentence, stored.slice(row * dimension, (row + 1) * dimension));
    }
    return sentences;
  }

  /** All sentences in one request to the encoder's process. */
  async #encode(sentences: readonly Sentence[]): Promise<void> {
    if (sentences.length === 0) return;
    const vectors = await this.#encoder.encode(sentences.map(({ text: body }) => ({ title: '', body })));
    const { dimension } = this.#encoder.model;
    for (const [row, sentence] of sentences.entries()) {
      this.#keep(sentence, vectors.slice(row * dimension, (row + 1) * dimension));
    }
  }

  #keep(sentence: Sentence, vector: Float32Array): void {
    sentence.vector = vector;
    this.#known.set(sentence.key, vector);
  }
}

/** A sentence of an abstract, without surrounding spaces. */
interface Sentence extends Span {
  /** In the cache. */
  readonly key: string;
  readonly text: string;
  /** Undefined until it is encoded. */
  vector: Float32Array | undefined;
}

function best(query: Float32Array, sentences: readonly Sentence[]): NearestSentence | undefined {
  let nearest: NearestSentence | undefined;
  for (const { start, end, text, vector } of sentences) {
    const cosine = innerProduct(query, vector!);
    if (!nearest || cosine > nearest.cosine) nearest = { start, end, text, cosine };
  }
  return nearest;
}
