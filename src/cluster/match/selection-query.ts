import { REJECTIONS } from '../../papers/acceptance.ts';
import type { Condition } from '../../query/ast.ts';
import type { SearchRequest } from '../../search/api.ts';
import type { PaperSelection } from '../../search/engine.ts';
import { mayHide } from '../../search/match/rejected.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { ALIASES } from '../store/paths.ts';
import { storedKeyword } from '../store/stored-texts.ts';
import { matchConditionIn } from './condition-query.ts';
import { withValue } from './field-query.ts';
import { filterQuery } from './filter-query.ts';
import { type MatchTools, matchTools } from './match-tools.ts';
import { allOf, anyOf, EVERY_PAPER, terms, ids as withIds } from './queries.ts';

/**
 * The papers that match a whole selection. To be called inside `Lookups.resolve`.
 * @throws PaperSearchError BAD_REQUEST for a condition or a filter that the cluster cannot answer.
 */
export function selectionQuery({ condition, filters, ids }: PaperSelection, tools: MatchTools): ClusterQuery {
  return allOf([
    filterQuery(filters ?? {}, tools),
    condition ? matchConditionIn(condition, tools).query : EVERY_PAPER,
    ids ? anyOf([withIds(ids), terms(ALIASES, ids.map(storedKeyword))]) : EVERY_PAPER,
  ]);
}

/** The papers that match a selection, with all that has to be looked up for it. @throws as `selectionQuery` does. */
export function resolveSelection(selection: PaperSelection, corpus: ClusterCorpus): Promise<ClusterQuery> {
  return corpus.lookups.resolve((known) => selectionQuery(selection, matchTools(corpus, known)));
}

/**
 * The rejected submissions that an answer hides, as `hiddenSubmissions` finds them; undefined when it hides none.
 * @param condition of the query. @param match the papers that may be in the answer.
 */
export function hiddenQuery(
  request: Pick<SearchRequest, 'rejected' | 'filters'>,
  condition: Condition | undefined,
  match: ClusterQuery,
  { known }: Pick<MatchTools, 'known'>,
): ClusterQuery | undefined {
  if (!mayHide(request, condition)) return undefined;
  const hidden = allOf([match, anyOf(REJECTIONS.map((decision) => withValue('acceptance', decision)))]);
  return known.count(hidden) > 0 ? hidden : undefined;
}
