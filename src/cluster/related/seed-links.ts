import type { Paper } from '../../papers/paper.ts';
import { outsideOf } from '../../search/citations/citations.ts';
import {
  type LinkKnowledge,
  linkedTo,
  linkSimilarities,
  sharedLinks,
  vicinityOf,
  vicinityPapers,
} from '../../search/related/link-similarity.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { type LinkGraph, LinkNeighbourhood } from '../links/link-neighbourhood.ts';
import { readVectors } from '../match/listing.ts';

/** Linked papers and works whose own links are read: those of more are not evidence. */
const MAX_LINKED = 500;
/** Papers whose links are read at all. */
const MAX_READ = 20_000;
/** Papers that are candidates because of their links with a seed. */
const MAX_CANDIDATES = 500;

/** The links of the papers that related papers are wanted of. */
export interface SeedLinks {
  /** The papers with the most evidence of links with each seed. */
  readonly ids: readonly string[];
  /** The mean vector of the papers that a seed is linked with (`vicinityOf`). */
  vicinityOf(id: string): Float32Array | undefined;
  /** What is known of the links of a corpus. @param papers by position. */
  over(papers: readonly Pick<Paper, 'id'>[]): LinkKnowledge;
}

/** No links: in the modes that do not use any, and for seeds without. */
export const WITHOUT_LINKS: SeedLinks = {
  ids: [],
  vicinityOf: () => undefined,
  over: () => ({
    similaritiesTo: () => undefined,
    vicinityOf: () => undefined,
    shared: () => undefined,
  }),
};

/**
 * Reads the links of papers and of what they are linked with. Where these are very many, those of the first papers of the
 * index are the evidence.
 */
export async function readSeedLinks(seeds: readonly Paper[], cluster: ClusterCorpus): Promise<SeedLinks> {
  const around = await readAround(seeds, cluster);
  const { graph, papers, docOf } = around;
  const docs = seeds.map(({ id }) => docOf(id)!);
  if (docs.every((doc) => linkedTo(doc, graph).size === 0)) return WITHOUT_LINKS;
  const similarities = new Map(docs.map((doc) => [doc, linkSimilarities(doc, graph)]));
  const vicinities = await readVicinities(docs, around, cluster);
  const likely = docs.flatMap((doc) => best(similarities.get(doc) ?? new Map()));
  return {
    ids: [...new Set(likely)].map((doc) => papers[doc]!.id),
    vicinityOf: (id) => vicinities.get(docOf(id)!),
    over: (others) => {
      const here = new Map(others.map(({ id }, doc) => [docOf(id), doc]));
      const there = (doc: number) => docOf(others[doc]!.id);
      return {
        similaritiesTo: (seed) => {
          const found = similarities.get(there(seed)!);
          if (!found) return undefined;
          return new Map(
            Array.from(found).flatMap(([doc, similarity]) => {
              const own = here.get(doc);
              return own === undefined ? [] : [[own, similarity] as const];
            }),
          );
        },
        vicinityOf: (seed) => vicinities.get(there(seed)!),
        shared: (doc, seed) => {
          const other = there(doc);
          return other === undefined ? undefined : sharedLinks(other, there(seed)!, graph);
        },
      };
    },
  };
}

/** The links of seeds, of the papers that they are linked with, and of the works outside of the index that they cite. */
async function readAround(seeds: readonly Paper[], cluster: ClusterCorpus): Promise<LinkGraph> {
  const neighbourhood = new LinkNeighbourhood(cluster, MAX_READ);
  await neighbourhood.expand(seeds);
  const { graph, papers, docOf } = neighbourhood.graph();
  const docs = seeds.map(({ id }) => docOf(id)!);
  const linked = new Set(
    docs.flatMap((doc) => [...linkedTo(doc, graph)]).filter((work) => work < graph.size),
  );
  const next = [...linked].sort((a, b) => a - b).slice(0, MAX_LINKED);
  const outside = docs.flatMap((doc) =>
    outsideOf(doc, papers[doc]!, graph).map(({ reference }) => reference),
  );
  await neighbourhood.expand(next.map((doc) => papers[doc]!));
  await neighbourhood.expandWorks(outside.slice(0, MAX_LINKED));
  return neighbourhood.graph();
}

async function readVicinities(
  docs: readonly number[],
  { graph, papers }: LinkGraph,
  cluster: ClusterCorpus,
): Promise<ReadonlyMap<number, Float32Array | undefined>> {
  const near = [...new Set(docs.flatMap((doc) => vicinityPapers(doc, graph)))];
  const vectors = await readVectors(
    near.map((doc) => papers[doc]!.id),
    cluster,
  );
  const vectorOf = new Map(near.map((doc, i) => [doc, vectors[i]!]));
  return new Map(docs.map((doc) => [doc, vicinityOf(doc, graph, (other) => vectorOf.get(other)!)]));
}

function best(similarities: ReadonlyMap<number, number>): number[] {
  return Array.from(similarities)
    .sort(([docA, a], [docB, b]) => b - a || docA - docB)
    .slice(0, MAX_CANDIDATES)
    .map(([doc]) => doc);
}
