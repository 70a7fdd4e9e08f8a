import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { Known } from '../search/lookups.ts';
import type { TextTools } from './text-query.ts';

/** What conditions and filters are compiled with. */
export interface MatchTools extends TextTools, Pick<ClusterCorpus, 'client' | 'index' | 'signal'> {}

/** The tools of a snapshot. @param known of `Lookups.resolve`. */
export function matchTools(
  { client, index, signal, meta }: Pick<ClusterCorpus, 'client' | 'index' | 'signal' | 'meta'>,
  known: Known,
): MatchTools {
  return { client, index, signal, languages: meta.languages, known };
}
