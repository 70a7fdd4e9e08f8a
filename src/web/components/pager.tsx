import { formatCount } from '../format.ts';
import { PAGE_SIZE, type SearchState, urlOf } from '../search-state.ts';

/** The ways to the pages before and behind. */
export function Pager({ state, total }: { state: SearchState; total: number }) {
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {state.page > 1 && (
        <a href={urlOf({ ...state, page: state.page - 1 })} rel="prev">
          ← Previous
        </a>
      )}
      <span>
        Page {formatCount(state.page)} of {formatCount(pages)}
      </span>
      {state.page < pages && (
        <a href={urlOf({ ...state, page: state.page + 1 })} rel="next">
          Next →
        </a>
      )}
    </nav>
  );
}
