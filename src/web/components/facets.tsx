import { useState } from 'preact/hooks';
import { FACET_FIELDS, type FacetCount, type FacetField } from '../../papers/fields.ts';
import type { FacetCounts } from '../../search/api.ts';
import { formatCount, formatYears } from '../format.ts';
import { countFilters, type SearchState, toggled } from '../search-state.ts';

/** Values shown before "more". */
const FIRST_VALUES = 6;

interface FacetsProps {
  readonly state: SearchState;
  readonly counts: FacetCounts | undefined;
  readonly onChange: (state: SearchState) => void;
}

/** The facets of an answer, with the number of papers of each value. */
export function Facets({ state, counts, onChange }: FacetsProps) {
  const shown = FACET_FIELDS.filter(
    ({ name }) => (counts?.values[name]?.length ?? 0) > 0 || (state.filters[name]?.length ?? 0) > 0,
  );
  if (shown.length === 0) return null;
  return (
    <div class="facets">
      {shown.map((field) => (
        <Facet
          key={field.name}
          field={field}
          values={counts?.values[field.name] ?? []}
          chosen={state.filters[field.name] ?? []}
          onToggle={(value) => onChange(toggled(state, field.name, value))}
        />
      ))}
    </div>
  );
}

/** Id of the part of the page with the facets. */
export const FILTERS_ID = 'filters';

interface FiltersButtonProps {
  readonly state: SearchState;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Shows the facets where there is no room for them beside the results, or hides them. */
export function FiltersButton({ state, open, onToggle }: FiltersButtonProps) {
  const chosen = countFilters(state.filters);
  return (
    <button type="button" aria-expanded={open} aria-controls={FILTERS_ID} onClick={onToggle}>
      Filters{chosen > 0 ? ` (${chosen})` : ''}
    </button>
  );
}

interface FacetProps {
  readonly field: FacetField;
  readonly values: readonly FacetCount[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

function Facet({ field: { kind, label }, values, chosen, onToggle }: FacetProps) {
  const [all, setAll] = useState(false);
  const isYears = kind === 'number';
  const ordered = isYears ? [...values].sort((a, b) => Number(b.value) - Number(a.value)) : values;
  // Chosen values are listed even if no paper of this answer has them.
  const absent = chosen.filter((value) => !values.some((each) => each.value === value));
  const listed = [...absent.map((value) => ({ value, count: undefined })), ...ordered];
  const shown = all ? listed : listed.slice(0, FIRST_VALUES);
  return (
    <fieldset>
      <legend>{label}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} class="facet-value">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
          <span class="facet-name">{isYears ? formatYears(value) : value}</span>
          {count !== undefined && <span class="facet-count">{formatCount(count)}</span>}
        </label>
      ))}
      {listed.length > FIRST_VALUES && (
        <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `${listed.length - FIRST_VALUES} more`}
          <span class="visually-hidden"> of {label}</span>
        </button>
      )}
      {isYears && <YearRange chosen={chosen[0]} onChoose={onToggle} />}
    </fieldset>
  );
}

/** The first and the last year; both are optional. */
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
