import type { Language } from '../../text/languages.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { Known } from '../search/lookups.ts';

/** What conditions and filters are compiled with. */
export interface MatchTools extends Pick<ClusterCorpus, 'client' | 'index' | 'signal'> {
  /** Those that the papers of the corpus were analysed in, the most frequent first. */
  readonly languages: readonly Language[];
  readonly known: Known;
}

/** The tools of a snapshot. @param known of `Lookups.resolve`. */
export function matchTools(
  { client, index, signal, meta }: Pick<ClusterCorpus, 'client' | 'index' | 'signal' | 'meta'>,
  known: Known,
): MatchTools {
  return { client, index, signal, languages: meta.languages, known };
}
