import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { FieldSelection } from './field-selection.ts';

/** Facts about an author besides the name. */
export interface AuthorFacts {
  readonly paperCountOf: (authorId: string) => number;
}

/** An author in Semantic Scholar's format: the `authorId` and the selected fields except papers. */
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
    // Semantic Scholar has removed this field, but older clients still request it.
    aliases: () => [],
    affiliations: () => [],
    homepage: () => null,
    paperCount: () => paperCountOf(authorId),
    // Citations are unknown.
    citationCount: () => 0,
    hIndex: () => 0,
  };
  const presented: Record<string, unknown> = { authorId };
  for (const field of selection.keys()) {
    const make = makers[field];
    if (make) presented[field] = make();
  }
  return presented;
}
