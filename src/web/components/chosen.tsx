import { FILTER_FIELDS, type FilterField } from '../../papers/fields.ts';
import { formatInstant, formatYears } from '../format.ts';
import { paperPath } from '../paths.ts';
import { type SearchState, toggled } from '../search-state.ts';
import { usePlainText } from '../spans.tsx';

interface ChosenProps {
  readonly state: SearchState;
  /** Titles of the papers in `like` and `unlike`, by id, as far as known. */
  readonly titles: ReadonlyMap<string, string>;
  readonly onChange: (state: SearchState) => void;
}

/** The filters and seeds of a search, each with a button that removes it. */
export function Chosen({ state, titles, onChange }: ChosenProps) {
  const seeds = (['like', 'unlike'] as const).flatMap((kind) => state[kind].map((id) => ({ kind, id })));
  const filters = FILTER_FIELDS.flatMap((field) =>
    (state.filters[field.name] ?? []).map((value) => ({ field, value })),
  );
  if (seeds.length + filters.length === 0) return null;
  return (
    <ul class="chosen" aria-label="Filters and seeds">
      {seeds.map(({ kind, id }) => (
        <SeedChip
          key={`${kind} ${id}`}
          kind={kind}
          id={id}
          title={titles.get(id) ?? id}
          onRemove={() =>
            onChange({ ...state, page: 1, [kind]: state[kind].filter((other) => other !== id) })
          }
        />
      ))}
      {filters.map(({ field, value }) => (
        <li key={`${field.name} ${value}`} class="chip">
          <span class="chip-text">
            {field.label}: {shown(field, value)}
          </span>
          <Remove
            what={`${field.label} ${value}`}
            onClick={() => onChange(toggled(state, field.name, value))}
          />
        </li>
      ))}
    </ul>
  );
}

interface SeedChipProps {
  readonly kind: 'like' | 'unlike';
  readonly id: string;
  readonly title: string;
  readonly onRemove: () => void;
}

function SeedChip({ kind, id, title, onRemove }: SeedChipProps) {
  const plain = usePlainText(title);
  return (
    <li class={`chip chip-${kind}`}>
      <span class="chip-text">
        {kind === 'like' ? 'More like' : 'Less like'} <a href={paperPath(id)}>{plain}</a>
      </span>
      <Remove what={plain} onClick={onRemove} />
    </li>
  );
}

function shown({ kind, name }: FilterField, value: string): string {
  if (name === 'year') return formatYears(value);
  const [, after] = /^>(\d{4}-.+Z)$/.exec(value) ?? [];
  if (name === 'added' && after !== undefined) return `after ${formatInstant(after)}`;
  return kind === 'outline' ? 'an area of the map' : value;
}

function Remove({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <button type="button" class="chip-remove" onClick={onClick} aria-label={`Remove ${what}`}>
      <span aria-hidden="true">×</span>
    </button>
  );
}
