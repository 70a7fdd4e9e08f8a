/** The part of the WebAssembly interface used here: TypeScript has it only among the types of browsers. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    /** @param descriptor `initial`, `maximum`: pages of 64 KiB. `shared`: whether threads may share it, which needs a maximum. */
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    /** A SharedArrayBuffer if it is shared. */
    // biome-ignore lint/suspicious/noExplicitAny: which of both it is depends on the descriptor.
    readonly buffer: any;
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
}
