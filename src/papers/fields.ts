import { foldValue } from '../text/fold-value.ts';
import { isUnpublished } from './acceptance.ts';
import { dateOf, yearOf } from './day.ts';
import type { Field } from './field.ts';
import { identifierKey, identifierKeys, withoutVersion } from './identifiers.ts';
import { languageCode } from './language-codes.ts';
import type { Paper } from './paper.ts';
import { publicationTypeOf } from './publication-type.ts';

/**
 * The fields of papers, each declared here and nowhere else. What the index stores, filters, facets, orders, the query
 * language, parameters over HTTP, the OpenAPI document, inputs of agents, options of the command line and the page
 * derive from this list. Facets are shown in its order.
 */
export const FIELDS = [
  {
    name: 'date',
    kind: 'order',
    label: 'Date',
    description: 'the date of publication',
    // Papers with a year alone come after those of that year with a day.
    sort: { by: 'number', key: dateOf, direction: 'descending', ties: 'title' },
  },
  {
    name: 'title',
    kind: 'text',
    label: 'Title',
    description: 'words of the title',
    text: { property: 'title', place: 0 },
    query: ['title'],
    sort: { by: 'text', key: ({ title }: Paper) => titleSortKey(title) },
  },
  {
    name: 'abstract',
    kind: 'text',
    label: 'Abstract',
    description: 'words of the abstract',
    text: { property: 'abstract', place: 1 },
    query: ['abstract'],
  },
  {
    name: 'year',
    kind: 'number',
    unit: 'year',
    label: 'Year',
    description: 'a year or a range: 2023, 2020..2024, >=2022',
    placeholder: 'range',
    numberOf: yearOf,
    filter: true,
    facet: true,
    query: ['year'],
  },
  {
    name: 'venue',
    kind: 'values',
    matches: 'phrase',
    label: 'Venue',
    description: 'a venue, or words of its name',
    text: { property: 'venue', place: 4 },
    valuesOf: ({ venue }: Paper) => [venue],
    filter: true,
    facet: true,
    query: ['venue'],
  },
  {
    name: 'publicationType',
    kind: 'values',
    matches: 'words',
    label: 'Publication type',
    description: 'a type of publication: conference, journal, book or chapter',
    valuesOf: (paper: Paper) => [publicationTypeOf(paper)],
    filter: true,
    facet: true,
    query: ['publicationType'],
  },
  {
    name: 'session',
    kind: 'values',
    matches: 'words',
    label: 'Session',
    description: 'a session, or words of its name',
    valuesOf: ({ session }: Paper) => [session?.name],
    filter: true,
    facet: true,
    query: ['session'],
  },
  {
    name: 'area',
    kind: 'values',
    matches: 'words',
    label: 'Area',
    description: 'an area (category), or words of it',
    valuesOf: ({ categories }: Paper) => categories,
    filter: true,
    facet: true,
    query: ['area', 'category'],
  },
  {
    name: 'keyword',
    kind: 'values',
    matches: 'phrase',
    label: 'Keyword',
    description: 'a keyword, or words of it',
    placeholder: 'words',
    text: { property: 'keywords', place: 3 },
    valuesOf: ({ keywords }: Paper) => keywords,
    foldsPlural: true,
    filter: true,
    facet: true,
    query: ['keyword', 'keywords'],
  },
  {
    name: 'author',
    kind: 'values',
    matches: 'phrase',
    label: 'Author',
    description: 'an author, or words of the name',
    text: { property: 'authors', place: 2 },
    valuesOf: ({ authors }: Paper) => authors,
    filter: true,
    facet: true,
    query: ['author', 'authors'],
  },
  {
    name: 'language',
    kind: 'values',
    matches: 'exact',
    label: 'Language',
    description:
      'the language of the paper, as an ISO 639-1 code (de, fr) where a source states it or it was detected',
    placeholder: 'code',
    valuesOf: ({ publication, language }: Paper) => [languageCode(publication?.language) ?? language],
    filter: true,
    facet: true,
    query: ['language', 'lang'],
  },
  {
    name: 'is',
    kind: 'values',
    matches: 'exact',
    label: 'Status',
    description:
      'what became of a paper (retracted, removed, withdrawn, concern, corrected), or unpublished for one that its venue did not accept',
    placeholder: 'status',
    valuesOf: ({ status, acceptance }: Paper) => [
      status?.kind,
      isUnpublished(acceptance) ? 'unpublished' : undefined,
    ],
    filter: true,
    facet: true,
    query: ['is'],
  },
  {
    name: 'acceptance',
    kind: 'values',
    matches: 'exact',
    label: 'Acceptance',
    description:
      'what the venue decided: oral, spotlight, poster, accept, workshop, submitted, withdrawn, reject or desk-reject',
    placeholder: 'decision',
    valuesOf: ({ acceptance }: Paper) => [acceptance],
    filter: true,
    facet: true,
    query: ['acceptance', 'decision'],
  },
  {
    name: 'has',
    kind: 'flags',
    label: 'Has',
    description: 'what every paper must have',
    placeholder: 'what',
    flags: {
      abstract: ({ abstract }: Paper) => abstract !== '',
      pdf: ({ urls }: Paper) => Boolean(urls.pdf),
    },
    filter: true,
    query: ['has'],
  },
  {
    name: 'id',
    kind: 'identifier',
    label: 'Id',
    description: 'an identifier of the paper: ours, a DOI, an arXiv id and so on',
    keysOf: identifierKeys,
    lookUp: (identifier: string) => {
      const key = identifierKey(identifier);
      // An arXiv version that is not in the index finds the paper all the same.
      return [key, ...(withoutVersion(key) === undefined ? [] : [withoutVersion(key)!])];
    },
    query: ['id'],
  },
  {
    name: 'cites',
    kind: 'links',
    direction: 'references',
    label: 'Cites',
    description: 'a work that it cites, by an identifier',
    query: ['cites'],
  },
  {
    name: 'citedBy',
    kind: 'links',
    direction: 'citations',
    label: 'Cited by',
    description: 'a paper that cites it, by an identifier',
    query: ['cited-by', 'citedBy'],
  },
  {
    name: 'citations',
    kind: 'number',
    unit: 'count',
    direction: 'citations',
    label: 'Citations',
    description: 'how many papers of the index cite it: 5, 5..20, >=5',
    placeholder: 'range',
    filter: true,
    query: ['citations'],
    sort: { by: 'count', direction: 'citations', ties: 'date' },
  },
  {
    name: 'references',
    kind: 'number',
    unit: 'count',
    direction: 'references',
    label: 'References',
    description: 'how many works it cites, in the index or not: 5, 5..20, >=5',
    placeholder: 'range',
    filter: true,
    query: ['references'],
  },
  {
    name: 'added',
    kind: 'number',
    unit: 'instant',
    event: 'added',
    label: 'Added',
    description:
      'when the paper came into the index: a day or an instant in UTC, or a range: 2026-11-30, 2026-11-01..2026-11-30, >=2026-11-30T08:00',
    placeholder: 'range',
    filter: true,
    query: ['added'],
    sort: { by: 'arrival', ties: 'date' },
  },
  {
    name: 'changed',
    kind: 'number',
    unit: 'instant',
    event: 'changed',
    label: 'Changed',
    description:
      'when what the paper says last changed in the index, written as for added; for an unchanged paper, when it came in',
    placeholder: 'range',
    filter: true,
    query: ['changed'],
  },
  {
    name: 'cluster',
    kind: 'cluster',
    label: 'Part of the map',
    description: 'a cluster of the map, by its name',
    filter: true,
  },
  {
    name: 'within',
    kind: 'outline',
    label: 'Within',
    description: 'a polygon on the map: x and y of its corners, from 0 to 65535',
    placeholder: 'corners',
    filter: true,
  },
] as const satisfies readonly Field[];

type Declared = (typeof FIELDS)[number];
/** A declared field of a kind, or with something else in its declaration: `FieldWith<{ facet: true }>`. */
export type FieldWith<Part> = Extract<Declared, Part>;

/** Names of the fields of a kind. */
export type NameOf<Kind extends Declared['kind']> = FieldWith<{ kind: Kind }>['name'];

/** Properties of papers whose text is indexed, in the order of stored postings. */
export type TextField = FieldWith<{ text: object }>['text']['property'];
export const TEXT_FIELDS = fieldsThat((field): field is FieldWith<{ text: object }> => 'text' in field)
  .sort((a, b) => a.text.place - b.text.place)
  .map(({ text }) => text.property) as readonly TextField[] as readonly [TextField, ...TextField[]];

/** Fields that papers can be filtered by. */
export type FilterField = FieldWith<{ filter: true }>;
export type FilterName = FilterField['name'];
export const FILTER_FIELDS = fieldsThat((field): field is FilterField => 'filter' in field);
export const FILTER_NAMES = namesOf(FILTER_FIELDS);

/** Fields whose values can be counted, in the order in which they are shown. */
export type FacetField = FieldWith<{ facet: true }>;
export type Facet = FacetField['name'];
export const FACET_FIELDS = fieldsThat((field): field is FacetField => 'facet' in field);
export const FACETS = namesOf(FACET_FIELDS);

/** Fields that papers can be sorted by. */
export type SortName = FieldWith<{ sort: object }>['name'];
export const SORT_NAMES = namesOf(
  fieldsThat((field): field is FieldWith<{ sort: object }> => 'sort' in field),
);

/** What a paper may have, by which `has` filters. */
export type HasValue = keyof FieldWith<{ kind: 'flags' }>['flags'];
export const HAS_VALUES = Object.keys(fieldNamed('has').flags) as readonly HasValue[] as readonly [
  HasValue,
  ...HasValue[],
];

/** A value of a facet, and the number of papers with it. */
export interface FacetCount {
  /** As most papers spell it. */
  readonly value: string;
  readonly count: number;
}

/** The declaration of a field. */
export function fieldNamed<N extends Declared['name']>(name: N): FieldWith<{ name: N }> {
  return FIELDS.find((field): field is FieldWith<{ name: N }> => field.name === name)!;
}

function fieldsThat<F extends Declared>(is: (field: Declared) => field is F): F[] {
  return FIELDS.filter(is);
}

function namesOf<N extends string>(fields: readonly { readonly name: N }[]): readonly [N, ...N[]] {
  return fields.map(({ name }) => name) as readonly N[] as readonly [N, ...N[]];
}

/** A title from its first letter or digit on, folded: quotes and brackets do not sort. */
function titleSortKey(title: string): string {
  return foldValue(title).replace(/^[^\p{L}\p{N}]+/u, '');
}
