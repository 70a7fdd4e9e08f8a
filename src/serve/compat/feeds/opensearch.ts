import { ATOM_TYPE, OPENSEARCH_NAMESPACE } from '../../../papers/write/atom.ts';
import { xmlDocument } from '../../../papers/write/xml.ts';
import type { Suggestion } from '../../../search/suggest/values.ts';

export const OPENSEARCH_TYPE = 'application/opensearchdescription+xml';
export const SUGGESTIONS_TYPE = 'application/x-suggestions+json';

/**
 * The OpenSearch 1.1 description, with which a browser adds the search.
 * @param base URL of the server without a final slash.
 */
export function openSearchDescription(base: string): string {
  const url = (type: string, template: string) => ({ '@_type': type, '@_template': `${base}${template}` });
  return xmlDocument({
    OpenSearchDescription: {
      '@_xmlns': OPENSEARCH_NAMESPACE,
      ShortName: 'paper-search',
      Description: 'Search the abstracts of papers',
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

/** Suggestions in the format of browsers (OpenSearch Suggestions 1.0): the typed text, then the suggestions. */
export function browserSuggestions(typed: string, suggestions: readonly Suggestion[]): [string, string[]] {
  return [typed, suggestions.map(({ text }) => text)];
}
