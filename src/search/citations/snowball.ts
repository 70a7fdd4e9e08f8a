import type { CitationGraph, LinkDirection } from '../../indexes/citations/citation-graph.ts';
import { MAX_HITS } from '../../limits.ts';
import { pause } from '../../util/pause.ts';
import type { Corpus } from '../corpus.ts';
import { pageOf } from '../request.ts';
import type {
  OutsideWork,
  SnowballDirection,
  SnowballHit,
  SnowballLink,
  SnowballRequest,
  SnowballResponse,
} from './api.ts';
import { outsideOf } from './citations.ts';

/** Most links of a hit that are listed. */
const MAX_LINKS = 20;
/** Papers between two pauses that let other requests run. */
const YIELD_EVERY = 10_000;

/** The ends of a paper's links that each direction follows. */
export const FOLLOWED: Readonly<Record<SnowballDirection, readonly LinkDirection[]>> = {
  backward: ['references'],
  forward: ['citations'],
  both: ['references', 'citations'],
};

/** What links reach: the distance from the nearest seed by position, -1 for what they do not, and the links that lead there. */
interface Reached {
  readonly distances: Int8Array;
  readonly links: Uint32Array;
  readonly docs: readonly number[];
}

/**
 * The papers that links lead to from some papers, breadth first. The order is: the smaller distance, the more links to
 * papers at the distance before, the newer, the title. See `Snapshot.snowball`.
 * @param request checked.
 */
export async function findSnowball(
  { ids, direction = 'both', depth = 1, ...request }: SnowballRequest,
  { fields, docOf, paperAt }: Pick<Corpus, 'fields' | 'docOf' | 'paperAt'>,
): Promise<Omit<SnowballResponse, 'tookMs'>> {
  const page = pageOf(request);
  const graph = fields.links;
  const seeds = [...new Set(ids.map(docOf))];
  await fields.prepare([], ['date']);
  const reached = await follow(seeds, FOLLOWED[direction], depth, graph);
  const docs = inOrder(reached, newestFirst(reached, fields));
  const { distances, links } = reached;
  return {
    seeds: seeds.map(paperAt),
    direction,
    depth,
    total: docs.length,
    outside: direction === 'forward' ? [] : outsideWorks(seeds, graph, paperAt),
    ...page,
    hits: docs.slice(page.offset, page.offset + page.limit).map((doc, i): SnowballHit => {
      const via = linksTo(doc, FOLLOWED[direction], reached, graph);
      return {
        rank: page.offset + i + 1,
        paper: paperAt(doc),
        distance: distances[doc]!,
        links: links[doc]!,
        via: via.slice(0, MAX_LINKS).map(({ doc: near, relation }) => ({ id: paperAt(near).id, relation })),
        citations: graph.count(doc, 'citations'),
      };
    }),
  };
}

async function follow(
  seeds: readonly number[],
  directions: readonly LinkDirection[],
  depth: number,
  graph: CitationGraph,
): Promise<Reached> {
  const distances = new Int8Array(graph.size).fill(-1);
  const links = new Uint32Array(graph.size);
  for (const seed of seeds) distances[seed] = 0;
  const docs: number[] = [];
  let last = seeds;
  for (let distance = 1; distance <= depth && last.length > 0; distance++) {
    const next: number[] = [];
    for (const [n, doc] of last.entries()) {
      if (n % YIELD_EVERY === 0) await pause();
      for (const direction of directions) {
        for (const other of graph.linked(doc, direction)) {
          if (distances[other] === -1) {
            distances[other] = distance;
            next.push(other);
          }
          if (distances[other] === distance) links[other]!++;
        }
      }
    }
    docs.push(...next);
    last = next;
  }
  return { distances, links, docs };
}

/** The rank of each reached paper by date, 0 for the newest; ties by title. */
function newestFirst({ docs }: Reached, fields: Corpus['fields']): ReadonlyMap<number, number> {
  const mask = new Uint8Array(fields.size);
  for (const doc of docs) mask[doc] = 1;
  return new Map(fields.order('date', mask, 0, docs.length).map((doc, rank) => [doc, rank]));
}

function inOrder({ docs, distances, links }: Reached, ages: ReadonlyMap<number, number>): number[] {
  return [...docs].sort(
    (a, b) => distances[a]! - distances[b]! || links[b]! - links[a]! || ages.get(a)! - ages.get(b)!,
  );
}

/** The links of a paper to papers at the distance before its own. */
function linksTo(
  doc: number,
  directions: readonly LinkDirection[],
  { distances }: Reached,
  graph: CitationGraph,
): { readonly doc: number; readonly relation: SnowballLink['relation'] }[] {
  const before = distances[doc]! - 1;
  return directions.flatMap((direction) => {
    // Seen from the paper, the link has the other direction.
    const [end, relation] =
      direction === 'references' ? (['citations', 'citedBy'] as const) : (['references', 'cites'] as const);
    return Array.from(graph.linked(doc, end))
      .filter((other) => distances[other] === before)
      .map((other) => ({ doc: other, relation }));
  });
}

function outsideWorks(
  seeds: readonly number[],
  graph: CitationGraph,
  paperAt: Corpus['paperAt'],
): OutsideWork[] {
  const works = new Map<number, OutsideWork>();
  for (const seed of seeds) {
    const once = new Map(
      outsideOf(seed, paperAt(seed), graph).map(({ work, reference }) => [work, reference]),
    );
    for (const [work, reference] of once) {
      const known = works.get(work);
      works.set(work, { reference: known?.reference ?? reference, links: (known?.links ?? 0) + 1 });
    }
  }
  return [...works.values()]
    .sort((a, b) => b.links - a.links || (a.reference < b.reference ? -1 : 1))
    .slice(0, MAX_HITS);
}
