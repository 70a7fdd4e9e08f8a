import { setImmediate } from 'node:timers/promises';
import type { Paper } from '../../../papers/paper.ts';
import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { Snapshot } from '../../../search/engine.ts';
import type { AuthorFacts } from './author.ts';
import { bibtexOf } from './bibtex.ts';
import type { FieldSelection } from './field-selection.ts';
import { semanticScholarPaper } from './paper.ts';

/** Papers between two pauses for other requests. */
const YIELD_EVERY = 100;

/**
 * Papers in Semantic Scholar's format, with the selected fields, in the given order.
 * @throws PaperSearchError INDEX_CORRUPT when a paper or a vector cannot be read.
 */
export async function presentPapers(
  snapshot: Snapshot,
  papers: Iterable<Paper> | AsyncIterable<Paper>,
  selection: FieldSelection,
): Promise<Record<string, unknown>[]> {
  const presented: Record<string, unknown>[] = [];
  let some: Paper[] = [];
  const presentSome = async () => {
    presented.push(...(await presentAtOnce(snapshot, some, selection)));
    some = [];
    await setImmediate();
  };
  for await (const paper of papers) if (some.push(paper) === YIELD_EVERY) await presentSome();
  if (some.length > 0) await presentSome();
  return presented;
}

async function presentAtOnce(
  snapshot: Snapshot,
  papers: readonly Paper[],
  selection: FieldSelection,
): Promise<Record<string, unknown>[]> {
  const counts = selection.get('authors')?.inside.has('paperCount') ?? false;
  const authorFacts = await authorFactsOf(counts ? papers.flatMap(({ authors }) => authors) : [], snapshot);
  const model = selection.has('embedding') ? (await snapshot.stats()).model.name : undefined;
  const vectors = model === undefined ? [] : await snapshot.vectors(papers.map(({ id }) => id));
  return papers.map((paper, i) => {
    const embedding = model === undefined ? undefined : { model, vector: vectors[i]! };
    return semanticScholarPaper({ paper, embedding, bibtexOf, authorFacts }, selection);
  });
}

/** The facts about the authors with these names. Other authors have no papers in the index. */
export async function authorFactsOf(names: readonly string[], snapshot: Snapshot): Promise<AuthorFacts> {
  const ids = [...new Set(names.map(authorIdOf))];
  const counts = await snapshot.countEach('s2AuthorId', ids);
  const countOf = new Map(ids.map((id, i) => [id, counts[i]!]));
  return { paperCountOf: (id) => countOf.get(id) ?? 0 };
}
