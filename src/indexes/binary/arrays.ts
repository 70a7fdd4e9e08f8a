import { bytesInMemory, type StoredBytes } from './stored-bytes.ts';

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
  const { places } = readHeader(kind, bytesInMemory(kind, bytes));
  const arrays = Array.from(places, ([name, { type, start, length }]) => {
    return [name, new TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + start, length)] as const;
  });
  return Object.fromEntries(arrays) as unknown as Arrays;
}

/** Where an array is among the bytes. */
interface ArrayPlace {
  readonly type: TypeName;
  readonly start: number;
  /** Elements, not bytes. */
  readonly length: number;
}

/** Typed arrays in stored bytes, of which each is read at its first use. */
export class StoredArrays {
  /** All that is before the arrays, as it is stored. */
  readonly header: Uint8Array;
  readonly #places: ReadonlyMap<string, ArrayPlace>;
  readonly #stored: StoredBytes;

  /** @throws PaperSearchError as `unpackArrays`. */
  constructor(kind: string, stored: StoredBytes) {
    const { header, places } = readHeader(kind, stored);
    this.header = header;
    this.#places = places;
    this.#stored = stored;
  }

  /** The names of all arrays, in the order of their bytes. */
  get names(): string[] {
    return [...this.#places.keys()];
  }

  /** How many elements an array has; 0 for an unknown one. */
  lengthOf(name: string): number {
    return this.#places.get(name)?.length ?? 0;
  }

  /** Reads a part of an array of a type. @throws PaperSearchError INDEX_CORRUPT when it is of another, or unknown. */
  read<A extends NumericArray>(name: string, type: ArrayType<A>, from = 0, end = this.lengthOf(name)): A {
    return this.readInto(name, new type(end - from), from);
  }

  /** Fills an array of the same type from a stored one. @param from element. @returns the array. */
  readInto<A extends NumericArray>(name: string, target: A, from: number): A {
    const place = this.#places.get(name);
    if (!place || !(target instanceof TYPES[place.type]) || from + target.length > place.length)
      throw this.#stored.broken('has parts of an unknown kind');
    const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } = target;
    this.#stored.readAt(
      place.start + from * BYTES_PER_ELEMENT,
      new Uint8Array(buffer, byteOffset, byteLength),
    );
    return target;
  }

  /** Reads a whole array, whatever its type. */
  readAny(name: string): NumericArray {
    const { type, length } = this.#places.get(name)!;
    return this.readInto(name, new TYPES[type](length), 0);
  }
}

type ArrayType<A> = new (length: number) => A;

function readHeader(
  kind: string,
  stored: StoredBytes,
): { readonly header: Uint8Array; readonly places: ReadonlyMap<string, ArrayPlace> } {
  const read = (length: number) => {
    const bytes = new Uint8Array(Math.min(length, stored.bytes));
    stored.readAt(0, bytes);
    return bytes;
  };
  const text = (bytes: Uint8Array, start: number, end: number) =>
    new TextDecoder().decode(bytes.subarray(start, end));
  const preamble = read(PREAMBLE);
  if (preamble.length < PREAMBLE || text(preamble, 0, MAGIC.length) !== MAGIC)
    throw stored.broken('is not what it should be');
  const [byteOrder, headerLength] = new Uint32Array(preamble.buffer, MAGIC.length, 2);
  if (byteOrder !== BYTE_ORDER) throw stored.broken('was written on a machine with another byte order');
  const start = PREAMBLE + headerLength!;
  if (start > stored.bytes) throw stored.broken('is cut short');
  if (start % ALIGNMENT !== 0) throw stored.broken('is not what it should be');
  const header = read(start);
  const parsed = parseHeader(text(header, PREAMBLE, start));
  if (parsed?.kind !== kind || !Array.isArray(parsed.sections))
    throw stored.broken('is not what it should be');
  const places = new Map<string, ArrayPlace>();
  let offset = start;
  const sections: readonly Section[] = parsed.sections;
  for (const { name, type, length } of sections) {
    const known = Object.hasOwn(TYPES, type) && Number.isSafeInteger(length) && length >= 0;
    if (!known) throw stored.broken('has parts of an unknown kind');
    const size = length * TYPES[type].BYTES_PER_ELEMENT;
    if (offset + size > stored.bytes) throw stored.broken('is cut short');
    places.set(name, { type, start: offset, length });
    offset += aligned(size);
  }
  if (offset !== stored.bytes) throw stored.broken('has bytes beyond its end');
  return { header, places };
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
