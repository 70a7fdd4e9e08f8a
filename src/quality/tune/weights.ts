import { BUNDLED_RANKING, type ModelRanking } from '../../encode/model-info.ts';
import type { KeywordEngine, KeywordWeights } from '../../indexes/keyword/keyword-index.ts';
import type { TextField } from '../../papers/fields.ts';
import { TUNING_KINDS, type TuningKind } from './queries.ts';

/** The weights that `tune` fits: of keywords against the cosine, and within keyword search. */
export interface TunedWeights {
  /** Share of the keyword score in a hybrid one, 0 to 1. */
  readonly lexicalShare: number;
  /** Undefined for a keyword engine whose weights are fixed. */
  readonly bm25: KeywordWeights | undefined;
}

/** All weights that a ranking by both keyword and meaning depends on. */
export interface RankingWeights extends TunedWeights {
  /** Weight of the vector of a paper's title beside that of its whole text. */
  readonly titleWeight: number;
  /** Weight of the first papers' vectors beside the query's. */
  readonly feedback: number;
}

/** The weights of an index that was not tuned. */
export function defaultWeights(
  { weights }: Pick<KeywordEngine, 'weights'>,
  { keywordShare }: Pick<ModelRanking, 'keywordShare'> = BUNDLED_RANKING,
): TunedWeights {
  return { lexicalShare: keywordShare, bm25: weights };
}

/** One of the weights, and the values that are tried for it. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly number[];
  /** The kinds of queries that it can be fitted on. */
  readonly kinds: readonly TuningKind[];
  get(weights: TunedWeights): number;
  set(weights: TunedWeights, value: number): TunedWeights;
}

/**
 * The parameters that can be fitted, in this order, and the queries to fit them on. A query cannot measure the weight of
 * the field that its text comes from: the text was removed from its paper, so a higher weight only helps other papers.
 * The weight of a field is therefore fitted on the kinds of queries that do not change the field. `b` and `k1` weigh the
 * length of a text and repeated words, which removing a title or a sentence changes: only key phrases can fit them.
 * @param weights the default ones of an engine. If its keyword weights are fixed, only the share is fitted.
 */
export function parametersFor({ bm25 }: TunedWeights): Parameter[] {
  if (!bm25) return [SHARE];
  return [
    SHARE,
    fieldWeight('title', [1, 2, 3, 4, 6, 8, 12], ['sentence', 'key-phrase']),
    fieldWeight('keywords', [0.5, 1, 2, 3, 4, 6], ['title', 'sentence']),
    lengthOrRepetition('b', [0.15, 0.3, 0.45, 0.6, 0.75, 0.9]),
    lengthOrRepetition('k1', [0.6, 0.9, 1.2, 1.6, 2.2]),
  ];
}

/**
 * The kinds of queries that every parameter with different values in two settings can be fitted on: only these kinds
 * can show which setting is better. All kinds if no value differs.
 */
export function informativeKinds(
  one: TunedWeights,
  other: TunedWeights,
  parameters: readonly Parameter[],
): readonly TuningKind[] {
  const changed = parameters.filter((parameter) => parameter.get(one) !== parameter.get(other));
  return TUNING_KINDS.filter((kind) => changed.every(({ kinds }) => kinds.includes(kind)));
}

const SHARE: Parameter = {
  name: 'lexicalShare',
  values: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8],
  kinds: TUNING_KINDS,
  get: ({ lexicalShare }) => lexicalShare,
  set: (weights, lexicalShare) => ({ ...weights, lexicalShare }),
};

function fieldWeight(field: TextField, values: readonly number[], kinds: readonly TuningKind[]): Parameter {
  return {
    name: field,
    values,
    kinds,
    get: ({ bm25 }) => bm25!.fieldWeights[field],
    set: (weights, value) => {
      const bm25 = weights.bm25!;
      const fieldWeights = { ...bm25.fieldWeights, [field]: value };
      return { ...weights, bm25: { ...bm25, fieldWeights } };
    },
  };
}

function lengthOrRepetition(name: 'k1' | 'b', values: readonly number[]): Parameter {
  return {
    name,
    values,
    kinds: ['key-phrase'],
    get: ({ bm25 }) => bm25![name],
    set: (weights, value) => ({ ...weights, bm25: { ...weights.bm25!, [name]: value } }),
  };
}
