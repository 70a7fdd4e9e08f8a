import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/** A weight matrix (row-major) or vector, widened to 32-bit floats. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Reads a safetensors file: eight bytes of header length (little-endian), a JSON header, then raw tensors.
 * Layout: https://huggingface.co/docs/safetensors. Only 16- and 32-bit float tensors can be asked for.
 */
export class Safetensors {
  readonly #bytes: Uint8Array;
  readonly #header: Record<string, unknown>;
  readonly #dataStart: number;

  /** @param bytes the whole file. @throws PaperSearchError MODEL_UNAVAILABLE when the header cannot be read. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headerLength =
      bytes.byteLength >= 8 ? Number(view.getBigUint64(0, true)) : Number.POSITIVE_INFINITY;
    if (8 + headerLength > bytes.byteLength) {
      throw new PaperSearchError(
        'MODEL_UNAVAILABLE',
        'The weights are not a safetensors file: the header is truncated.',
      );
    }
    this.#header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
    // A Buffer's slice() is a view, not the aligned copy that typed arrays need.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#dataStart = 8 + headerLength;
  }

  /** The tensor called `name` as 32-bit floats. @throws PaperSearchError MODEL_UNAVAILABLE when it is absent. */
  weight(name: string): Weight {
    const entry = Entry.safeParse(this.#header[name]);
    if (!entry.success) {
      throw new PaperSearchError('MODEL_UNAVAILABLE', `The weights file has no usable tensor "${name}".`);
    }
    const { dtype, shape, data_offsets: offsets } = entry.data;
    const raw = this.#bytes.slice(this.#dataStart + offsets[0], this.#dataStart + offsets[1]);
    if (dtype === 'F32') return { shape, values: new Float32Array(raw.buffer) };
    if (dtype === 'F16') return { shape, values: widenHalfFloats(new Uint16Array(raw.buffer)) };
    throw new PaperSearchError('MODEL_UNAVAILABLE', `Tensor "${name}" is ${dtype}; expected F16 or F32.`);
  }
}

/** IEEE 754 binary16 to binary32, by a table of all 65,536 halves: the widening is exact. */
function widenHalfFloats(halves: Uint16Array): Float32Array {
  const table = halfFloatTable();
  const widened = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) widened[i] = table[halves[i]!]!;
  return widened;
}

let cachedTable: Float32Array | undefined;

function halfFloatTable(): Float32Array {
  if (cachedTable) return cachedTable;
  const table = new Float32Array(65536);
  for (let half = 0; half < 65536; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) table[half] = sign * 2 ** -14 * (fraction / 1024);
    else if (exponent === 31) table[half] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else table[half] = sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
  }
  cachedTable = table;
  return table;
}
