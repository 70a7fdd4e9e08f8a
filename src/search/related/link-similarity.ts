import type { CitationGraph } from '../../indexes/citations/citation-graph.ts';

/** The links between a hit and a seed; counts are 0 where there are none. */
export interface SharedLinks {
  /** Whether the hit cites the seed, and whether the seed cites the hit. */
  readonly cites: boolean;
  readonly citedBy: boolean;
  /** Papers of the index that cite both. */
  readonly citedTogether: number;
  /** Works that both cite, in the index or not. */
  readonly sharedReferences: number;
}

/** What the links of a seed add to the similarity of texts. */
export interface LinkWeights {
  /** Times the link similarity, 0 to 1. */
  readonly link: number;
  /** Times the mean cosine to the papers that the seed is linked with. */
  readonly vicinity: number;
}

/** What is known of the links of papers, which are known by their positions. */
export interface LinkKnowledge {
  /** As `linkSimilarities`. */
  similaritiesTo(seed: number): ReadonlyMap<number, number> | undefined;
  /** As `vicinityOf`. */
  vicinityOf(seed: number): Float32Array | undefined;
  /** As `sharedLinks`. */
  shared(doc: number, seed: number): SharedLinks | undefined;
}

/** What a graph of all papers knows. @param vectorAt as for `vicinityOf`. */
export function knowledgeOf(graph: CitationGraph, vectorAt: (doc: number) => Float32Array): LinkKnowledge {
  return {
    similaritiesTo: (seed) => linkSimilarities(seed, graph),
    vicinityOf: (seed) => vicinityOf(seed, graph, vectorAt),
    shared: (doc, seed) => sharedLinks(doc, seed, graph),
  };
}

/** scripts/measurements/citations.md has the figures behind these numbers. */
export const LINK_WEIGHTS: LinkWeights = { link: 0.4, vicinity: 0.4 };
/** Linked papers whose vectors are read. */
const MAX_VICINITY = 100;
/** The evidence of a direct link: that of a neighbour of both which is linked to nothing else. */
const DIRECT = 1 / Math.log(2);

/**
 * The link similarity of papers to a seed: a / (a + 1) with
 *
 *   a = Σ 1 / ln(1 + links of x) over the works x that both are linked to + 1 / ln 2 where they are linked themselves.
 *
 * Linked are works one of which cites the other, so that a counts papers that cite both (co-citation, Small 1973), works
 * that both cite (bibliographic coupling, Kessler 1963) and papers between them. A work of many links says little (Adamic
 * and Adar, Social Networks 2003).
 * @returns by position; only papers with a similarity above 0. Undefined for a seed without links.
 */
export function linkSimilarities(doc: number, graph: CitationGraph): ReadonlyMap<number, number> | undefined {
  const linked = linkedTo(doc, graph);
  if (linked.size === 0) return undefined;
  const evidence = new Map<number, number>();
  const add = (other: number, weight: number) => evidence.set(other, (evidence.get(other) ?? 0) + weight);
  for (const work of linked) {
    if (work < graph.size) add(work, DIRECT);
    const around = linkedTo(work, graph);
    const weight = 1 / Math.log(1 + around.size);
    for (const other of around) if (other < graph.size && other !== doc) add(other, weight);
  }
  for (const [other, sum] of evidence) evidence.set(other, sum / (sum + 1));
  return evidence;
}

/**
 * The sum of the vectors of the papers that a seed is linked with, divided by their number + 1: its inner product with a
 * paper's vector is the mean cosine, which is the lower the fewer they are. Of many papers, the first 100 of the index.
 * @param vectorAt L2-normalised; need be valid until the next call only. @returns undefined where there are none.
 */
export function vicinityOf(
  doc: number,
  graph: CitationGraph,
  vectorAt: (doc: number) => Float32Array,
): Float32Array | undefined {
  const near = vicinityPapers(doc, graph);
  if (near.length === 0) return undefined;
  const sum = new Float32Array(vectorAt(near[0]!).length);
  for (const each of near) {
    const vector = vectorAt(each);
    for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  }
  return sum.map((value) => value / (near.length + 1));
}

/** The papers that a seed is linked with, in the order of the index, at most 100. */
export function vicinityPapers(doc: number, graph: CitationGraph): number[] {
  const papers = [...linkedTo(doc, graph)].filter((work) => work < graph.size);
  return papers.sort((a, b) => a - b).slice(0, MAX_VICINITY);
}

/** The links between a paper and a seed; undefined where there are none. */
export function sharedLinks(doc: number, seed: number, graph: CitationGraph): SharedLinks | undefined {
  const cites = graph.referencesOf(doc).includes(seed);
  const citedBy = graph.referencesOf(seed).includes(doc);
  const citedTogether = common(graph.citationsOf(doc), graph.citationsOf(seed));
  const sharedReferences = common(graph.worksOf(doc), graph.worksOf(seed));
  const areLinked = cites || citedBy || citedTogether > 0 || sharedReferences > 0;
  return areLinked ? { cites, citedBy, citedTogether, sharedReferences } : undefined;
}

/** The works that a work cites and that cite it, each once. */
export function linkedTo(work: number, graph: CitationGraph): Set<number> {
  const cited = work < graph.size ? graph.worksOf(work) : [];
  return new Set([...cited, ...graph.citationsOf(work)]);
}

/** How many numbers are in both of two ascending lists. */
function common(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) count++;
    const [before, after] = [a[i]!, b[j]!];
    if (before <= after) i++;
    if (after <= before) j++;
  }
  return count;
}
