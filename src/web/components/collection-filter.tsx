import { READ_STATES, type ReadState } from '../../collections/collection.ts';
import { ENTRY_ORDERS, type EntryQuery } from '../../collections/view.ts';

/** Read states as readers see them. */
export const STATE_NAMES: Readonly<Record<ReadState, string>> = {
  unread: 'To read',
  reading: 'Reading',
  read: 'Read',
};

const ORDER_NAMES: Readonly<Record<(typeof ENTRY_ORDERS)[number], string>> = {
  order: 'Own order',
  added: 'Newest added',
  changed: 'Last changed',
  title: 'Title',
  year: 'Year',
  rating: 'Rating',
};

interface FilterProps {
  readonly query: EntryQuery;
  /** Tags of the collection, the most frequent first. */
  readonly tags: readonly { readonly tag: string; readonly papers: number }[];
  readonly onChange: (query: EntryQuery) => void;
}

/** Which papers of the collection are listed, and in which order. */
export function CollectionFilter({ query, tags, onChange }: FilterProps) {
  const chosen = new Set(query.tags);
  return (
    <search class="collection-filter" aria-label="Papers of the collection">
      <div>
        <label>
          Words
          <input
            type="search"
            value={query.text ?? ''}
            onInput={(event) => onChange({ ...query, text: event.currentTarget.value })}
          />
        </label>
        <label>
          State
          <select
            value={query.state ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...query, state: READ_STATES.find((each) => each === value) })
            }
          >
            <option value="">All</option>
            {READ_STATES.map((state) => (
              <option key={state} value={state}>
                {STATE_NAMES[state]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Sort by
          <select
            value={query.sort ?? 'order'}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...query, sort: ENTRY_ORDERS.find((each) => each === value) })
            }
          >
            {ENTRY_ORDERS.map((order) => (
              <option key={order} value={order}>
                {ORDER_NAMES[order]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {tags.length > 0 && (
        <ul aria-label="Tags">
          {tags.map(({ tag, papers }) => (
            <li key={tag}>
              <button
                type="button"
                class="tag"
                aria-pressed={chosen.has(tag)}
                onClick={() =>
                  onChange({
                    ...query,
                    tags: chosen.has(tag) ? [...chosen].filter((each) => each !== tag) : [...chosen, tag],
                  })
                }
              >
                {tag} <span class="tag-count">{papers}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}
