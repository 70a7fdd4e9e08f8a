import { SEARCH_MODES, type SearchMode } from '../../search/mode.ts';

const MODE_NAMES = { hybrid: 'Words and meaning', keyword: 'Words', semantic: 'Meaning' } as const;

interface ModeChoiceProps {
  readonly mode: SearchMode;
  readonly onChange: (mode: SearchMode) => void;
  /** Whether it is a list that opens, for narrow windows, instead of buttons side by side. */
  readonly narrow: boolean;
}

/** What a query is compared by. */
export function ModeChoice({ mode, onChange, narrow }: ModeChoiceProps) {
  if (narrow) {
    return (
      <select
        class="mode-list"
        aria-label="Search by"
        value={mode}
        onChange={({ currentTarget }) =>
          onChange(SEARCH_MODES.find((each) => each === currentTarget.value) ?? mode)
        }
      >
        {SEARCH_MODES.map((each) => (
          <option key={each} value={each}>
            {MODE_NAMES[each]}
          </option>
        ))}
      </select>
    );
  }
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">Search by</legend>
      {SEARCH_MODES.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="mode"
            value={each}
            checked={mode === each}
            onChange={() => onChange(each)}
          />
          <span>{MODE_NAMES[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
