import { z } from 'zod';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import type { RecordResult } from './record.ts';
import { unnamedIn, worksInJson } from './references.ts';

/**
 * Papers of Semantic Scholar: responses of the Graph API, and the bulk datasets `papers` (no abstracts) and
 * `abstracts` (no titles). Records of the two datasets carry the same `externalIds.s2`, by which they join.
 */
export const semanticScholarReader = jsonReader({
  format: 'semantic-scholar',
  description: 'Semantic Scholar: Graph API responses, and records of the bulk datasets papers and abstracts',
  files: ['papers-part0.jsonl.gz', 'abstracts-part0.jsonl.gz', 'search.json'],
  matches: (record) =>
    hasKeys(record, 'corpusid') ||
    (hasKeys(record, 'paperId') && ['title', 'abstract', 'externalIds'].some((key) => key in record)),
  toPaper,
});

const fieldsOfStudy = z
  .array(z.looseObject({ category: z.string() }), { error: 'Expected a list of objects with a category' })
  .transform((fields) => fields.map(({ category }) => category));

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = fields.read(FIELD.text, 'title') ?? '';
  const abstract = fields.read(FIELD.text, 'abstract') ?? '';
  if (!title.trim() && !abstract.trim()) {
    const reason = 'The record has neither title nor abstract.';
    return { rejected: fields.problems[0] ?? { field: 'title', reason } };
  }
  const ids = fields.nested('externalids' in record ? 'externalids' : 'externalIds');
  const access = fields.nested('openaccessinfo');
  const openIds = access.nested('externalids');
  const journal = fields.nested('journal');
  const id = (...names: string[]) =>
    ids.read(FIELD.identifier, ...names) ?? openIds.read(FIELD.identifier, ...names);
  const categories = [
    ...(fields.read(FIELD.list, 'fieldsOfStudy') ?? []),
    ...(fields.read(fieldsOfStudy, 's2fieldsofstudy', 's2FieldsOfStudy') ?? []),
  ];
  const references = fields.read(worksInJson, 'references');
  const citations = fields.read(worksInJson, 'citations');
  const paper = {
    title,
    abstract,
    authors: fields.read(FIELD.people, 'authors') ?? [],
    venue: fields.read(FIELD.text, 'venue') ?? journal.read(FIELD.text, 'name'),
    year: fields.read(FIELD.year, 'year'),
    date: fields.read(FIELD.text, 'publicationdate', 'publicationDate'),
    categories: [...new Set(categories)],
    urls: {
      landing: fields.read(FIELD.text, 'url'),
      pdf: fields.nested('openAccessPdf').read(FIELD.text, 'url'),
    },
    references: references?.named,
    citedBy: citations?.named,
    externalIds: {
      doi: id('DOI'),
      arxiv: id('ArXiv'),
      acl: id('ACL'),
      pmid: id('PubMed'),
      pmcid: id('PubMedCentral'),
      mag: id('MAG'),
      dblp: id('DBLP'),
      s2:
        fields.read(FIELD.identifier, 'corpusid', 'corpusId') ??
        id('CorpusId') ??
        fields.read(FIELD.identifier, 'paperId'),
    },
  };
  return {
    paper,
    dropped: [fields, ids, journal].flatMap(({ problems }) => problems),
    left: [...unnamedIn('references', references), ...unnamedIn('citations', citations)],
  };
}
