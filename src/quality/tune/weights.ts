import type { KeywordEngine, KeywordWeights } from '../../indexes/keyword/keyword-index.ts';
import type { TextField } from '../../papers/fields.ts';
import { DEFAULT_FUSION_WEIGHTS } from '../../search/fuse/methods.ts';
import { TUNING_KINDS, type TuningKind } from './queries.ts';

/** What is fitted: how much keywords count beside the cosine, and what counts in keyword search. */
export interface TunedWeights {
  /** Share of the keyword score in a hybrid one, 0 to 1. */
  readonly lexicalShare: number;
  /** Undefined for a keyword engine whose weights are fixed. */
  readonly bm25: KeywordWeights | undefined;
}

/** The weights of an index that was not tuned. */
export function defaultWeights({ weights }: Pick<KeywordEngine, 'weights'>): TunedWeights {
  return { ...DEFAULT_FUSION_WEIGHTS, bm25: weights };
}

/** One number of the weights, and what is tried for it. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly number[];
  /** The kinds of queries that say something about it. */
  readonly kinds: readonly TuningKind[];
  get(weights: TunedWeights): number;
  set(weights: TunedWeights, value: number): TunedWeights;
}

/**
 * What can be fitted, in the order it is done, and by which queries. A query cannot tell what its own text was worth:
 * once that is taken out of the paper, whatever the field counts goes to other papers. So the weight of a field comes
 * from the kinds of queries that leave it as it is. `b` and `k1` weigh the length of the text and the words that stand in
 * it several times, which taking out a title or a sentence changes: only keywords tell of them.
 * @param weights the default ones of an engine: where its own are fixed, there is the share alone.
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
 * The kinds of queries that tell of every parameter whose value differs between two settings: only they can say which
 * setting is better. All kinds where none differs.
 */
export function tellingKinds(
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
