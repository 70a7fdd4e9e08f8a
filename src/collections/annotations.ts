import { type Annotations, type CollectionEntry, NO_ANNOTATIONS, READ_STATES } from './collection.ts';

/** What is said about a paper in addition to what is already said. */
export type AddedAnnotations = { readonly [Name in keyof Annotations]?: Annotations[Name] | undefined };

/** A change of annotations: what is absent stays. */
export interface AnnotationChange {
  readonly note?: string | undefined;
  /** Replaces all tags. */
  readonly tags?: readonly string[] | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly state?: Annotations['state'] | undefined;
  /** null removes the rating. */
  readonly rating?: number | null | undefined;
  readonly role?: Annotations['role'] | undefined;
}

/** Tags as they are compared: case does not matter. */
export function tagKey(tag: string): string {
  return tag.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Tags, each once, in the spelling that comes first. */
export function uniteTags(...lists: readonly (readonly string[])[]): string[] {
  const united = new Map<string, string>();
  for (const tag of lists.flat()) {
    const clean = tag.trim().replace(/\s+/g, ' ');
    if (clean !== '' && !united.has(tagKey(clean))) united.set(tagKey(clean), clean);
  }
  return [...united.values()];
}

/** Two notes as one, without repeating what one of them already has. */
function uniteNotes(first: string, second: string): string {
  const [a, b] = [first.trim(), second.trim()];
  if (b === '' || hasParagraphs(a, b)) return first;
  return a === '' || hasParagraphs(b, a) ? second : `${a}\n\n${b}`;
}

/** Annotations after more was said: notes and tags are united, the rest is replaced by what is given. */
export function withAdded(before: Annotations, added: AddedAnnotations): Annotations {
  const { note = '', tags = [], state = before.state, rating = before.rating, role = before.role } = added;
  return {
    note: uniteNotes(before.note, note),
    tags: uniteTags(before.tags, tags),
    state,
    ...(rating !== undefined && { rating }),
    role,
  };
}

/** Annotations after a change. */
export function withChange(before: Annotations, change: AnnotationChange): Annotations {
  const { note = before.note, tags = before.tags, addTags = [], removeTags = [] } = change;
  const { state = before.state, rating = before.rating, role = before.role } = change;
  const removed = new Set(removeTags.map(tagKey));
  return {
    note,
    tags: uniteTags(
      tags.filter((tag) => !removed.has(tagKey(tag))),
      addTags,
    ),
    state,
    ...(typeof rating === 'number' && { rating }),
    role,
  };
}

/**
 * What is said about two entries whose papers are one: both notes and all tags, the later read state, the rating and
 * the role of the entry that was changed last, if it has one.
 */
export function mergeAnnotations(a: CollectionEntry, b: CollectionEntry): Annotations {
  const [newer, older] = a.changedAt >= b.changedAt ? [a, b] : [b, a];
  const rating = newer.rating ?? older.rating;
  const later = (entry: CollectionEntry) => READ_STATES.indexOf(entry.state);
  return {
    note: uniteNotes(a.note, b.note),
    tags: uniteTags(a.tags, b.tags),
    state: later(a) >= later(b) ? a.state : b.state,
    ...(rating !== undefined && { rating }),
    role: newer.role === NO_ANNOTATIONS.role ? older.role : newer.role,
  };
}

/** Whether a text contains another as whole paragraphs. */
function hasParagraphs(text: string, part: string): boolean {
  return `\n\n${text}\n\n`.includes(`\n\n${part}\n\n`);
}
