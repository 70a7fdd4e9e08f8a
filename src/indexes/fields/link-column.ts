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

/** The column of the links between papers. A snapshot from before there were any has none, and no paper is read for them. */
export function linkColumn(): ColumnDefinition<CitationGraph> {
  return {
    key: LINKS,
    arrays: CITATION_ARRAYS,
    whenMissing: withoutCitations,
    writer: (size) => {
      const builder = new LinkBuilder();
      return { add: (doc, paper) => builder.add(doc, paper), finish: () => builder.finish(size) };
    },
    read: citationGraphOf,
  };
}
