import type { Paper } from '../../../src/papers/paper.ts';

/** Number of hits that every engine returns. */
export const TOP = 10;

/** A query in the forms that engines take. */
export interface BenchQuery {
  readonly text: string;
  /** Its terms by paper-search's analyzer, for engines that get terms. */
  readonly terms: readonly string[];
  /** Unit vector of the query; set for dense engines. */
  readonly vector?: Float32Array | undefined;
}

/** The input of a build. An engine reads the part it needs; reading does not count as building. */
export interface BuildInput {
  /** Papers to index. A paper is identified by its index, from 0. */
  readonly count: number;
  papers(): AsyncIterable<Paper>;
  /** One unit vector per paper: count × dimension, row-major. Empty for keyword engines. */
  vectors(): Float32Array;
  readonly dimension: number;
  /** JSON Lines of papers, for engines that read files. */
  readonly papersFile: string;
  /** An empty folder, for engines on disk. */
  readonly folder: string;
}

/** One measured engine, in its own process. */
export interface BenchEngine {
  build(input: BuildInput): Promise<void>;
  /** The indexes of the TOP best papers, best first. */
  query(query: BenchQuery): readonly number[] | Promise<readonly number[]>;
  /** Writes the index into an empty folder, as the engine's users store it; absent when it is in `folder` already. */
  save?(folder: string): Promise<void>;
  close?(): Promise<void>;
}

/** The exports of an engine's file. `options` are those of the registry. */
export interface EngineModule {
  /** Version of the measured engine. */
  version(): string;
  create(options: Readonly<Record<string, unknown>>): BenchEngine | Promise<BenchEngine>;
}
