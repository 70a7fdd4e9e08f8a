import type { ComponentChildren } from 'preact';
import type { FilterName } from '../../papers/fields.ts';
import { ID_KINDS, ID_NAMES } from '../../papers/id-kinds.ts';
import type { Paper } from '../../papers/paper.ts';
import { formatSlot } from '../format.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';

/** All fields of a paper; those that other papers share are links to them. */
export function PaperFields({ paper }: { paper: Paper }) {
  const { venue, year, date, session, keywords, categories, externalIds, aliases = [] } = paper;
  const others = (name: FilterName, value: string) => (
    <a href={urlOf({ ...NO_SEARCH, filters: { [name]: [value] } })}>{value}</a>
  );
  const ids = ID_KINDS.filter((name) => externalIds[name]);
  return (
    <section aria-labelledby="fields-title">
      <h2 id="fields-title">Details</h2>
      <dl class="fields">
        {venue !== undefined && <Field name="Venue">{others('venue', venue)}</Field>}
        {year !== undefined && <Field name="Year">{others('year', String(year))}</Field>}
        {date !== undefined && <Field name="Published">{date}</Field>}
        {session?.name !== undefined && <Field name="Session">{others('session', session.name)}</Field>}
        {session?.hall !== undefined && <Field name="Room">{session.hall}</Field>}
        {session?.start !== undefined && (
          <Field name="Talk">{formatSlot(session.start, session.end)} (local time of the conference)</Field>
        )}
        {keywords.length > 0 && <Field name="Keywords">{listed(keywords, 'keyword', others)}</Field>}
        {categories.length > 0 && <Field name="Areas">{listed(categories, 'area', others)}</Field>}
        {ids.map((name) => (
          <Field key={name} name={ID_NAMES[name]}>
            {externalIds[name]}
          </Field>
        ))}
        <Field name="ID">{paper.id}</Field>
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
