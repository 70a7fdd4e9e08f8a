/** The lines that are sent to an engine's process, whatever its language; each is answered by one line. */
export type Request =
  | BuildRequest
  | { readonly op: 'queries'; readonly set: string; readonly queries: readonly SentQuery[] }
  | {
      readonly op: 'run';
      readonly set: string;
      readonly places: readonly number[];
      readonly results: boolean;
    }
  | { readonly op: 'save'; readonly folder: string }
  | { readonly op: 'memory' };

export interface BuildRequest {
  readonly op: 'build';
  readonly count: number;
  readonly papersFile: string;
  /** JSON Lines of `{ title, abstract }`, each with its analysed terms joined by spaces. */
  readonly termsFile: string;
  /** count × dimension little-endian float32; empty name for keyword engines. */
  readonly vectorsFile: string;
  readonly dimension: number;
  readonly folder: string;
}

export interface SentQuery {
  readonly text: string;
  readonly terms: readonly string[];
  /** Little-endian float32, base64. */
  readonly vector?: string | undefined;
}

export interface HelloAnswer {
  readonly version: string;
  readonly runtime: string;
}

export interface MemoryAnswer {
  /** Resident after garbage collection. */
  readonly memoryBytes: number;
  readonly peakBytes: number;
}

export interface BuildAnswer extends MemoryAnswer {
  /** Wall time without reading the input. */
  readonly seconds: number;
  readonly readSeconds: number;
  /** CPU time including reading the input, which cannot be separated. */
  readonly cpuSeconds: number;
  /** Resident before the build: the runtime and the engine's code. */
  readonly baselineBytes: number;
}

export interface RunAnswer {
  /** Microseconds, one per query. */
  readonly wallUs: readonly number[];
  readonly cpuUs: readonly number[];
  /** Indexes of the found papers, one list per query; empty unless requested. */
  readonly results: readonly (readonly number[])[];
  readonly peakBytes: number;
}
