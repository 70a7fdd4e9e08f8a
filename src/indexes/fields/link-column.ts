import type { Paper } from '../../papers/paper.ts';
import {
  CITATION_ARRAYS,
  type CitationGraph,
  citationGraphOf,
  withoutCitations,
} from '../citations/citation-graph.ts';
import { LinkBuilder } from '../citations/link-builder.ts';
import type { ColumnDefinition } from './column.ts';

/** The key of the column with the links between papers. */
export const LINKS = 'cites';

/** The array with the number of links that papers name, both those that they cite and those that cite them. */
const NAMED = 'citesNamed';

function namesLinks({ references = [], citedBy = [] }: Paper): boolean {
  return references.length + citedBy.length > 0;
}

/** The column of the links between papers. A snapshot from before there were any has none, and no paper is read for them. */
export function linkColumn(): ColumnDefinition<CitationGraph> {
  return {
    key: LINKS,
    arrays: CITATION_ARRAYS,
    whenMissing: withoutCitations,
    writer: (size) => {
      const builder = new LinkBuilder();
      return {
        add: (doc, paper) => builder.add(doc, paper),
        finish: () => ({ ...builder.finish(size), [NAMED]: Uint32Array.of(builder.links) }),
      };
    },
    // A fresh paper may be one that others name: where any paper names one, all are looked at.
    change: ({ [NAMED]: named }, { size, fresh }) =>
      named?.[0] === 0 && fresh.every(({ paper }) => !namesLinks(paper))
        ? { ...new LinkBuilder().finish(size), [NAMED]: named.slice() }
        : undefined,
    read: citationGraphOf,
  };
}
