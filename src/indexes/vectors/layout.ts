/** WebAssembly addresses have 32 bits. */
const MAX_MEMORY = 2 ** 32;
const PAGE = 2 ** 16;

/** A memory that threads share. */
export type SharedMemory = WebAssembly.Memory & {
  /** As large, never written, so that it takes none: see `sharedMemory`. */
  readonly counted: WebAssembly.Memory;
};

/**
 * A memory that threads share. V8 collects garbage sooner the larger it is, but does not count shared memory: that of an index that
 * was closed would stay for minutes, 0.5 GB at a million papers. So a memory that it counts, of the same size, is held by the same
 * object, and collected with it.
 */
export function sharedMemory(pages: number): SharedMemory {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return Object.assign(memory, { counted: new WebAssembly.Memory({ initial: pages }) });
}

/** Hands out the addresses of one memory, then the memory. */
export class Layout {
  /** The first byte not taken. */
  end = 0;

  /** The address of so many bytes, at a multiple of 4 as the arrays need it. */
  take(bytes: number): number {
    const start = Math.ceil(this.end / 4) * 4;
    this.end = start + bytes;
    return start;
  }

  /** @throws RangeError when more was taken than can be addressed. */
  allocate(): SharedMemory {
    if (this.end > MAX_MEMORY)
      throw new RangeError(`The vectors need ${this.end} bytes of memory; ${MAX_MEMORY} can be addressed.`);
    return sharedMemory(Math.ceil(this.end / PAGE));
  }
}
