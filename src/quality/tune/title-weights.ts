import type { EncodeOptions, Encoder, TitledText } from '../../encode/encoder.ts';
import { addWeighted, normalize } from '../../encode/pooling.ts';
import { innerProduct } from '../../indexes/vectors/inner-product.ts';
import { textOf } from '../../ingest/vectors.ts';
import type { Paper } from '../../papers/paper.ts';

/** From this title weight on, the text's own vector does not follow from the paper's. */
const MAX_SEPARABLE = 1;

/** What is known of a paper's vector before it is encoded. */
interface KnownVectors {
  /** The vector of a paper by a model, L2-normalised; undefined if it has to be encoded. */
  readonly vectorOf: (doc: number) => Float32Array | undefined;
  /** Title weight of these vectors. */
  readonly titleWeight: number;
}

/**
 * The vectors of papers with any title weight: of their texts and of their titles, separately.
 * @param encoder of a model with title weight 0. @param known vectors that need not be encoded.
 * @returns the vectors for a title weight, one a paper, L2-normalised.
 */
export async function vectorsByTitleWeight(
  papers: readonly Paper[],
  encoder: Encoder,
  known: KnownVectors,
  options: EncodeOptions,
): Promise<(titleWeight: number) => Float32Array[]> {
  const texts = papers.map(textOf);
  const titled = [...texts.keys()].filter((doc) => texts[doc]!.title !== '' && texts[doc]!.body !== '');
  const separable = known.titleWeight < MAX_SEPARABLE;
  const wholes = texts.map((_, doc) => (separable ? known.vectorOf(doc)?.slice() : undefined));
  const missing = [...texts.keys()].filter((doc) => !wholes[doc]);
  const inputs = [...titled.map((doc) => titleOf(texts[doc]!)), ...missing.map((doc) => texts[doc]!)];
  const encoded = await encoder.encode(inputs, options);
  const { dimension } = encoder.model;
  const row = (n: number) => encoded.subarray(n * dimension, (n + 1) * dimension);
  const titles = new Map(titled.map((doc, n) => [doc, row(n)]));
  const encodedBodies = new Map(missing.map((doc, n) => [doc, row(titled.length + n)]));
  const bodies = texts.map((_, doc) => {
    const title = titles.get(doc);
    const whole = wholes[doc];
    if (!whole) return encodedBodies.get(doc)!;
    return title ? bodyOf(whole, title, known.titleWeight) : whole;
  });
  return (titleWeight) =>
    bodies.map((body, doc) => {
      const title = titles.get(doc);
      if (!title || titleWeight === 0) return body;
      const vector = body.slice();
      addWeighted(vector, title, titleWeight);
      return normalize(vector);
    });
}

/** The title as an encoder reads it for the title's vector (`local-encoder.ts`). */
function titleOf({ title }: TitledText): TitledText {
  return { title: /[.!?]$/.test(title) ? title : `${title}.`, body: '' };
}

/**
 * The vector of a text without its title. From vector = (body + w · title) / norm, with |body| = 1, follows
 * body = c · vector - w · title, where c² - 2 w c ⟨vector, title⟩ + w² - 1 = 0 has one positive solution.
 * @param vector of both, with a title weight from 0 to less than 1. All are L2-normalised.
 */
function bodyOf(vector: Float32Array, title: Float32Array, titleWeight: number): Float32Array {
  if (titleWeight === 0) return vector;
  const half = titleWeight * innerProduct(vector, title);
  const scale = half + Math.sqrt(half * half + 1 - titleWeight * titleWeight);
  return normalize(vector.map((value, i) => scale * value - titleWeight * title[i]!));
}
