import { bm25Engine } from '../../indexes/keyword/bm25/engine.ts';
import type { Paper } from '../../papers/paper.ts';
import type { TextCondition } from '../../query/ast.ts';
import { keepPhrases } from '../../search/match/stop-words.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import type { MatchTools } from './match-tools.ts';
import { hitsInOrder } from './pages.ts';
import { ids } from './queries.ts';

/** Papers that are read for one condition: some seconds. */
const MAX_READ = 2_000;

/**
 * The papers among some that satisfy a condition on text, found out by reading them: for phrases that can be written in
 * too many ways for a query. Such phrases are long, so few papers have all their words.
 * @param among all papers that may satisfy it. @returns undefined where these are more than 2,000.
 */
export function readQuery(
  condition: TextCondition,
  among: ClusterQuery,
  { known, languages, client, index, signal }: MatchTools,
): ClusterQuery | undefined {
  if (known.count(among) > MAX_READ) return undefined;
  const found = known.fetch<
    readonly string[]
  >(`read ${JSON.stringify([condition.kind, condition.field, condition.text])}`, async () => {
    const papers: Paper[] = [];
    const source = { client, index, signal };
    for await (const { _source } of hitsInOrder('index', among, {}, source, ['paper'])) {
      papers.push(_source.paper!);
    }
    const mask = new Uint8Array(papers.length);
    (await bm25Engine.build(papers)).match(condition, mask);
    keepPhrases(condition, mask, (doc) => papers[doc]!, languages);
    return papers.filter((_, doc) => mask[doc] === 1).map(({ id }) => id);
  }, []);
  return ids(found);
}
