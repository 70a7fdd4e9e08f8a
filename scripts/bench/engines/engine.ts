import type { Paper } from '../../../src/papers/paper.ts';

/** Hits every engine is asked for. */
export const TOP = 10;

/** A query as engines get it. */
export interface BenchQuery {
  readonly text: string;
  /** Its terms by paper-search's analyzer, for engines that are given terms. */
  readonly terms: readonly string[];
  /** Unit vector of the query; set for dense engines. */
  readonly vector?: Float32Array | undefined;
}

/** What an engine is built from. An engine reads the one it needs; reading is not counted as building. */
export interface BuildInput {
  /** Papers to index. A paper is known by its place, from 0. */
  readonly count: number;
  papers(): AsyncIterable<Paper>;
  /** One unit vector a paper: count × dimension, row-major. Empty for keyword engines. */
  vectors(): Float32Array;
  readonly dimension: number;
  /** JSON Lines of papers, for engines that read files. */
  readonly papersFile: string;
  /** An empty folder, for engines that live on disk. */
  readonly folder: string;
}

/** One engine under measurement, in a process of its own. */
export interface BenchEngine {
  build(input: BuildInput): Promise<void>;
  /** The places of the TOP best papers, best first. */
  query(query: BenchQuery): readonly number[] | Promise<readonly number[]>;
  /** Writes the index into an empty folder, as the engine's users keep it; absent when it is in `folder` already. */
  save?(folder: string): Promise<void>;
  close?(): Promise<void>;
}

/** What the file of an engine exports. `options` are those of the registry. */
export interface EngineModule {
  /** Version of what is measured. */
  version(): string;
  create(options: Readonly<Record<string, unknown>>): BenchEngine | Promise<BenchEngine>;
}
