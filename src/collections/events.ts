import type { AddedAnnotations, AnnotationChange } from './annotations.ts';
import type { KeptPaper, Share } from './collection.ts';

/** A paper that is added, with what is said about it. */
export interface AddedEntry extends AddedAnnotations {
  readonly paper: KeptPaper;
  /** When it was added to the collection that it comes from. Default: the time of the event. */
  readonly addedAt?: string | undefined;
}

/** A paper that has another id now; entries that are one paper become one. */
export interface FollowedPaper {
  /** The ids of its entries. */
  readonly from: readonly string[];
  readonly paper: KeptPaper;
}

/** A change that a reader asked for, and that undo takes back. */
export type ContentEvent =
  | {
      readonly type: 'described';
      readonly name?: string | undefined;
      readonly description?: string | undefined;
    }
  | { readonly type: 'added'; readonly entries: readonly AddedEntry[] }
  | ({ readonly type: 'changed'; readonly ids: readonly string[] } & AnnotationChange)
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  /** `before`: the id of the entry that they are moved before; absent for the end. */
  | { readonly type: 'moved'; readonly ids: readonly string[]; readonly before?: string | undefined };

/** One entry of the log of a collection. */
export type CollectionEvent = (
  | { readonly type: 'created'; readonly name: string; readonly description: string }
  | ContentEvent
  | { readonly type: 'followed'; readonly papers: readonly FollowedPaper[] }
  /** Takes back the event of that number; `redone` makes it count again. */
  | { readonly type: 'undone' | 'redone'; readonly number: number }
  | { readonly type: 'deleted' | 'restored' }
  | { readonly type: 'shared'; readonly share: Omit<Share, 'createdAt' | 'createdBy'> }
  | { readonly type: 'unshared'; readonly share: string }
) & {
  /** Who did it: the name of a token, of a user on the command line, or of an agent. */
  readonly by?: string | undefined;
};

/** An event with its number in the log, from 1, and its time (ISO 8601, UTC). */
export interface Recorded {
  readonly number: number;
  readonly at: string;
  readonly value: CollectionEvent;
}

const CONTENT_TYPES: ReadonlySet<string> = new Set<ContentEvent['type']>([
  'described',
  'added',
  'changed',
  'removed',
  'moved',
]);

/** Whether undo takes an event back. */
export function isContent(event: CollectionEvent): event is ContentEvent & { readonly by?: string } {
  return CONTENT_TYPES.has(event.type);
}
