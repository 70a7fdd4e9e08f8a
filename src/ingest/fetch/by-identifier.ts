import { kindOfKey } from '../../papers/identifier-shape.ts';
import { arxivIdIn } from '../../papers/identifiers/arxiv.ts';
import { identifierKey } from '../../papers/identifiers.ts';
import type { ServiceName } from './names.ts';

/** A service that may have the paper of an identifier, and how the service names it (`Selection.ids`). */
export interface IdentifierSource {
  readonly service: ServiceName;
  readonly id: string;
}

/**
 * The services to ask for the paper of an identifier, one after the other until one has it.
 * @param identifier in any form: a DOI, an arXiv, ACL Anthology, OpenAlex or PubMed identifier, an address with one.
 * @returns none for another text, and for identifiers that no service finds papers by.
 */
export function sourcesOf(identifier: string): readonly IdentifierSource[] {
  const key = identifierKey(identifier);
  switch (kindOfKey(key)) {
    case 'arxiv':
      return [{ service: 'arxiv', id: arxivIdIn(key)! }];
    case 'doi':
      // Both separate filters by such signs. OpenAlex also has DOIs of other agencies, such as DataCite's.
      return /[,|]/.test(key)
        ? []
        : [
            { service: 'crossref', id: key },
            { service: 'openalex', id: key },
          ];
    case 'acl':
      return [{ service: 'crossref', id: `10.18653/v1/${key}` }];
    case 'openalex':
      return [{ service: 'openalex', id: key.toUpperCase() }];
    case 'pmid':
      return [{ service: 'openalex', id: key }];
    default:
      return [];
  }
}
