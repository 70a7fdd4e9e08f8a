import type { EverySortName } from '../../papers/internal-fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Page } from '../../search/api.ts';
import type { PageAfter } from '../../search/page-after.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { countUpTo, pageInOrder } from '../match/pages.ts';
import { allOf, ids, range, term } from '../match/queries.ts';
import { shownPaperOf } from '../store/document.ts';
import { numberPath } from '../store/paths.ts';
import type { ClusterQuery } from './lookups.ts';

/** The paper that a page begins after, and the papers of the order. */
export interface AfterSource extends PageAfter {
  readonly match: ClusterQuery;
}

/** A page of papers in a declared order. @param after where it begins instead of at its offset, in the order by arrival. */
export async function fixedPage(
  order: EverySortName,
  match: ClusterQuery,
  { offset: given, limit }: Page,
  after: AfterSource | undefined,
  cluster: ClusterCorpus,
): Promise<{ readonly total: number; readonly offset: number; readonly papers: readonly Paper[] }> {
  const offset = after ? await offsetAfter(after, cluster) : given;
  const read = ['paper', 'numbers'];
  const { total, hits } = await pageInOrder(order, match, { offset, limit }, cluster, read);
  return { total, offset, papers: hits.map(({ _source }) => shownPaperOf(_source)) };
}

/** As `offsetAfter` of `src/search/` counts. */
async function offsetAfter({ id, added, match }: AfterSource, cluster: ClusterCorpus): Promise<number> {
  const instant = Date.parse(added);
  const path = numberPath('added');
  const own = allOf([ids([id]), term(path, instant)]);
  const place = await countUpTo('added', match, own, cluster);
  if (place !== undefined) return place;
  const later = allOf([match, range(path, instant + 1, undefined)]);
  return cluster.lookups.resolve((known) => known.count(later));
}
