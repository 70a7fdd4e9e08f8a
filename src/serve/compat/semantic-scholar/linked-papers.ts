import type { LinkDirection } from '../../../indexes/citations/citation-graph.ts';
import type { PaperSelection } from '../../../search/engine.ts';

/** The papers of the index that a paper cites (`references`), or that cite it (`citations`). @param id our id. */
export function linkedPapers(id: string, direction: LinkDirection): PaperSelection {
  const fact = direction === 'citations' ? 'cites' : 'citedBy';
  return { condition: { kind: 'fact', fact, text: id, span: { start: 0, end: id.length } } };
}
