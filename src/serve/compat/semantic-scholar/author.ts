import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { FieldSelection } from './field-selection.ts';

/** What a name does not tell of an author. */
export interface AuthorFacts {
  readonly paperCountOf: (authorId: string) => number;
}

/** An author as Semantic Scholar's API tells it: the `authorId` and the selected fields, but for papers. */
export function authorOf(
  name: string,
  selection: FieldSelection,
  { paperCountOf }: AuthorFacts,
): Record<string, unknown> {
  const authorId = authorIdOf(name);
  const makers: Readonly<Record<string, () => unknown>> = {
    name: () => name,
    externalIds: () => ({}),
    url: () => null,
    // Semantic Scholar has it no more, but older clients ask for it by themselves.
    aliases: () => [],
    affiliations: () => [],
    homepage: () => null,
    paperCount: () => paperCountOf(authorId),
    // Nothing is known of citations.
    citationCount: () => 0,
    hIndex: () => 0,
  };
  const told: Record<string, unknown> = { authorId };
  for (const field of selection.keys()) {
    const make = makers[field];
    if (make) told[field] = make();
  }
  return told;
}
