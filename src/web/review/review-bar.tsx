import type { Review } from '../../review/service.ts';
import { counted } from '../format.ts';

/** The views of a review. */
const VIEWS = [
  { rest: '', label: 'Screen' },
  { rest: '/papers', label: 'Papers' },
  { rest: '/records', label: 'Records' },
] as const;

export type ReviewViewPath = (typeof VIEWS)[number]['rest'];

/** Path of a view of a review. */
export function reviewUrl(id: string, rest: ReviewViewPath = ''): string {
  return `/reviews/${encodeURIComponent(id)}${rest}`;
}

interface ReviewBarProps {
  readonly review: Pick<Review, 'id' | 'name' | 'conflicts'>;
  readonly current: ReviewViewPath;
}

/** The name of a review, and the links to its views. */
export function ReviewBar({ review: { id, name, conflicts }, current }: ReviewBarProps) {
  return (
    <div class="review-bar">
      <h1>{name}</h1>
      <nav aria-label="Views of the review">
        <ul>
          {VIEWS.map(({ rest, label }) => (
            <li key={rest}>
              <a href={reviewUrl(id, rest)} aria-current={rest === current ? 'page' : undefined}>
                {label}
                {rest === '/papers' && conflicts > 0 && (
                  <span class="badge">
                    {conflicts}
                    <span class="visually-hidden">
                      {' '}
                      {counted(conflicts, 'conflict').replace(/^\S+ /, '')}
                    </span>
                  </span>
                )}
              </a>
            </li>
          ))}
          <li>
            <a href="/reviews">All reviews</a>
          </li>
        </ul>
      </nav>
    </div>
  );
}
