import { z } from 'zod';
import { dateOfText } from '../dates.ts';
import type { IdKind } from '../id-kinds.ts';
import { referenceTo } from '../references.ts';
import { FIELD, FieldReader } from './fields.ts';
import { isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { plainText } from './markup.ts';
import { labelsOfJson } from './people.ts';
import type { RecordResult } from './record.ts';
import { unnamedIn, worksOf } from './references.ts';

/** Literature of INSPIRE-HEP, as its API gives it. */
export const inspireReader = jsonReader({
  format: 'inspire',
  description: 'INSPIRE-HEP literature: { "hits": { "hits": [{ "metadata": … }] } }',
  files: ['inspire.json'],
  matches: (record) => isObject(record.metadata) && Array.isArray(record.metadata.titles),
  toPaper: (record) => toPaper(isObject(record.metadata) ? record.metadata : {}),
});

const titles = z
  .array(z.looseObject({ title: z.string(), subtitle: z.string().nullish() }))
  .transform(([first]) => [first?.title, first?.subtitle].filter(Boolean).join(': '));
const values = z
  .array(z.looseObject({ value: z.string() }))
  .transform((list) => list.map(({ value }) => value));
const people = z
  .array(z.looseObject({ full_name: z.string(), inspire_roles: z.array(z.string()).nullish() }))
  .transform((list) =>
    list
      .filter(({ inspire_roles }) => !inspire_roles?.length || inspire_roles.includes('author'))
      .map(({ full_name }) => full_name),
  );
const eprints = z.array(z.looseObject({ value: z.string(), categories: z.array(z.string()).nullish() }));
const publications = z.array(
  z.looseObject({ journal_title: z.string().nullish(), year: z.number().nullish() }),
);

const cited = z
  .array(
    z.looseObject({
      reference: z
        .looseObject({
          dois: z.array(z.string()).nullish(),
          arxiv_eprint: z.string().nullish(),
          isbn: z.string().nullish(),
        })
        .nullish(),
    }),
  )
  .transform((list) =>
    worksOf(
      list.map(({ reference }) =>
        referenceTo([
          ...(reference?.dois ?? []).map((doi): [IdKind, string] => ['doi', doi]),
          ['arxiv', reference?.arxiv_eprint ?? undefined],
          ['isbn', reference?.isbn ?? undefined],
        ]),
      ),
    ),
  );

function toPaper(metadata: JsonObject): RecordResult {
  const fields = new FieldReader(metadata, 'metadata.');
  const title = plainText(fields.read(titles, 'titles') ?? '');
  const abstract = plainText(fields.read(values, 'abstracts')?.[0] ?? '');
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'titles', reason: 'The record has neither title nor abstract.' } };
  }
  const published = fields.read(publications, 'publication_info') ?? [];
  const [eprint] = fields.read(eprints, 'arxiv_eprints') ?? [];
  const references = fields.read(cited, 'references') ?? worksOf([]);
  const year = published.find((each) => each.year)?.year ?? undefined;
  const date = dateOfText(fields.read(FIELD.text, 'preprint_date', 'earliest_date', 'imprint_date'));
  const paper = {
    title,
    abstract,
    authors:
      fields.read(people, 'authors') ?? fields.read(values, 'corporate_author', 'collaborations') ?? [],
    venue: published.find((each) => each.journal_title)?.journal_title ?? undefined,
    year: year ?? date.year,
    date: year === undefined || year === date.year ? date.date : undefined,
    keywords: fields.read(labelsOfJson, 'keywords'),
    categories: eprint?.categories ?? [],
    externalIds: { doi: fields.read(values, 'dois')?.[0], arxiv: eprint?.value },
    status: fields.read(z.boolean(), 'withdrawn')
      ? ({ kind: 'withdrawn', source: 'INSPIRE' } as const)
      : undefined,
    references: references.named,
  };
  return { paper, dropped: fields.problems, left: unnamedIn('references', references) };
}
