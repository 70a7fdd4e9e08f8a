import { nameOf, tellAuthor } from './authors.ts';
import { type Corpus, tellPapers } from './corpus.ts';
import type { FieldSelection } from './field-selection.ts';
import { findPaper } from './paper-lookup.ts';

/** Papers by ids of any kind, in the order of the ids; null for an unknown one. */
export async function paperBatch(
  ids: readonly string[],
  selection: FieldSelection,
  corpus: Corpus,
): Promise<(Record<string, unknown> | null)[]> {
  const positions = await Promise.all(ids.map((id) => findPaper(id, corpus)));
  const known = positions.filter((position) => position !== undefined);
  const papers = await tellPapers(corpus, known, selection);
  let next = 0;
  return positions.map((position) => (position === undefined ? null : papers[next++]!));
}

/** Authors by their ids, in the order of the ids; null for an unknown one. */
export function authorBatch(
  ids: readonly string[],
  selection: FieldSelection,
  corpus: Corpus,
): Promise<(Record<string, unknown> | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const name = await nameOf(id, corpus);
      return name === undefined ? null : tellAuthor(name, selection, corpus);
    }),
  );
}
