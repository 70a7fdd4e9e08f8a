import { mulberry32 } from '../../src/util/random.ts';

/** Tensors by their names, as a safetensors file of a BERT model has them. */
export type Tensors = Map<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

export interface TinyShape {
  readonly layers: number;
  readonly hidden: number;
  readonly intermediate: number;
  readonly vocabulary: number;
  readonly positions: number;
}

/** Weights of a tiny BERT encoder without a meaning: words that texts share make their vectors similar. */
export function randomWeights(shape: TinyShape, seed: number): Tensors {
  const random = mulberry32(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // The words weigh more than what the layers do to them.
  return encoderWeights(shape, (name) =>
    name === 'embeddings.word_embeddings.weight' ? gaussian : () => 0.1 * gaussian(),
  );
}

/** All tensors of an encoder. @param drawing gives the generator of the numbers of a matrix. */
function encoderWeights(shape: TinyShape, drawing: (name: string) => () => number): Tensors {
  const { layers, hidden, intermediate, vocabulary, positions } = shape;
  const tensors: Tensors = new Map();
  const matrix = (name: string, rows: number, columns: number) => {
    tensors.set(name, {
      shape: [rows, columns],
      values: Float32Array.from({ length: rows * columns }, drawing(name)),
    });
  };
  const vector = (name: string, length: number, value: number) => {
    tensors.set(name, { shape: [length], values: new Float32Array(length).fill(value) });
  };
  const norm = (name: string) => {
    vector(`${name}.weight`, hidden, 1);
    vector(`${name}.bias`, hidden, 0);
  };
  const linear = (name: string, rows: number, columns: number) => {
    matrix(`${name}.weight`, rows, columns);
    vector(`${name}.bias`, rows, 0);
  };
  matrix('embeddings.word_embeddings.weight', vocabulary, hidden);
  matrix('embeddings.token_type_embeddings.weight', 2, hidden);
  matrix('embeddings.position_embeddings.weight', positions, hidden);
  norm('embeddings.LayerNorm');
  for (let i = 0; i < layers; i++) {
    const layer = `encoder.layer.${i}`;
    for (const part of ['query', 'key', 'value']) linear(`${layer}.attention.self.${part}`, hidden, hidden);
    linear(`${layer}.attention.output.dense`, hidden, hidden);
    norm(`${layer}.attention.output.LayerNorm`);
    linear(`${layer}.intermediate.dense`, intermediate, hidden);
    linear(`${layer}.output.dense`, hidden, intermediate);
    norm(`${layer}.output.LayerNorm`);
  }
  return tensors;
}

/** Coordinates that the weights of `overlapWeights` keep for a purpose; each has its negative beside it, so that means are 0. */
const TYPE = 0;
const SEEN = 2;
const SPECIAL = 4;
const MATCH = 6;
const CODE = 8;

/**
 * Weights of a cross-encoder that counts: its token of a text pair ends with the share of tokens that are words of the
 * second text and of the first too. In layer 0 each token looks at the tokens of the same word, and learns whether one
 * of them is of the first text; a token of the second text then marks that. In layer 1 the first token takes the mean
 * of the marks. So the result depends on both texts, their token types, and the mask.
 * @param shape of two or more layers, one head, and a hidden width of 40 or more. @param special ids of special tokens.
 * @param marker the id of a word that is always marked; -1 for none.
 */
export function overlapWeights(
  shape: TinyShape,
  special: readonly number[],
  marker: number,
  seed: number,
): Tensors {
  const { hidden, intermediate, vocabulary } = shape;
  const random = mulberry32(seed);
  const tensors = encoderWeights(shape, () => () => 0);
  const set = (name: string, row: number, column: number, value: number) => {
    const { shape, values } = tensors.get(name)!;
    values[row * shape[1]! + column] = value;
  };
  /** A coordinate and its negative. */
  const setPair = (name: string, row: number, column: number, value: number) => {
    set(name, row, column, value);
    set(name, row, column + 1, -value);
  };
  const words = 'embeddings.word_embeddings.weight';
  for (let id = 0; id < vocabulary; id++) {
    if (special.includes(id)) setPair(words, id, SPECIAL, 4);
    else {
      for (let i = CODE; i + 1 < hidden; i += 2) setPair(words, id, i, random() < 0.5 ? -1 : 1);
    }
  }
  if (marker !== -1) setPair(words, marker, MATCH, 4);
  const types = 'embeddings.token_type_embeddings.weight';
  setPair(types, 0, TYPE, 1);
  setPair(types, 1, TYPE, -1);

  const first = 'encoder.layer.0';
  for (let i = CODE; i < hidden; i++) {
    // Equal words differ from others by far more than the softmax needs.
    set(`${first}.attention.self.query.weight`, i, i, 6);
    set(`${first}.attention.self.key.weight`, i, i, 1);
  }
  // What is seen: the mean type of the tokens of the same word.
  for (const sign of [0, 1]) {
    set(`${first}.attention.self.value.weight`, SEEN + sign, TYPE + sign, 1);
    set(`${first}.attention.output.dense.weight`, SEEN + sign, SEEN + sign, 1);
  }
  // Positive only where a token of the second text sees one of the first; GELU drops what is negative.
  set(`${first}.intermediate.dense.weight`, 0, SEEN, 8);
  set(`${first}.intermediate.dense.weight`, 0, TYPE, -8);
  set(`${first}.intermediate.dense.weight`, 0, SPECIAL, -8);
  setPairOfColumn(tensors, `${first}.output.dense.weight`, intermediate, MATCH, 1);

  const second = 'encoder.layer.1';
  for (const sign of [0, 1]) {
    set(`${second}.attention.self.value.weight`, MATCH + sign, MATCH + sign, 1);
    set(`${second}.attention.output.dense.weight`, MATCH + sign, MATCH + sign, 1);
  }
  return tensors;
}

/** The coordinate of a token's vector that `overlapWeights` counts in. */
export const OVERLAP_COORDINATE = MATCH;

/** Writes what the first neuron of a layer adds to a coordinate, and the negative beside it. */
function setPairOfColumn(tensors: Tensors, name: string, columns: number, row: number, value: number): void {
  const { values } = tensors.get(name)!;
  values[row * columns] = value;
  values[(row + 1) * columns] = -value;
}

/** The bytes of a safetensors file with 32-bit floats. */
export function safetensorsFile(tensors: Tensors): Uint8Array {
  const header: Record<string, object> = {};
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const data = Array.from(tensors.values(), ({ values }) => Buffer.from(values.buffer));
  return Buffer.concat([length, text, ...data]);
}
