import type { Suggestion } from '../../../search/suggest/values.ts';
import { ATOM_TYPE, OPENSEARCH_NAMESPACE } from './atom.ts';
import { xmlDocument } from './xml.ts';

export const OPENSEARCH_TYPE = 'application/opensearchdescription+xml';
export const SUGGESTIONS_TYPE = 'application/x-suggestions+json';

/** The description by which a browser adds the search (OpenSearch 1.1). @param base of the server, without a slash at its end. */
export function openSearchDescription(base: string): string {
  const url = (type: string, template: string) => ({ '@_type': type, '@_template': `${base}${template}` });
  return xmlDocument({
    OpenSearchDescription: {
      '@_xmlns': OPENSEARCH_NAMESPACE,
      ShortName: 'paper-search',
      Description: 'Papers by what they say',
      InputEncoding: 'UTF-8',
      OutputEncoding: 'UTF-8',
      Url: [
        url('text/html', '/?q={searchTerms}'),
        url(SUGGESTIONS_TYPE, '/opensearch/suggestions?q={searchTerms}'),
        {
          ...url(ATOM_TYPE, '/search.atom?q={searchTerms}&offset={startIndex?}&limit={count?}'),
          '@_indexOffset': 0,
        },
        { ...url(OPENSEARCH_TYPE, '/opensearch.xml'), '@_rel': 'self' },
      ],
    },
  });
}

/** Completions as browsers read them (OpenSearch Suggestions 1.0): what was typed, then what it may become. */
export function browserSuggestions(typed: string, suggestions: readonly Suggestion[]): [string, string[]] {
  return [typed, suggestions.map(({ text }) => text)];
}
