import { z } from 'zod';
import { pageRange } from '../pages.ts';
import { publicationOf } from '../publication.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import type { RecordResult } from './record.ts';
import { worksInJson } from './references.ts';

/** Works of OpenAlex: lines of the snapshot, or responses of the API. */
export const openAlexReader = jsonReader({
  format: 'openalex',
  description: 'OpenAlex works: lines of the snapshot, or API responses { "results": […] }',
  files: ['works.jsonl', 'part_000.gz'],
  matches: (record) =>
    hasKeys(record, 'abstract_inverted_index') ||
    (typeof record.id === 'string' && /^https?:\/\/openalex\.org\/W\d/i.test(record.id)),
  toPaper,
});

/** Words further on are taken for damage. */
const LAST_POSITION = 100_000;

const invertedIndex = z.record(z.string(), z.array(z.number()), {
  error: 'Expected lists of positions by word',
});
const authorships = z
  .array(
    z.looseObject({
      author: z.looseObject({ display_name: z.string().nullish() }).nullish(),
      raw_author_name: z.string().nullish(),
    }),
    { error: 'Expected a list of authorships' },
  )
  .transform((list) => list.flatMap((each) => each.author?.display_name ?? each.raw_author_name ?? []));
const named = z
  .array(z.looseObject({ display_name: z.string().nullish(), keyword: z.string().nullish() }), {
    error: 'Expected a list of objects with a display_name',
  })
  .transform((list) => list.flatMap((each) => each.display_name ?? each.keyword ?? []));

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = plainText(fields.read(FIELD.text, 'title', 'display_name') ?? '');
  const abstract = wordsInOrder(fields.read(invertedIndex, 'abstract_inverted_index') ?? {});
  if (!title.trim() && !abstract.trim()) {
    const reason = 'The work has neither title nor abstract.';
    return { rejected: fields.problems[0] ?? { field: 'title', reason } };
  }
  const location = fields.nested('primary_location');
  const source = location.nested('source');
  const access = fields.nested('open_access');
  const ids = fields.nested('ids');
  const biblio = fields.nested('biblio');
  const landing = location.read(FIELD.text, 'landing_page_url');
  const paper = {
    title,
    abstract,
    authors: fields.read(authorships, 'authorships') ?? [],
    venue: source.read(FIELD.text, 'display_name'),
    year: fields.read(FIELD.year, 'publication_year'),
    date: fields.read(FIELD.text, 'publication_date'),
    publication: publicationOf({
      volume: biblio.read(FIELD.identifier, 'volume'),
      issue: biblio.read(FIELD.identifier, 'issue'),
      pages: pageRange(
        biblio.read(FIELD.identifier, 'first_page'),
        biblio.read(FIELD.identifier, 'last_page'),
      ),
      publisher: source.read(FIELD.text, 'host_organization_name'),
      issn: source.read(FIELD.text, 'issn_l'),
      language: fields.read(FIELD.text, 'language'),
    }),
    keywords: fields.read(named, 'keywords'),
    categories: fields.read(named, 'topics', 'concepts'),
    urls: { landing, pdf: location.read(FIELD.text, 'pdf_url') ?? access.read(FIELD.text, 'oa_url') },
    status: fields.read(z.boolean(), 'is_retracted')
      ? ({ kind: 'retracted', source: 'OpenAlex' } as const)
      : undefined,
    references: fields.read(worksInJson, 'referenced_works')?.named,
    externalIds: {
      doi: fields.read(FIELD.identifier, 'doi'),
      arxiv: idsInUrls(landing).arxiv,
      openalex: fields.read(FIELD.identifier, 'id') ?? ids.read(FIELD.identifier, 'openalex'),
      pmid: ids.read(FIELD.identifier, 'pmid'),
      pmcid: ids.read(FIELD.identifier, 'pmcid'),
      mag: ids.read(FIELD.identifier, 'mag'),
    },
  };
  return {
    paper,
    dropped: [fields, location, source, access, ids, biblio].flatMap(({ problems }) => problems),
  };
}

/** The text that an inverted index was made of. Positions may be missing; none is counted on. */
function wordsInOrder(index: Readonly<Record<string, readonly number[]>>): string {
  return Object.entries(index)
    .flatMap(([word, positions]) => positions.map((position) => ({ word, position })))
    .filter(({ position }) => Number.isInteger(position) && position >= 0 && position <= LAST_POSITION)
    .sort((a, b) => a.position - b.position)
    .map(({ word }) => word)
    .join(' ');
}
