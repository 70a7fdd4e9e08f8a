import { formatCount } from '../format.ts';
import { hasBoundary } from '../relevance.ts';
import { PAGE_SIZE, type SearchState, urlOf } from '../search-state.ts';

interface PagerProps {
  readonly state: SearchState;
  readonly total: number;
  /** How many papers are relevant and come first. Default: all. */
  readonly relevant?: number | undefined;
}

/** Links to the previous and the next page: first through the relevant papers, then beyond them. */
export function Pager({ state, total, relevant }: PagerProps) {
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages <= 1) return null;
  const { page } = state;
  const ends = hasBoundary({ total, relevant });
  const first = ends ? Math.ceil(relevant! / PAGE_SIZE) : pages;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 && (
        <a href={urlOf({ ...state, page: page - 1 })} rel="prev">
          ← Previous
        </a>
      )}
      <span>
        {page <= first
          ? `Page ${formatCount(page)} of ${formatCount(first)}${ends ? ' with relevant papers' : ''}`
          : `Page ${formatCount(page)} of ${formatCount(pages)}, beyond the relevant papers`}
      </span>
      {page < pages && (
        <a href={urlOf({ ...state, page: page + 1 })} rel="next">
          {page === first ? 'Beyond the relevant papers →' : 'Next →'}
        </a>
      )}
    </nav>
  );
}
