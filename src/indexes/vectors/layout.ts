/** WebAssembly addresses have 32 bits. */
const MAX_MEMORY = 2 ** 32;
const PAGE = 2 ** 16;

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
  allocate(): WebAssembly.Memory {
    if (this.end > MAX_MEMORY)
      throw new RangeError(`The vectors need ${this.end} bytes of memory; ${MAX_MEMORY} can be addressed.`);
    return new WebAssembly.Memory({ initial: Math.ceil(this.end / PAGE) });
  }
}
