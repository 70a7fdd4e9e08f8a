import { useLocation } from 'preact-iso/router';
import { Skeleton } from '../components/states.tsx';
import { ReviewFailure, WithToken } from '../review/gate.tsx';
import { ReviewList } from '../review/review-list.tsx';
import { ReviewPapers } from '../review/review-papers.tsx';
import { ReviewRecords } from '../review/review-records.tsx';
import { ScreenPapers } from '../review/screen-papers.tsx';
import { useReviewStyle } from '../review/style.ts';
import { useReview } from '../review/use-review.ts';
import { NotFound } from './not-found.tsx';

/** Reviews: their list, and for each of them screening, its papers and its records. */
export function ReviewsView() {
  const { url } = useLocation();
  useReviewStyle();
  const [, , id, view = '', ...rest] = new URL(url, location.origin).pathname.replace(/\/$/, '').split('/');
  if (rest.length > 0 || !['', 'papers', 'records'].includes(view)) return <NotFound />;
  return (
    <WithToken>
      {id === undefined ? <ReviewList /> : <OneReview key={id} id={decodeURIComponent(id)} view={view} />}
    </WithToken>
  );
}

/** @param view empty for screening. */
function OneReview({ id, view }: { readonly id: string; readonly view: string }) {
  const { data: review, error, reload, replace } = useReview(id);
  // What is known stays on the screen: a reviewer may go on without a connection.
  if (!review) {
    if (error?.code === 'NOT_FOUND') return <NotFound />;
    return error ? <ReviewFailure error={error} retry={reload} /> : <Skeleton lines={9} />;
  }
  if (view === 'papers') return <ReviewPapers review={review} reload={reload} />;
  if (view === 'records') return <ReviewRecords review={review} onChange={replace} reload={reload} />;
  return <ScreenPapers review={review} onChange={replace} />;
}
