import { buildFields } from '../../indexes/fields/build.ts';
import { FieldIndex } from '../../indexes/fields/field-index.ts';
import { FIELDS } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { SnowballRequest, SnowballResponse } from '../../search/citations/api.ts';
import { FOLLOWED, findSnowball } from '../../search/citations/snowball.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { readPapers } from '../match/listing.ts';
import { linkCountsOf } from './citations.ts';
import { type LinkGraph, LinkNeighbourhood, type LinkSource } from './link-neighbourhood.ts';

/** The fields that order papers by links and date. */
const READ_FIELDS = FIELDS.filter(({ name }) => ['date', 'title', 'cites'].includes(name));

/**
 * The papers that links lead to from some papers: those around the seeds are read one step after another, and the search
 * runs on them as on an index. See `Snapshot.snowball`.
 * @param request checked.
 */
export async function snowballIn(
  request: SnowballRequest,
  cluster: ClusterCorpus,
): Promise<Omit<SnowballResponse, 'tookMs'>> {
  const given = await readPapers(request.ids, cluster);
  const seeds = [...new Map(given.map((paper) => [paper.id, paper])).values()];
  const around = await readAround(seeds, request, cluster);
  const fields = await fieldsOf(around);
  const answer = await findSnowball(
    { ...request, ids: seeds.map(({ id }) => id) },
    { fields, docOf: (id) => around.docOf(id)!, paperAt: (doc) => around.papers[doc]! },
  );
  const papers = await readPapers(
    answer.hits.map(({ paper }) => paper.id),
    cluster,
  );
  const counts = await linkCountsOf(papers, cluster);
  return {
    ...answer,
    seeds,
    hits: answer.hits.map((hit, i) => ({ ...hit, paper: papers[i]!, citations: counts[i]!.citations })),
  };
}

/** The papers that are at most as many links away as the request says, with all links that lead there. */
async function readAround(
  seeds: readonly Paper[],
  { direction = 'both', depth = 1 }: SnowballRequest,
  source: LinkSource,
): Promise<LinkGraph> {
  const neighbourhood = new LinkNeighbourhood(source);
  const reached = new Set(seeds.map(({ id }) => id));
  let last = seeds;
  let around = neighbourhood.graph();
  for (let distance = 1; distance <= depth && last.length > 0; distance++) {
    await neighbourhood.expand(last);
    around = neighbourhood.graph();
    const { graph, papers, docOf } = around;
    const next: Paper[] = [];
    for (const { id } of last) {
      for (const end of FOLLOWED[direction]) {
        for (const doc of graph.linked(docOf(id)!, end)) {
          const other = papers[doc]!;
          if (reached.has(other.id)) continue;
          reached.add(other.id);
          next.push(other);
        }
      }
    }
    last = next;
  }
  return around;
}

async function fieldsOf({ papers }: LinkGraph): Promise<FieldIndex> {
  const sequence = { length: papers.length, at: (doc: number) => papers[doc] };
  const parts = await buildFields(sequence, undefined, READ_FIELDS);
  return new FieldIndex(new Uint8Array(Buffer.concat(parts)), sequence, READ_FIELDS);
}
