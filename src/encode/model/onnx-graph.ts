import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
type NodeProto = onnxProto.onnx.INodeProto;
type TensorProto = onnxProto.onnx.ITensorProto;
type AttributeProto = onnxProto.onnx.IAttributeProto;

const OPSET = 17;
const IR_VERSION = 8;
const DataType = onnx.TensorProto.DataType;
const AttributeType = onnx.AttributeProto.AttributeType;

/** The name of a value that flows through the graph. */
export type Value = string;
export type Attribute = number | readonly number[] | { readonly float: number };

/**
 * Writes an ONNX model node by node (https://github.com/onnx/onnx/blob/main/docs/IR.md). Names are given in
 * the order of the calls, so the same calls always give the same bytes.
 */
export class OnnxGraph {
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  #counter = 0;

  /** Adds a node with one output and returns that output. */
  node(opType: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}): Value {
    return this.nodes(opType, inputs, 1, attributes)[0]!;
  }

  /** Adds a node with several outputs and returns them in order. */
  nodes(
    opType: string,
    inputs: readonly Value[],
    outputs: number,
    attributes: Record<string, Attribute> = {},
  ): Value[] {
    const id = this.#counter++;
    const names = Array.from({ length: outputs }, (_, i) => `${opType}_${id}_${i}`);
    this.#nodes.push({
      opType,
      name: `${opType}_${id}`,
      input: [...inputs],
      output: names,
      attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
    });
    return names;
  }

  /** A constant; the array's type gives the element type. `shape` [] makes a scalar. */
  constant(name: string, shape: readonly number[], values: Float32Array | Int8Array | BigInt64Array): Value {
    this.#initializers.push({
      name,
      dims: [...shape],
      dataType:
        values instanceof Float32Array
          ? DataType.FLOAT
          : values instanceof Int8Array
            ? DataType.INT8
            : DataType.INT64,
      rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    });
    return name;
  }

  /** The finished model. Every input is int64 [batch, sequence]; the output is float [batch, sequence, width]. */
  serialize(inputs: readonly Value[], output: Value, outputName: string, width: number): Uint8Array {
    this.#nodes.push({ opType: 'Identity', name: 'output', input: [output], output: [outputName] });
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'paper-search',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name: 'encoder',
        node: this.#nodes,
        initializer: this.#initializers,
        input: inputs.map((name) => valueInfo(name, DataType.INT64, ['batch', 'sequence'])),
        output: [valueInfo(outputName, DataType.FLOAT, ['batch', 'sequence', width])],
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function valueInfo(name: string, elemType: number, dims: readonly (string | number)[]) {
  const dim = dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
