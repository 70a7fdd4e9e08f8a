import { MAX_HITS } from '../limits.ts';
import type { Paper } from '../papers/paper.ts';
import { xmlDocument } from '../papers/write/xml.ts';
import type { SnowballResponse } from '../search/citations/api.ts';
import type { Snapshot } from '../search/engine.ts';

/** Links that are read at once. */
const PAGE = MAX_HITS;

/** A paper of a graph. */
interface Node {
  readonly paper: Paper;
  /** Links to the nearest seed; 0 for a seed. */
  readonly distance: number;
}

/** What a node says, with its type in GraphML. */
const DATA = {
  paper: ['string', ({ paper }: Node) => paper.id],
  title: ['string', ({ paper }: Node) => paper.title],
  authors: ['string', ({ paper }: Node) => paper.authors.join('; ')],
  venue: ['string', ({ paper }: Node) => paper.venue],
  year: ['int', ({ paper }: Node) => paper.year],
  distance: ['int', ({ distance }: Node) => distance],
} as const;

/**
 * The seeds and hits of a snowball search and all citations between them, as GraphML (Brandes et al., Graph Drawing
 * 2001). An edge leads from the citing paper to the cited one.
 * @param snapshot that answered. @throws what reading papers throws.
 */
export async function graphmlOf({ seeds, hits }: SnowballResponse, snapshot: Snapshot): Promise<string> {
  const nodes: readonly Node[] = [...seeds.map((paper) => ({ paper, distance: 0 })), ...hits];
  const numberOf = new Map(nodes.map(({ paper }, n) => [paper.id, `n${n}`]));
  const edges: { '@_source': string; '@_target': string }[] = [];
  for (const { paper } of nodes) {
    for await (const cited of citedBy(paper.id, snapshot)) {
      const target = numberOf.get(cited);
      if (target) edges.push({ '@_source': numberOf.get(paper.id)!, '@_target': target });
    }
  }
  return xmlDocument({
    graphml: {
      '@_xmlns': 'http://graphml.graphdrawing.org/xmlns',
      key: Object.entries(DATA).map(([name, [type]]) => ({
        '@_id': name,
        '@_for': 'node',
        '@_attr.name': name,
        '@_attr.type': type,
      })),
      graph: {
        '@_edgedefault': 'directed',
        node: nodes.map((node) => ({
          '@_id': numberOf.get(node.paper.id)!,
          data: Object.entries(DATA).flatMap(([name, [, read]]) => {
            const value = read(node);
            return value === undefined || value === '' ? [] : [{ '@_key': name, '#text': value }];
          }),
        })),
        edge: edges,
      },
    },
  });
}

/** The ids of the papers of the index that a paper cites. */
async function* citedBy(id: string, snapshot: Snapshot): AsyncIterable<string> {
  let total = 1;
  for (let offset = 0; offset < total; offset += PAGE) {
    const page = await snapshot.citations(id, { direction: 'references', limit: PAGE, offset });
    total = page.total;
    for (const { paper } of page.hits) yield paper.id;
  }
}
