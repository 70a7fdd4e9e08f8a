import { setImmediate } from 'node:timers/promises';
import type { Snapshot } from '../../../search/engine.ts';
import { type Positions, positionsIn } from '../../../search/positions.ts';
import { bibtexOf } from './bibtex.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { FieldSelection } from './field-selection.ts';
import { semanticScholarPaper } from './paper.ts';

/** Papers that are told between two pauses. */
const YIELD_EVERY = 100;

/** What every answer is made from: one snapshot and, for those that need it, its catalogue (see `catalogueOf`). */
export interface Corpus {
  readonly snapshot: Snapshot;
  readonly positions: Positions;
  readonly catalogue: () => Promise<Catalogue>;
}

/** What answers are made from while a snapshot is held. @throws PaperSearchError INTERNAL without positions. */
export function corpusOf(snapshot: Snapshot): Corpus {
  const positions = positionsIn(snapshot);
  return { snapshot, positions, catalogue: () => catalogueOf(snapshot, positions) };
}

/** Papers with the selected fields, in the order of their positions. Lets other work through now and then. */
export async function tellPapers(
  { snapshot, positions, catalogue }: Corpus,
  docs: readonly number[],
  selection: FieldSelection,
): Promise<Record<string, unknown>[]> {
  const counts = selection.get('authors')?.inside.has('paperCount') ? await catalogue() : undefined;
  const authorFacts = { paperCountOf: (id: string) => counts?.positionsOfAuthor(id).length ?? 0 };
  const model = selection.has('embedding') ? (await snapshot.stats()).model.name : undefined;
  const told: Record<string, unknown>[] = [];
  for (let start = 0; start < docs.length; start += YIELD_EVERY) {
    const some = docs.slice(start, start + YIELD_EVERY);
    const papers = await positions.papersAt(some);
    const vectors = model === undefined ? [] : await snapshot.vectors(papers.map(({ id }) => id));
    for (const [i, paper] of papers.entries()) {
      const embedding = model === undefined ? undefined : { model, vector: vectors[i]! };
      told.push(semanticScholarPaper({ paper, embedding, bibtexOf, authorFacts }, selection));
    }
    await setImmediate();
  }
  return told;
}
