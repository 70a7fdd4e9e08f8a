import type { NamedArrays } from '../indexes/binary/arrays.ts';
import {
  type CitationCounts,
  type CitationGraph,
  citationGraphOf,
} from '../indexes/citations/citation-graph.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { keyDigest, workKey } from '../papers/references.ts';

/** Works that are named in a report. */
const MAX_NAMED = 10;

/** A cited work that is not in the index. */
interface MissingWork {
  /** Its identifiers, as a paper that cites it has them. */
  readonly reference: string;
  /** How many papers cite it. */
  readonly papers: number;
}

/** The links between the papers of a snapshot, and the works without a paper that most of them cite. */
export interface LinkReport extends CitationCounts {
  /** At most 10, the most cited first. */
  readonly missing: readonly MissingWork[];
}

/**
 * What the references of papers came to.
 * @param arrays columns of the papers, as `fieldArrays` returns them.
 */
export function linkReport(papers: PaperSequence, arrays: NamedArrays): LinkReport {
  const graph = citationGraphOf(arrays, papers.length)!;
  const works = Array.from({ length: graph.works }, (_, n) => graph.size + n);
  // A heap would be faster, but a sort of a million numbers takes less than the ingest of a hundred papers.
  const most = works
    .map((work) => ({ work, papers: graph.citationsOf(work).length }))
    .sort((a, b) => b.papers - a.papers || a.work - b.work)
    .slice(0, MAX_NAMED);
  const missing = most.map(({ work, papers: count }) => ({
    reference: textOf(work, graph, papers),
    papers: count,
  }));
  return {
    ...graph.counts(),
    missing: missing.sort((a, b) => b.papers - a.papers || (a.reference < b.reference ? -1 : 1)),
  };
}

/** A work as the first paper that cites it names it. */
function textOf(work: number, graph: CitationGraph, papers: PaperSequence): string {
  const { references = [] } = papers.at(graph.citationsOf(work)[0]!)!;
  return references.find((reference) => graph.workWith(keyDigest(workKey(reference))) === work)!;
}
