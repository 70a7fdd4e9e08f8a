import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { FieldSelection } from './field-selection.ts';

/** Facts about an author besides the name. */
export interface AuthorFacts {
  readonly paperCountOf: (authorId: string) => number;
  /** How many papers of the index cite each paper of the author. Empty unless it is requested: see `asksForCitations`. */
  readonly citationsOf: (authorId: string) => readonly number[];
}

/** Whether fields are selected that follow from the citations of an author's papers. */
export function asksForCitations(selection: FieldSelection): boolean {
  return selection.has('citationCount') || selection.has('hIndex');
}

/** An author in Semantic Scholar's format: the `authorId` and the selected fields except papers. */
export function authorOf(
  name: string,
  selection: FieldSelection,
  { paperCountOf, citationsOf }: AuthorFacts,
): Record<string, unknown> {
  const authorId = authorIdOf(name);
  const makers: Readonly<Record<string, () => unknown>> = {
    name: () => name,
    externalIds: () => ({}),
    url: () => null,
    // Semantic Scholar has removed this field, but older clients still request it.
    aliases: () => [],
    affiliations: () => [],
    homepage: () => null,
    paperCount: () => paperCountOf(authorId),
    citationCount: () => citationsOf(authorId).reduce((sum, count) => sum + count, 0),
    hIndex: () => hIndexOf(citationsOf(authorId)),
  };
  const presented: Record<string, unknown> = { authorId };
  for (const field of selection.keys()) {
    const make = makers[field];
    if (make) presented[field] = make();
  }
  return presented;
}

/**
 * The largest h for which h papers have at least h citations each (Hirsch, PNAS 2005), 0 or more.
 * @param citations those of each paper.
 */
export function hIndexOf(citations: readonly number[]): number {
  return citations.toSorted((a, b) => b - a).filter((count, place) => count > place).length;
}
