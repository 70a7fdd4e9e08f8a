import { OnnxGraph, type Value } from './onnx-graph.ts';
import { quantizeRows, transpose } from './quantize.ts';
import type { Safetensors, Weight } from './safetensors.ts';

/** The shape of a BERT encoder, as its config.json states it. */
export interface BertShape {
  readonly layers: number;
  readonly heads: number;
  /** Width of a token's vector. */
  readonly hidden: number;
  readonly layerNormEpsilon: number;
}

export type Precision = 'int8' | 'fp32';

/** Element types of ONNX, as Cast names them. */
const FLOAT = 1;
const UINT8 = 2;

/** Added to the attention scores of padding: e^-10000 is 0. */
const MASKED = -10000;

/** GELU is never below this number (its minimum is -0.16997, at -0.75). */
const MIN_GELU = -0.17;

/**
 * Writes the BERT encoder (Devlin et al., NAACL 2019) as an ONNX model: input_ids, attention_mask and
 * token_type_ids to last_hidden_state. With `int8`, weight matrices are quantised symmetrically, one scale an
 * output channel, and activations when the model runs: to one scale a tensor (ONNX DynamicQuantizeLinear), and
 * after GELU, where one token's outliers would cost all others their precision, to one scale a token. Token
 * embeddings have one scale a token. The result depends only on the arguments.
 */
export function writeBertModel(weights: Safetensors, shape: BertShape, precision: Precision): Uint8Array {
  return new BertWriter(weights, shape, precision).write();
}

class BertWriter {
  readonly #graph = new OnnxGraph();
  readonly #weights: Safetensors;
  readonly #shape: BertShape;
  readonly #precision: Precision;

  constructor(weights: Safetensors, shape: BertShape, precision: Precision) {
    this.#weights = weights;
    this.#shape = shape;
    this.#precision = precision;
  }

  write(): Uint8Array {
    const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];
    const mask = this.#additiveMask('attention_mask');
    let hidden = this.#embeddings('input_ids', 'token_type_ids');
    for (let layer = 0; layer < this.#shape.layers; layer++) {
      hidden = this.#layer(`encoder.layer.${layer}`, hidden, mask);
    }
    return this.#graph.serialize(inputs, hidden, 'last_hidden_state', this.#shape.hidden);
  }

  #embeddings(ids: Value, typeIds: Value): Value {
    const g = this.#graph;
    const words = this.#embeddingRows('embeddings.word_embeddings.weight', ids);
    const types = g.node('Gather', [this.#constant('embeddings.token_type_embeddings.weight'), typeIds]);
    const length = g.node('Gather', [g.node('Shape', [ids]), this.#ints('sequence_axis', [1])]);
    const positions = g.node('Slice', [
      this.#constant('embeddings.position_embeddings.weight'),
      this.#ints('slice_start', [0]),
      length,
      this.#ints('slice_axis', [0]),
    ]);
    return this.#layerNorm('embeddings.LayerNorm', g.node('Add', [g.node('Add', [words, types]), positions]));
  }

  #embeddingRows(name: string, ids: Value): Value {
    if (this.#precision === 'fp32') return this.#graph.node('Gather', [this.#constant(name), ids]);
    const g = this.#graph;
    const table = this.#weights.weight(name);
    const [rows, columns] = matrixShape(table);
    const { codes, scales } = quantizeRows(table.values, rows, columns);
    const codeRows = g.node('Gather', [g.constant(`${name}.codes`, [rows, columns], codes), ids]);
    const rowScales = g.node('Gather', [g.constant(`${name}.scales`, [rows, 1], scales), ids]);
    return g.node('Mul', [g.node('Cast', [codeRows], { to: FLOAT }), rowScales]);
  }

  /** [batch, sequence] of 0 and 1 to [batch, 1, 1, sequence] of a large negative number and 0. */
  #additiveMask(mask: Value): Value {
    const g = this.#graph;
    const kept = g.node('Cast', [g.node('Unsqueeze', [mask, this.#ints('mask_axes', [1, 2])])], {
      to: FLOAT,
    });
    const dropped = g.node('Sub', [this.#scalar('one', 1), kept]);
    return g.node('Mul', [dropped, this.#scalar('masked', MASKED)]);
  }

  #layer(prefix: string, input: Value, mask: Value): Value {
    const g = this.#graph;
    const attended = this.#selfAttention(`${prefix}.attention`, input, mask);
    const middle = this.#layerNorm(`${prefix}.attention.output.LayerNorm`, g.node('Add', [attended, input]));
    const widened = this.#gelu(this.#linear([`${prefix}.intermediate.dense`], middle));
    const narrowed = this.#linearAfterGelu(`${prefix}.output.dense`, widened);
    return this.#layerNorm(`${prefix}.output.LayerNorm`, g.node('Add', [narrowed, middle]));
  }

  #selfAttention(prefix: string, input: Value, mask: Value): Value {
    const g = this.#graph;
    const { heads, hidden } = this.#shape;
    const headWidth = hidden / heads;
    // One product for the three projections: their input is then quantised once.
    const projections = ['query', 'key', 'value'].map((part) => `${prefix}.self.${part}`);
    const joined = this.#linear(projections, input);
    const sizes = this.#ints('projection_sizes', [hidden, hidden, hidden]);
    const split = g.nodes('Split', [joined, sizes], 3, { axis: -1 });
    const headShape = this.#ints('head_shape', [0, 0, heads, headWidth]);
    const [query, key, value] = split.map((part) => g.node('Reshape', [part, headShape])) as [
      Value,
      Value,
      Value,
    ];
    const scores = g.node('MatMul', [
      g.node('Transpose', [query], { perm: [0, 2, 1, 3] }),
      g.node('Transpose', [key], { perm: [0, 2, 3, 1] }),
    ]);
    const scaled = g.node('Mul', [scores, this.#scalar('attention_scale', 1 / Math.sqrt(headWidth))]);
    const attention = g.node('Softmax', [g.node('Add', [scaled, mask])], { axis: -1 });
    const mixed = g.node('MatMul', [attention, g.node('Transpose', [value], { perm: [0, 2, 1, 3] })]);
    const merged = g.node('Reshape', [
      g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      this.#ints('hidden_shape', [0, 0, hidden]),
    ]);
    return this.#linear([`${prefix}.output.dense`], merged);
  }

  /** x·Wᵀ + b for one linear layer, or for several over the same input, their outputs side by side. */
  #linear(names: readonly string[], input: Value): Value {
    const g = this.#graph;
    const key = names.join('+');
    const { rows, columns, weight, bias } = this.#joinedLayers(names);
    const biasValue = g.constant(`${key}.bias`, [rows], bias);
    if (this.#precision === 'fp32') {
      const right = g.constant(`${key}.weight`, [columns, rows], transpose(weight, rows, columns));
      return g.node('Add', [g.node('MatMul', [input, right]), biasValue]);
    }
    const { codes, scales } = quantizeRows(weight, rows, columns);
    const right = g.constant(`${key}.codes`, [columns, rows], transpose(codes, rows, columns));
    const quantized = g.nodes('DynamicQuantizeLinear', [input], 3);
    const [activations, activationScale, zeroPoint] = quantized as [Value, Value, Value];
    const product = g.node('Cast', [g.node('MatMulInteger', [activations, right, zeroPoint])], { to: FLOAT });
    const scale = g.node('Mul', [activationScale, g.constant(`${key}.scales`, [rows], scales)]);
    return g.node('Add', [g.node('Mul', [product, scale]), biasValue]);
  }

  /**
   * The linear layer after GELU. Each token's activations are quantised separately: shifted to be at least 0, scaled to
   * 255, rounded. The shift adds the same to the product for every token, which is subtracted from the bias.
   */
  #linearAfterGelu(name: string, input: Value): Value {
    if (this.#precision === 'fp32') return this.#linear([name], input);
    const g = this.#graph;
    const { rows, columns, weight, bias } = this.#joinedLayers([name]);
    const { codes, scales } = quantizeRows(weight, rows, columns);
    const right = g.constant(`${name}.codes`, [columns, rows], transpose(codes, rows, columns));
    const shifted = g.node('Sub', [input, this.#scalar('least_gelu', MIN_GELU)]);
    const largest = g.node('ReduceMax', [shifted], { axes: [-1], keepdims: 1 });
    const tokenScale = g.node('Div', [largest, this.#scalar('largest_uint8', 255)]);
    const rounded = g.node('Add', [g.node('Div', [shifted, tokenScale]), this.#scalar('half', 0.5)]);
    const activations = g.node('Cast', [rounded], { to: UINT8 });
    const product = g.node('Cast', [g.node('MatMulInteger', [activations, right])], { to: FLOAT });
    const scaled = g.node('Mul', [
      g.node('Mul', [product, g.constant(`${name}.scales`, [rows], scales)]),
      tokenScale,
    ]);
    const unshiftedBias = bias.map((value, row) => {
      const codeSum = codes.subarray(row * columns, (row + 1) * columns).reduce((sum, code) => sum + code, 0);
      return value + MIN_GELU * codeSum * scales[row]!;
    });
    return g.node('Add', [scaled, g.constant(`${name}.bias`, [rows], unshiftedBias)]);
  }

  /** Weights and biases of linear layers over one input, one below the other. */
  #joinedLayers(names: readonly string[]) {
    const layers = names.map((name) => this.#weights.weight(`${name}.weight`));
    const columns = matrixShape(layers[0]!)[1];
    const rows = layers.reduce((sum, layer) => sum + matrixShape(layer)[0], 0);
    const weight = concatenate(layers.map((layer) => layer.values));
    const bias = concatenate(names.map((name) => this.#weights.weight(`${name}.bias`).values));
    return { rows, columns, weight, bias };
  }

  /** x · Φ(x), exact (Hendrycks and Gimpel 2016, with erf). */
  #gelu(input: Value): Value {
    const g = this.#graph;
    const erf = g.node('Erf', [g.node('Div', [input, this.#scalar('sqrt_two', Math.SQRT2)])]);
    const halved = g.node('Mul', [input, this.#scalar('half', 0.5)]);
    return g.node('Mul', [halved, g.node('Add', [erf, this.#scalar('one', 1)])]);
  }

  #layerNorm(name: string, input: Value): Value {
    const inputs = [input, this.#constant(`${name}.weight`), this.#constant(`${name}.bias`)];
    return this.#graph.node('LayerNormalization', inputs, {
      axis: -1,
      epsilon: { float: this.#shape.layerNormEpsilon },
    });
  }

  #constant(name: string): Value {
    const { shape, values } = this.#weights.weight(name);
    return this.#graph.constant(name, shape, values);
  }

  readonly #shared = new Set<Value>();

  #ints(name: string, values: readonly number[]): Value {
    if (this.#shared.has(name)) return name;
    this.#shared.add(name);
    return this.#graph.constant(name, [values.length], BigInt64Array.from(values, BigInt));
  }

  #scalar(name: string, value: number): Value {
    if (this.#shared.has(name)) return name;
    this.#shared.add(name);
    return this.#graph.constant(name, [], Float32Array.of(value));
  }
}

function matrixShape(weight: Weight): [rows: number, columns: number] {
  return [weight.shape[0]!, weight.shape[1]!];
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
