import type { ComponentChildren } from 'preact';
import type { FilterName } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { formatSlot } from '../format.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';

const ID_NAMES = {
  doi: 'DOI',
  arxiv: 'arXiv',
  openreview: 'OpenReview',
  acl: 'ACL Anthology',
  s2: 'Semantic Scholar',
} as const;

/** All facts of a paper, those that others share as searches for them. */
export function PaperFields({ paper }: { paper: Paper }) {
  const { venue, year, date, session, keywords, categories, externalIds, aliases = [] } = paper;
  const others = (name: FilterName, value: string) => (
    <a href={urlOf({ ...NO_SEARCH, filters: { [name]: [value] } })}>{value}</a>
  );
  const ids = (Object.keys(ID_NAMES) as (keyof typeof ID_NAMES)[]).filter((name) => externalIds[name]);
  return (
    <section aria-labelledby="fields-title">
      <h2 id="fields-title">Details</h2>
      <dl class="fields">
        {venue !== undefined && <Field name="Venue">{others('venue', venue)}</Field>}
        {year !== undefined && <Field name="Year">{others('year', String(year))}</Field>}
        {date !== undefined && <Field name="Published">{date}</Field>}
        {session?.name !== undefined && <Field name="Session">{others('session', session.name)}</Field>}
        {session?.hall !== undefined && <Field name="Hall">{session.hall}</Field>}
        {session?.start !== undefined && (
          <Field name="Talk">{formatSlot(session.start, session.end)} (time of the conference)</Field>
        )}
        {keywords.length > 0 && <Field name="Keywords">{listed(keywords, 'keyword', others)}</Field>}
        {categories.length > 0 && <Field name="Areas">{listed(categories, 'area', others)}</Field>}
        {ids.map((name) => (
          <Field key={name} name={ID_NAMES[name]}>
            {externalIds[name]}
          </Field>
        ))}
        <Field name="Id">{paper.id}</Field>
        {aliases.length > 0 && <Field name="Also known as">{aliases.join(', ')}</Field>}
      </dl>
    </section>
  );
}

function listed(
  values: readonly string[],
  name: FilterName,
  others: (name: FilterName, value: string) => ComponentChildren,
): ComponentChildren {
  return (
    <ul class="inline-list">
      {values.map((value) => (
        <li key={value}>{others(name, value)}</li>
      ))}
    </ul>
  );
}

function Field({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
