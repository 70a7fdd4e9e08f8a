import { dateOfText } from '../dates.ts';
import { FIELD, FieldReader } from './fields.ts';
import { isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { codeLink } from './links.ts';
import { labelsOfJson, peopleOfJson } from './people.ts';
import type { RecordResult } from './record.ts';

const ARXIV_ID = /^\d{4}\.\d{4,5}(?:v\d+)?$/;

/** Hugging Face's daily papers: papers of arXiv, each wrapped with what was said about it. */
export const dailyPapersReader = jsonReader({
  format: 'daily-papers',
  description: 'Hugging Face daily papers: [{ "paper": { "id", "title", "summary", "authors" } }]',
  files: ['daily_papers.json'],
  matches: (record) =>
    isObject(record.paper) &&
    typeof record.paper.id === 'string' &&
    ('title' in record.paper || 'summary' in record.paper),
  toPaper: (record) => toPaper(isObject(record.paper) ? record.paper : {}),
});

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record, 'paper.');
  const title = fields.read(FIELD.text, 'title') ?? '';
  const abstract = fields.read(FIELD.text, 'summary') ?? '';
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'paper.title', reason: 'The paper has neither title nor summary.' } };
  }
  const id = fields.read(FIELD.text, 'id') ?? '';
  const code = codeLink(fields.read(FIELD.text, 'githubRepo'));
  const paper = {
    title,
    abstract,
    urls: { code: code.url },
    authors: fields.read(peopleOfJson, 'authors') ?? [],
    ...dateOfText(fields.read(FIELD.text, 'publishedAt')),
    keywords: fields.read(labelsOfJson, 'ai_keywords'),
    externalIds: ARXIV_ID.test(id) ? { arxiv: id } : {},
  };
  return { paper, dropped: [...fields.problems, ...(code.problem ?? [])] };
}
