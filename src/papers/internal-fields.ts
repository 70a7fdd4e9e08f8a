import { firstDayOf } from './day.ts';
import type { Field } from './field.ts';
import { FIELDS, type FieldWith, type NameOf } from './fields.ts';
import type { Paper } from './paper.ts';
import { fieldsOfStudyOf } from './semantic-scholar/fields-of-study.ts';
import { authorIdOf, corpusIdOf, paperIdOf } from './semantic-scholar/identity.ts';
import { urlKey } from './semantic-scholar/urls.ts';

/**
 * Fields that only the APIs compatible with Semantic Scholar and arXiv use. They are not parameters, options or
 * facets, and the index does not store them: a column is built from the papers when a request first needs it, and kept
 * in memory (some 100 bytes a paper for each identifier, less for the others).
 */
export const INTERNAL_FIELDS = [
  {
    name: 'day',
    kind: 'number',
    unit: 'day',
    label: 'Day',
    description: 'the first day that the date of the paper allows',
    internal: true,
    numberOf: firstDayOf,
    filter: true,
    sort: { by: 'number', key: firstDayOf, direction: 'descending', ties: 's2PaperId' },
  },
  {
    name: 'oldestDay',
    kind: 'order',
    label: 'Day',
    description: 'the first day that the date of the paper allows, the oldest first',
    internal: true,
    sort: { by: 'number', key: firstDayOf, direction: 'ascending', ties: 's2PaperId' },
  },
  {
    name: 'fieldOfStudy',
    kind: 'values',
    matches: 'exact',
    label: 'Field of study',
    description: 'a field of study of Semantic Scholar',
    internal: true,
    valuesOf: fieldsOfStudyOf,
    filter: true,
  },
  {
    name: 's2PaperId',
    kind: 'identifier',
    label: 'paperId',
    description: 'a paperId of Semantic Scholar, 40 hexadecimal digits',
    internal: true,
    keysOf: (paper: Paper) => [paperIdOf(paper)],
    lookUp: (id: string) => [id.toLowerCase()],
    filter: true,
    sort: { by: 'text', key: paperIdOf },
  },
  {
    name: 'mostCited',
    kind: 'order',
    label: 'Citations',
    description: 'how many papers of the index cite it, the most cited first',
    internal: true,
    sort: { by: 'count', direction: 'citations', ties: 's2PaperId' },
  },
  {
    name: 'leastCited',
    kind: 'order',
    label: 'Citations',
    description: 'how many papers of the index cite it, the least cited first',
    internal: true,
    sort: { by: 'count', direction: 'citations', isAscending: true, ties: 's2PaperId' },
  },
  {
    name: 's2CorpusId',
    kind: 'identifier',
    label: 'corpusId',
    description: 'a corpusId of Semantic Scholar, decimal digits',
    internal: true,
    keysOf: (paper: Paper) => [String(corpusIdOf(paper))],
    lookUp: (id: string) => [id.replace(/^0+(?=\d)/, '')],
    filter: true,
  },
  {
    name: 's2AuthorId',
    kind: 'identifier',
    label: 'authorId',
    description: 'an authorId of Semantic Scholar, decimal digits',
    internal: true,
    keysOf: ({ authors }: Paper) => [...new Set(authors.map(authorIdOf))],
    lookUp: (id: string) => [id.replace(/^0+(?=\d)/, '')],
    filter: true,
  },
  {
    name: 'url',
    kind: 'identifier',
    label: 'URL',
    description: 'a web address of the paper or its PDF',
    internal: true,
    keysOf: ({ urls: { landing, pdf } }: Paper) => [
      ...new Set([landing, pdf].flatMap((url) => (url ? [urlKey(url)] : []))),
    ],
    lookUp: (url: string) => [urlKey(url)],
    filter: true,
  },
] as const satisfies readonly (Field & { readonly internal: true })[];

type Internal = (typeof INTERNAL_FIELDS)[number];
type InternalWith<Part> = Extract<Internal, Part>;

/** All fields that the engine knows, those of other APIs included. */
export const EVERY_FIELD: readonly Field[] = [...FIELDS, ...INTERNAL_FIELDS];

/** Names of all fields of a kind, and of all that papers can be sorted by. */
export type EveryNameOf<Kind extends Field['kind']> =
  | NameOf<Kind & FieldWith<object>['kind']>
  | InternalWith<{ kind: Kind }>['name'];
export type EverySortName = FieldWith<{ sort: object }>['name'] | InternalWith<{ sort: object }>['name'];

/** All fields that papers can be filtered by. */
export type EveryFilterField = FieldWith<{ filter: true }> | InternalWith<{ filter: true }>;
export const EVERY_FILTER_FIELD = [...FIELDS, ...INTERNAL_FIELDS].filter(
  (field): field is EveryFilterField => 'filter' in field,
);
