import { PaperSearchError } from '../../errors.ts';

/** Typed arrays by name: what an index is made of. */
export type NamedArrays = Readonly<Record<string, NumericArray>>;

const TYPES = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f32: Float32Array,
} as const;

type TypeName = keyof typeof TYPES;
type NumericArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;

interface Section {
  readonly name: string;
  readonly type: TypeName;
  /** Elements, not bytes. */
  readonly length: number;
}

interface Header {
  readonly kind: string;
  readonly sections: readonly Section[];
}

const MAGIC = 'PSARRAY1';
/** Reads as another number on a machine with the other byte order. */
const BYTE_ORDER = 0x01020304;
/** Every section begins at a multiple of it, so that any typed array can be a view of it. */
const ALIGNMENT = 8;
/** Magic, byte order, length of the header (bytes, padded). */
const PREAMBLE = MAGIC.length + 8;

/**
 * Typed arrays as bytes that can be used in place: a header that names them, then their memory.
 * @param kind name of the structure, which `unpackArrays` checks.
 * @returns parts to be written one after another; the arrays' own memory, not copies.
 */
export function packArrays(kind: string, arrays: NamedArrays): Uint8Array[] {
  const sections = Object.entries(arrays).map(([name, array]) => ({
    name,
    type: typeOf(array),
    length: array.length,
  }));
  const header = new TextEncoder().encode(JSON.stringify({ kind, sections } satisfies Header));
  const preamble = new Uint8Array(PREAMBLE + aligned(header.length)).fill(0x20);
  preamble.set(new TextEncoder().encode(MAGIC));
  const numbers = new Uint32Array(preamble.buffer, MAGIC.length, 2);
  numbers.set([BYTE_ORDER, aligned(header.length)]);
  preamble.set(header, PREAMBLE);
  return [
    preamble,
    ...Object.values(arrays).flatMap((array) => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      const padding = aligned(bytes.length) - bytes.length;
      return padding > 0 ? [bytes, new Uint8Array(padding)] : [bytes];
    }),
  ];
}

/**
 * The typed arrays in `bytes`: views, not copies.
 * @param bytes what the parts of `packArrays` make, at a multiple of 8 in their buffer.
 * @throws PaperSearchError INDEX_CORRUPT when the bytes are something else, cut short, or of a machine with
 *   another byte order.
 */
export function unpackArrays<Arrays extends NamedArrays>(kind: string, bytes: Uint8Array): Arrays {
  const broken = (reason: string) => new PaperSearchError('INDEX_CORRUPT', `The ${kind} ${reason}.`);
  const text = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
  if (bytes.length < PREAMBLE || text(0, MAGIC.length) !== MAGIC) throw broken('is not what it should be');
  const [byteOrder, headerLength] = new Uint32Array(bytes.buffer, bytes.byteOffset + MAGIC.length, 2);
  if (byteOrder !== BYTE_ORDER) throw broken('was written on a machine with another byte order');
  const start = PREAMBLE + headerLength!;
  if (start > bytes.length) throw broken('is cut short');
  if (start % ALIGNMENT !== 0) throw broken('is not what it should be');
  const header = parseHeader(text(PREAMBLE, start));
  if (header?.kind !== kind || !Array.isArray(header.sections)) throw broken('is not what it should be');
  let offset = start;
  const sections: readonly Section[] = header.sections;
  const arrays = sections.map(({ name, type, length }) => {
    const known = Object.hasOwn(TYPES, type) && Number.isSafeInteger(length) && length >= 0;
    if (!known) throw broken('has parts of an unknown kind');
    const array = TYPES[type];
    const size = length * array.BYTES_PER_ELEMENT;
    if (offset + size > bytes.length) throw broken('is cut short');
    const view = new array(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, length);
    offset += aligned(size);
    return [name, view] as const;
  });
  if (offset !== bytes.length) throw broken('has bytes beyond its end');
  return Object.fromEntries(arrays) as unknown as Arrays;
}

function parseHeader(text: string): Header | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typeOf(array: NumericArray): TypeName {
  return (Object.keys(TYPES) as TypeName[]).find((name) => array instanceof TYPES[name])!;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
