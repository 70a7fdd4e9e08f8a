import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import onnxProto from 'onnx-proto';
import { type Precision, writeBertModel } from '../../src/encode/model/bert-graph.ts';
import { Safetensors } from '../../src/encode/model/safetensors.ts';
import { type Framing, SPECIAL_TOKENS, tinyTokenizer, tinyVocabulary } from './tiny-tokenizer.ts';
import { OVERLAP_COORDINATE, overlapWeights, randomWeights, safetensorsFile } from './tiny-weights.ts';

const { onnx } = onnxProto;
const { FLOAT, INT64 } = onnx.TensorProto.DataType;

export interface TinyModelOptions {
  /**
   * `embedding`: random weights; texts that share words have similar vectors. `reranker`: a logit that rises with the
   * share of the tokens that are words of the second text and of the first; without `tokenTypes`, with the share of the
   * tokens that are the first of `words`.
   */
  readonly kind: 'embedding' | 'reranker';
  /** Default 2. */
  readonly layers?: number;
  /** Default 1; a reranker has one. */
  readonly heads?: number;
  /** Width of a vector. Default 32 for an embedding, 64 for a reranker. */
  readonly hidden?: number;
  /** Tokens that the model can read at once. Default 64. */
  readonly positions?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Words that are one token each; others are tokens of one character. */
  readonly words?: readonly string[];
  /** Special tokens and the framing of pairs. Default `bert`. */
  readonly framing?: Framing;
  /** Whether the model has the input `token_type_ids`. Default true. */
  readonly tokenTypes?: boolean;
  /** Logits of a reranker: one (default), or several of which the last one is for relevant. */
  readonly labels?: 1 | 2 | 3;
  /** More fields of config.json, or others: `{ model_type: 'xlm-roberta' }`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * Writes a model of a few kilobytes as a hub has it: config.json, tokenizer.json, onnx/model.onnx and
 * onnx/model_quantized.onnx. The same options give the same bytes.
 * @param folder made if it does not exist.
 */
export async function writeTinyModel(folder: string, options: TinyModelOptions): Promise<void> {
  const { kind, layers = 2, heads = 1, positions = 64, seed = 1, words = [], framing = 'bert' } = options;
  const hidden = options.hidden ?? (kind === 'reranker' ? 64 : 32);
  const vocabulary = tinyVocabulary(words, framing);
  const special = Object.values(SPECIAL_TOKENS[framing]).map((token) => vocabulary.indexOf(token));
  const marker = options.tokenTypes === false ? vocabulary.indexOf(words[0] ?? '') : -1;
  const intermediate = 2 * hidden;
  const shape = { layers, hidden, intermediate, vocabulary: vocabulary.length, positions };
  const tensors =
    kind === 'reranker' ? overlapWeights(shape, special, marker, seed) : randomWeights(shape, seed);
  const config = {
    architectures: [kind === 'reranker' ? 'BertForSequenceClassification' : 'BertModel'],
    model_type: 'bert',
    hidden_act: 'gelu',
    hidden_size: hidden,
    intermediate_size: intermediate,
    layer_norm_eps: 1e-12,
    max_position_embeddings: positions,
    num_attention_heads: heads,
    num_hidden_layers: layers,
    pad_token_id: vocabulary.indexOf(SPECIAL_TOKENS[framing].pad),
    type_vocab_size: 2,
    vocab_size: vocabulary.length,
    ...(kind === 'reranker' && {
      id2label: Object.fromEntries(labelsOf(options).map((label, i) => [i, label])),
    }),
    ...options.config,
  };
  const weights = new Safetensors(safetensorsFile(tensors));
  const bert = { layers, heads, hidden, layerNormEpsilon: 1e-12 };
  const file = (precision: Precision) =>
    finishedModel(writeBertModel(weights, bert, precision), hidden, options);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config, null, 2));
  await writeFile(
    join(folder, 'tokenizer.json'),
    JSON.stringify(tinyTokenizer(vocabulary, framing), null, 2),
  );
  await writeFile(join(folder, 'onnx', 'model.onnx'), file('fp32'));
  await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), file('int8'));
}

function labelsOf({ labels = 1 }: TinyModelOptions): string[] {
  return Array.from({ length: labels }, (_, i) => `LABEL_${i}`);
}

/** The encoder with the head and the inputs that were asked for. */
function finishedModel(encoder: Uint8Array, hidden: number, options: TinyModelOptions): Uint8Array {
  const model = onnx.ModelProto.decode(encoder);
  if (options.kind === 'reranker') addHead(model, hidden, options.labels ?? 1);
  if (options.tokenTypes === false) {
    const graph = model.graph!;
    graph.input = graph.input!.filter(({ name }) => name !== 'token_type_ids');
    graph.node!.unshift(
      onnx.NodeProto.create({
        opType: 'Sub',
        name: 'no_token_types',
        input: ['input_ids', 'input_ids'],
        output: ['token_type_ids'],
      }),
    );
  }
  return onnx.ModelProto.encode(model).finish();
}

/** Share of matching tokens to a logit: -4 without any, and positive where a sixth of the tokens match. */
const HEAD = { weight: 6, bias: -4 };

/** Adds a linear layer over the first token: `logits`, of shape [batch, labels]. */
function addHead(model: onnxProto.onnx.ModelProto, hidden: number, labels: number): void {
  const graph = model.graph!;
  const weight = new Float32Array(hidden * labels);
  const bias = new Float32Array(labels);
  // With several labels, the others are always 0.
  weight[OVERLAP_COORDINATE * labels + labels - 1] = HEAD.weight;
  bias[labels - 1] = HEAD.bias;
  const constant = (name: string, dims: number[], values: Float32Array | BigInt64Array) =>
    onnx.TensorProto.create({
      name,
      dims,
      dataType: values instanceof Float32Array ? FLOAT : INT64,
      rawData: new Uint8Array(values.buffer),
    });
  graph.initializer!.push(
    constant('head.first', [], BigInt64Array.of(0n)),
    constant('head.weight', [hidden, labels], weight),
    constant('head.bias', [labels], bias),
  );
  const node = (opType: string, input: string[], output: string, attribute: object[] = []) =>
    onnx.NodeProto.create({ opType, name: output, input, output: [output], attribute });
  const axis = { name: 'axis', type: onnx.AttributeProto.AttributeType.INT, i: 1 };
  graph.node!.push(
    node('Gather', ['last_hidden_state', 'head.first'], 'head_token', [axis]),
    node('MatMul', ['head_token', 'head.weight'], 'head_product'),
    node('Add', ['head_product', 'head.bias'], 'logits'),
  );
  const dim = [{ dimParam: 'batch' }, { dimValue: labels }];
  graph.output = [
    onnx.ValueInfoProto.create({
      name: 'logits',
      type: { tensorType: { elemType: FLOAT, shape: { dim } } },
    }),
  ];
}
