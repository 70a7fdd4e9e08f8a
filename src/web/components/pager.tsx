import { formatCount } from '../format.ts';
import { PAGE_SIZE, type SearchState, urlOf } from '../search-state.ts';

/** Links to the previous and the next page. */
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
