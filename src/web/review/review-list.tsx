import { useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { FILTER_FIELDS } from '../../papers/fields.ts';
import type { PoolRequest } from '../../review/review.ts';
import { announce } from '../announce.tsx';
import { Skeleton } from '../components/states.tsx';
import { counted, formatCount, formatInstant } from '../format.ts';
import { isEmpty, readState, relatedBody, type SearchState, urlOf } from '../search-state.ts';
import { useTitle } from '../title.ts';
import { wordsOf } from '../watch-requests.ts';
import { ReviewFailure } from './gate.tsx';
import { NEW_PROTOCOL, ProtocolForm } from './protocol-form.tsx';
import { reviewApi } from './requests.ts';
import { reviewUrl } from './review-bar.tsx';
import { useLoaded } from './use-review.ts';

/** The reviews, and the form of a new one. The URL may contain a search whose papers are to be reviewed. */
export function ReviewList() {
  const { url } = useLocation();
  const search = useMemo(() => readState(new URL(url, location.origin).search), [url]);
  const { data, error, reload } = useLoaded('reviews', (signal) => reviewApi.list(signal));
  const [isOpen, setOpen] = useState(!isEmpty(search));
  useTitle('Reviews');
  return (
    <div class="review review-list">
      <h1>Reviews</h1>
      {error ? (
        <ReviewFailure error={error} retry={reload} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : data.length === 0 ? (
        <p>There are no reviews yet.</p>
      ) : (
        <ul>
          {data.map(({ id, name, question, papers, decided, included, conflicts, reviewers, changedAt }) => (
            <li key={id}>
              <h2>
                <a href={reviewUrl(id)}>{name}</a>
              </h2>
              <p>{question}</p>
              <progress value={decided} max={Math.max(1, papers)} aria-label={`${name}: papers decided`} />
              <p class="weak-text">
                {formatCount(decided)} of {counted(papers, 'paper')} decided, {formatCount(included)} included
                {conflicts > 0 && `, ${counted(conflicts, 'conflict')}`}
                {reviewers.length > 0 && ` · ${reviewers.join(', ')}`} · changed {formatInstant(changedAt)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {!error && data && (isOpen || data.length === 0) ? (
        <NewReviewForm search={search} />
      ) : (
        !error &&
        data && (
          <button type="button" onClick={() => setOpen(true)}>
            New review…
          </button>
        )
      )}
    </div>
  );
}

/** Makes a review. @param search whose papers it is about; an empty one: all papers of the index, or those of a query. */
function NewReviewForm({ search }: { readonly search: SearchState }) {
  const { route } = useLocation();
  const labelOf = (field: string) => FILTER_FIELDS.find((known) => known.name === field)?.label.toLowerCase();
  const isOfSearch = !isEmpty(search);
  return (
    <section aria-labelledby="new-review">
      <h2 id="new-review">New review</h2>
      <ProtocolForm
        protocol={NEW_PROTOCOL}
        action="Start the review"
        onSubmit={async ({ name, ...protocol }, form) => {
          const pool = isOfSearch ? poolOf(search) : { query: String(form.get('query') ?? '').trim() };
          const { id } = await reviewApi.create({ name, protocol, pool });
          announce(`Started the review “${name}”.`);
          route(reviewUrl(id));
        }}
      >
        {isOfSearch ? (
          <p>
            Papers: those of the search{' '}
            <a href={urlOf(search)}>{wordsOf(search, (field) => labelOf(field) ?? field)}</a>
          </p>
        ) : (
          <label>
            <span>Papers: those of a query (empty: all papers of the index)</span>
            <input name="query" autocomplete="off" />
          </label>
        )}
      </ProtocolForm>
    </section>
  );
}

/** The papers of a search. */
function poolOf(search: SearchState): PoolRequest {
  const { filters, mode } = relatedBody(search);
  return {
    query: search.q.trim(),
    ...(filters && Object.keys(filters).length > 0 && { filters: { ...filters } }),
    ...(mode && { mode }),
  };
}
