import { useLocation } from 'preact-iso/router';
import type { PlaceInList } from '../opened-list.ts';
import { openNeighbour } from '../paper-keys.ts';
import { paperPath } from '../paths.ts';

/** The way back to the results from which a paper was opened, and to its neighbours among them. */
export function ResultsBar({ from: { url, place, count, previous, next } }: { from: PlaceInList }) {
  const { route } = useLocation();
  const neighbour = (id: string | undefined, rel: 'prev' | 'next', label: string) =>
    id !== undefined && (
      <a
        href={paperPath(id)}
        rel={rel}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          openNeighbour(id, route);
        }}
      >
        {label}
      </a>
    );
  return (
    <nav class="results-bar" aria-label="Results">
      <a href={url}>
        <span aria-hidden="true">← </span>Results
      </a>
      <span>
        {place} of {count}
      </span>
      {neighbour(previous, 'prev', 'Previous')}
      {neighbour(next, 'next', 'Next')}
    </nav>
  );
}
