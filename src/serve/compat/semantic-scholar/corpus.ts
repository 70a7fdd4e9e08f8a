import { setImmediate } from 'node:timers/promises';
import type { OneSnapshot, Searcher } from '../../../search/api.ts';
import { bibtexOf } from './bibtex.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { FieldSelection } from './field-selection.ts';
import { semanticScholarPaper } from './paper.ts';

/** Papers that are told between two pauses. */
const YIELD_EVERY = 100;

/** What every answer is made from: one snapshot and, for those that need it, its catalogue (see `catalogueOf`). */
export interface Corpus {
  readonly snapshot: OneSnapshot;
  readonly catalogue: () => Promise<Catalogue>;
}

/** Runs a task on the snapshot that is current. */
export function onCorpus<T>(searcher: Searcher, task: (corpus: Corpus) => Promise<T>): Promise<T> {
  return searcher.onSnapshot((snapshot) => task({ snapshot, catalogue: () => catalogueOf(snapshot) }));
}

/** Papers with the selected fields, in the order of the positions. Lets other work through now and then. */
export async function tellPapers(
  { snapshot, catalogue }: Corpus,
  positions: readonly number[],
  selection: FieldSelection,
): Promise<Record<string, unknown>[]> {
  const counts = selection.get('authors')?.inside.has('paperCount') ? await catalogue() : undefined;
  const authorFacts = { paperCountOf: (id: string) => counts?.positionsOfAuthor(id).length ?? 0 };
  const model = selection.has('embedding') ? (await snapshot.stats()).model.name : undefined;
  const told: Record<string, unknown>[] = [];
  for (let start = 0; start < positions.length; start += YIELD_EVERY) {
    const some = positions.slice(start, start + YIELD_EVERY);
    const papers = await snapshot.papersAt(some);
    const vectors = model === undefined ? [] : await snapshot.vectorsAt(some);
    for (const [i, paper] of papers.entries()) {
      const embedding = model === undefined ? undefined : { model, vector: vectors[i]! };
      told.push(semanticScholarPaper({ paper, embedding, bibtexOf, authorFacts }, selection));
    }
    await setImmediate();
  }
  return told;
}
