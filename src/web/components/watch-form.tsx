import { useState } from 'preact/hooks';
import { FILTER_FIELDS } from '../../papers/fields.ts';
import type { SearchState } from '../search-state.ts';
import { urlOf } from '../search-state.ts';
import { asApiError } from '../use-watches.ts';
import { freeName, type Watch, type WatchLevel, watchApi, watchOf, wordsOf } from '../watch-requests.ts';

interface WatchFormProps {
  readonly state: SearchState;
  readonly taken: ReadonlySet<string>;
  readonly onAdded: (watch: Watch) => void;
}

/** Makes a watch of a search. */
export function WatchForm({ state, taken, onAdded }: WatchFormProps) {
  const [name, setName] = useState(() => freeName(state, taken));
  const [isAdding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string>();
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    setAdding(true);
    setProblem(undefined);
    try {
      onAdded(
        await watchApi.add({
          name: name.trim(),
          ...watchOf(state),
          minConfidence: given.get('level') as WatchLevel,
          ...(given.get('since') === 'all' && { since: 'all' as const }),
        }),
      );
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setAdding(false);
    }
  };
  const labelOf = (field: string) => FILTER_FIELDS.find((known) => known.name === field)?.label.toLowerCase();
  return (
    <form class="watch-form" aria-labelledby="new-watch" onSubmit={(event) => void add(event)}>
      <h2 id="new-watch">Watch this search</h2>
      <p>
        <a href={urlOf(state)}>{wordsOf(state, (field) => labelOf(field) ?? field)}</a>
      </p>
      <div class="watch-fields">
        <label>
          Name
          <input
            required
            maxLength={64}
            autocomplete="off"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <LevelChoice />
        <label>
          New are
          <select name="since">
            <option value="now">papers that come in from now on</option>
            <option value="all">all papers, at first</option>
          </select>
        </label>
        <button type="submit" disabled={isAdding}>
          {isAdding ? 'Adding…' : 'Add the watch'}
        </button>
      </div>
      {problem !== undefined && <p role="alert">Not added: {problem}</p>}
    </form>
  );
}

interface LevelChoiceProps {
  readonly value?: WatchLevel;
  readonly onChange?: (level: WatchLevel) => void;
}

/** How relevant a paper must be to be reported. */
export function LevelChoice({ value, onChange }: LevelChoiceProps) {
  return (
    <label>
      Report
      <select
        name="level"
        {...(value && { value })}
        onChange={({ currentTarget }) => onChange?.(currentTarget.value as WatchLevel)}
      >
        <option value="weak">Every relevant paper</option>
        <option value="strong">Clear matches only</option>
      </select>
    </label>
  );
}
