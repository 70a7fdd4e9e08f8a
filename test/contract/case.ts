import type { RelatedRequest, ScheduleRequest, SearchRequest } from '../../src/search/api.ts';
import type { CitationsRequest, SnowballRequest } from '../../src/search/citations/api.ts';
import type { IdentifierName, PaperListing, PaperSelection } from '../../src/search/engine.ts';
import type { RelevanceRequest } from '../../src/search/relevance/api.ts';

/** The snapshots that cases are asked of; `corpus/README.md` says what is in them. */
export type StateName = 'first' | 'later' | 'wide';

/**
 * A selection of papers as cases write it: the condition is that of a query in the query language.
 */
export type Selected = Omit<PaperSelection, 'condition'> & { readonly where?: string };
export type Listed = Omit<PaperListing, 'condition'> & { readonly where?: string };

/** A question to a snapshot: a method of the port, and what it is called with. */
type Question =
  | { readonly ask: 'search'; readonly request: SearchRequest; readonly among?: Selected }
  | { readonly ask: 'related'; readonly request: RelatedRequest; readonly among?: Selected }
  | { readonly ask: 'relevance'; readonly request: RelevanceRequest; readonly among?: Selected }
  | { readonly ask: 'citations'; readonly id: string; readonly request: CitationsRequest }
  | { readonly ask: 'countLinks'; readonly ids: readonly string[] }
  | { readonly ask: 'snowball'; readonly request: SnowballRequest }
  | { readonly ask: 'schedule'; readonly request: ScheduleRequest }
  | { readonly ask: 'suggest'; readonly text: string; readonly limit?: number }
  | { readonly ask: 'paper'; readonly id: string }
  | { readonly ask: 'papers'; readonly listing?: Listed }
  | { readonly ask: 'count'; readonly selection: Selected }
  | { readonly ask: 'identify'; readonly identifier: string; readonly field?: IdentifierName }
  | {
      readonly ask: 'countEach';
      readonly field: IdentifierName;
      readonly identifiers: readonly string[];
    }
  | { readonly ask: 'vectors'; readonly ids: readonly string[] }
  | { readonly ask: 'stats' }
  | { readonly ask: 'map' }
  | {
      readonly ask: 'http';
      readonly path: string;
      readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

/**
 * A case. `on` is the snapshot that is asked; default `first`. In texts, `{between}` is an instant after the first
 * snapshot and before the second.
 */
export type Case = Question & { readonly on?: StateName };

/** What an answer must contain, worked out by hand; parts that are absent may be anything. */
export interface Wanted {
  /** Ids of the hits, or of the papers of a list, in this order. */
  readonly ids?: readonly string[];
  /** The same in any order. */
  readonly set?: readonly string[];
  /** Ids that the answer begins with. */
  readonly begins?: readonly string[];
  readonly total?: number;
  /** Members of the answer, by `toMatchObject`. */
  readonly like?: unknown;
  /** The error that is thrown. The message is compared with the recorded one. */
  readonly error?: string;
}
