import { useState } from 'preact/hooks';
import { NO_SEARCH, urlOf } from '../search-state.ts';

/** Authors shown at first: hundreds of authors would push the abstract off the screen. */
const FIRST_AUTHORS = 20;

/** All authors of a paper, each linked to their other papers. */
export function PaperAuthors({ authors }: { authors: readonly string[] }) {
  const [all, setAll] = useState(false);
  const more = authors.length - FIRST_AUTHORS;
  const shown = all ? authors : authors.slice(0, FIRST_AUTHORS);
  return (
    <ul class="paper-authors" aria-label="Authors">
      {shown.map((author, place) => (
        <li key={`${place} ${author}`}>
          <a href={urlOf({ ...NO_SEARCH, filters: { author: [author] } })}>{author}</a>
        </li>
      ))}
      {more > 0 && (
        <li>
          <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Fewer' : `${more} more`}
            <span class="visually-hidden"> authors</span>
          </button>
        </li>
      )}
    </ul>
  );
}
