import { useState } from 'preact/hooks';
import type { FacetCount } from '../../papers/fields.ts';
import type { FacetCounts } from '../../search/searcher.ts';
import { formatCount, formatYears } from '../format.ts';
import { countFilters, type FilterName, type SearchState, SHOWN_FACETS, toggled } from '../search-state.ts';

const NAMES = {
  year: 'Year',
  venue: 'Venue',
  session: 'Session',
  area: 'Area',
  keyword: 'Keyword',
  author: 'Author',
} as const;
/** Values shown before "more". */
const FIRST_VALUES = 6;

interface FacetsProps {
  readonly state: SearchState;
  readonly counts: FacetCounts | undefined;
  readonly onChange: (state: SearchState) => void;
}

/** What the answer can be narrowed by, with the number of papers behind each value. */
export function Facets({ state, counts, onChange }: FacetsProps) {
  const chosen = countFilters(state.filters);
  const shown = SHOWN_FACETS.filter(
    (facet) => (counts?.values[facet]?.length ?? 0) > 0 || (state.filters[facet]?.length ?? 0) > 0,
  );
  if (shown.length === 0) return null;
  return (
    <details class="facets" open={matchMedia('(min-width: 60rem)').matches}>
      <summary>Filters{chosen > 0 ? ` (${chosen})` : ''}</summary>
      {shown.map((facet) => (
        <Facet
          key={facet}
          name={facet}
          values={counts?.values[facet] ?? []}
          chosen={state.filters[facet] ?? []}
          onToggle={(value) => onChange(toggled(state, facet, value))}
        />
      ))}
    </details>
  );
}

interface FacetProps {
  readonly name: Exclude<FilterName, 'has' | 'cluster' | 'within'>;
  readonly values: readonly FacetCount[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

function Facet({ name, values, chosen, onToggle }: FacetProps) {
  const [all, setAll] = useState(false);
  const ordered = name === 'year' ? [...values].sort((a, b) => Number(b.value) - Number(a.value)) : values;
  // What is chosen stays in reach, also where no paper of this answer has it.
  const absent = chosen.filter((value) => !values.some((each) => each.value === value));
  const listed = [...absent.map((value) => ({ value, count: undefined })), ...ordered];
  const shown = all ? listed : listed.slice(0, FIRST_VALUES);
  return (
    <fieldset>
      <legend>{NAMES[name]}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} class="facet-value">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span class="facet-name">{name === 'year' ? formatYears(value) : value}</span>
          {count !== undefined && <span class="facet-count">{formatCount(count)}</span>}
        </label>
      ))}
      {listed.length > FIRST_VALUES && (
        <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${listed.length - FIRST_VALUES} more`}
          <span class="visually-hidden"> of {NAMES[name]}</span>
        </button>
      )}
      {name === 'year' && <YearRange chosen={chosen[0]} onChoose={onToggle} />}
    </fieldset>
  );
}

/** The first and the last year, either of which may be left open. */
function YearRange({
  chosen = '',
  onChoose,
}: {
  chosen: string | undefined;
  onChoose: (value: string) => void;
}) {
  const [, from = '', to = ''] = /^(\d*)\.\.(\d*)$/.exec(chosen) ?? [];
  return (
    <form
      class="year-range"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        const range = `${fields.get('from')}..${fields.get('to')}`;
        if (range !== '..' && range !== chosen) onChoose(range);
      }}
    >
      <YearField name="from" label="From year" value={from} />
      <span aria-hidden="true">–</span>
      <YearField name="to" label="To year" value={to} />
      <button type="submit">Set</button>
    </form>
  );
}

function YearField({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      name={name}
      aria-label={label}
      placeholder={name}
      inputMode="numeric"
      pattern="\d{4}"
      title="A year of four digits"
      maxLength={4}
      defaultValue={value}
    />
  );
}
