import type { Engine } from '../../../src/search/engine.ts';

/** A corpus in one of the engines, as the contract changes it and asks it. */
export interface CorpusUnderTest {
  /** Reads files into the corpus and publishes a snapshot. */
  ingest(paths: readonly string[]): Promise<void>;
  /** Takes papers out and publishes a snapshot. */
  remove(ids: readonly string[]): Promise<void>;
  /** An engine that follows the newest snapshot: an acquired one stays as it is. */
  open(): Promise<FollowingEngine>;
  /** Removes the corpus. */
  dispose(): Promise<void>;
}

/** An engine that knows a new snapshot after `refresh`. */
export interface FollowingEngine {
  readonly engine: Engine;
  refresh(): Promise<void>;
}

/** One of the engines that the contract is for. */
export interface EngineUnderTest {
  readonly name: 'embedded' | 'cluster';
  /** A new empty corpus. @param name says in a cluster which test it is of. */
  create(name: string): Promise<CorpusUnderTest>;
}
