import { TEXT_FIELDS, type TextField } from '../../../papers/fields.ts';
import type { KeywordWeights } from '../keyword-index.ts';
import { FREQUENCY_BITS, PACKED_FREQUENCIES } from './frequencies.ts';

/**
 * BM25F: Robertson and Zaragoza (Foundations and Trends in IR, 2009), section 3.6.
 *
 *   score(d, q) = Σ_t weight(t) · idf(t) · (k1 + 1) · x / (k1 + x),
 *   x = Σ_text v_f · tf_f / B(d) + Σ_names v_f · tf_f,  B(d) = 1 - b + b · length(d) / mean length
 *
 * Title, abstract and keywords are one text with one length, in which a word of the title counts as v_title
 * words (Robertson, Zaragoza and Taylor, CIKM 2004); with all v = 1 that is textbook BM25 over their joined text, except
 * that a paper without an abstract is at least 0.75 of the mean length.
 * Authors and venue are not normalised: a paper by forty people is not longer for it. v_f is `fieldWeights`.
 */
export type Bm25Parameters = KeywordWeights;

/** scripts/measurements/bm25.md has the figures behind the weights. */
export const DEFAULT_PARAMETERS: Bm25Parameters = {
  k1: 1.2,
  b: 0.75,
  fieldWeights: { title: 2, abstract: 1, keywords: 2, authors: 1, venue: 0.5 },
};

/**
 * The least length of a paper without an abstract, as a share of the mean length. Its abstract is unknown, not empty:
 * a record such as "Book review: <title>" is not better for being short. scripts/measurements/bm25.md has the figures.
 */
const MIN_LENGTH_WITHOUT_ABSTRACT = 0.75;
const ABSTRACT = TEXT_FIELDS.indexOf('abstract');

const NORMALISED: Readonly<Record<TextField, boolean>> = {
  title: true,
  abstract: true,
  keywords: true,
  authors: false,
  venue: false,
};

/**
 * What one term adds to the score of one document, the formula above with both sides of the fraction multiplied by B:
 *
 *   weight · X / (X + norm),  X = x · B(d) = text + names · norm
 *
 * @param weight weight · idf · (k1 + 1). @param text from `FrequencyTables`. @param names from there too.
 * @param norm k1 · B(d), more than 0. @returns from 0 (not a match) up to, not including, `weight`.
 */
export function termScore(weight: number, text: number, names: number, norm: number): number {
  const x = text + names * norm;
  return (weight * x) / (x + norm);
}

/** In place of 0, the norm of a document without text for b = 1, by which a match in its names would be divided. */
const MIN_NORM = 1e-300;

/** x · B(d) of every packed frequency, in two parts: `text + names · norm`. */
export interface FrequencyTables {
  readonly text: Float64Array;
  /** Divided by k1, so that the norm (k1 · B) is what it is multiplied by. */
  readonly names: Float64Array;
}

const TABLES = new WeakMap<Bm25Parameters, FrequencyTables>();

/** Weighted frequencies by packed frequency, so that scoring a posting takes two lookups. */
export function frequencyTables(parameters: Bm25Parameters): FrequencyTables {
  const known = TABLES.get(parameters);
  if (known) return known;
  const { k1, fieldWeights } = parameters;
  const text = new Float64Array(PACKED_FREQUENCIES);
  const names = new Float64Array(PACKED_FREQUENCIES);
  for (const field of TEXT_FIELDS) {
    const { shift, max } = FREQUENCY_BITS[field];
    const table = NORMALISED[field] ? text : names;
    const weight = NORMALISED[field] ? fieldWeights[field] : fieldWeights[field] / k1;
    for (let packed = 0; packed < table.length; packed++)
      table[packed]! += weight * ((packed >> shift) & max);
  }
  const tables = { text, names };
  TABLES.set(parameters, tables);
  return tables;
}

/**
 * What one occurrence in a field adds to x · B(d) of a document, the X of `termScore`.
 * @param norm k1 · B(d).
 */
export function fieldShare(field: TextField, norm: number, { k1, fieldWeights }: Bm25Parameters): number {
  return NORMALISED[field] ? fieldWeights[field] : (fieldWeights[field] * norm) / k1;
}

/**
 * k1 · B(d) of every document, more than 0. The mean length is that of the papers as they are.
 * @param fieldLengths in terms, one row a document, the fields in the order of TEXT_FIELDS.
 * @param mean the mean length of the collection, from `meanLength`. Default: that of these documents.
 */
export function lengthNorms(
  fieldLengths: Uint16Array,
  parameters: Bm25Parameters,
  mean = meanLength(fieldLengths, parameters),
): Float64Array {
  const { k1, b } = parameters;
  const fields = TEXT_FIELDS.length;
  return textLengths(fieldLengths, parameters).map((length, doc) => {
    const hasAbstract = fieldLengths[doc * fields + ABSTRACT]! > 0;
    const relative = hasAbstract ? length / mean : Math.max(length / mean, MIN_LENGTH_WITHOUT_ABSTRACT);
    return Math.max(k1 * (1 - b + b * relative), MIN_NORM);
  });
}

/** The mean length of the text of documents, weighted by field; 1 where no document has text. */
export function meanLength(fieldLengths: Uint16Array, parameters: Bm25Parameters): number {
  const lengths = textLengths(fieldLengths, parameters);
  const sum = lengths.reduce((total, length) => total + length, 0);
  return sum > 0 ? sum / lengths.length : 1;
}

/** How much a term in each field adds to the length of a paper. */
export function lengthWeights({
  fieldWeights,
}: Pick<Bm25Parameters, 'fieldWeights'> = DEFAULT_PARAMETERS): Readonly<Record<TextField, number>> {
  const weights = TEXT_FIELDS.map((field) => [field, NORMALISED[field] ? fieldWeights[field] : 0]);
  return Object.fromEntries(weights) as Record<TextField, number>;
}

/** The length of each document's title, abstract and keywords, weighted by field. */
function textLengths(fieldLengths: Uint16Array, parameters: Bm25Parameters): Float64Array {
  const fields = TEXT_FIELDS.length;
  const weights = Object.values(lengthWeights(parameters));
  const lengths = new Float64Array(fieldLengths.length / fields);
  for (let doc = 0; doc < lengths.length; doc++) {
    for (let field = 0; field < fields; field++)
      lengths[doc]! += weights[field]! * fieldLengths[doc * fields + field]!;
  }
  return lengths;
}
