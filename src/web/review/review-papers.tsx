import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { STAGES, STANDINGS } from '../../review/review.ts';
import type { Review } from '../../review/service.ts';
import { announce } from '../announce.tsx';
import { Notice, Skeleton } from '../components/states.tsx';
import { counted, formatCount } from '../format.ts';
import { useTitle } from '../title.ts';
import { AgreementList } from './agreement-list.tsx';
import { ReviewFailure } from './gate.tsx';
import {
  firstStanding,
  LISTED,
  type PaperListState,
  readPaperList,
  writePaperList,
} from './paper-list-state.ts';
import { reviewApi } from './requests.ts';
import { ReviewBar, reviewUrl } from './review-bar.tsx';
import { ReviewedPaperItem } from './reviewed-paper.tsx';
import { useLoaded } from './use-review.ts';

const STAGE_LABELS = { abstract: 'Title and abstract', 'full-text': 'Full text' } as const;
const STANDING_LABELS = {
  conflict: 'Conflicts and maybes',
  unread: 'Not read',
  partly: 'Read by one of two',
  include: 'Included',
  exclude: 'Excluded',
} as const;
/** Pause in typing after which papers are looked for, in milliseconds. */
const PAUSE_MS = 250;

interface ReviewPapersProps {
  readonly review: Review;
  /** Loads the review again: its counts have changed. */
  readonly reload: () => void;
}

/** The papers of a review by standing: conflicts to settle, and the full-text stage. */
export function ReviewPapers({ review, reload }: ReviewPapersProps) {
  const { id, protocol } = review;
  const { url, route } = useLocation();
  const state = useMemo(() => readPaperList(new URL(url, location.origin).search), [url]);
  const { stage, standing, text, page } = state;
  const papers = useLoaded(`papers ${id} ${writePaperList(state)}`, (signal) =>
    reviewApi.papers(
      id,
      {
        stage,
        standing: standing === 'all' ? undefined : standing,
        text: text.trim(),
        offset: (page - 1) * LISTED,
        limit: LISTED,
      },
      signal,
    ),
  );
  const agreement = useLoaded(`agreement ${id}`, (signal) => reviewApi.agreement(id, signal));
  const [said, setSaid] = useState('');
  const list = useRef<HTMLHeadingElement>(null);
  useTitle(`${review.name}: papers`);
  const go = (change: Partial<PaperListState>) => {
    setSaid('');
    const next = { ...state, page: 1, ...change };
    route(reviewUrl(id, '/papers') + writePaperList(next), change.text !== undefined);
  };
  const changed = (message: string) => {
    setSaid(message);
    announce(message);
    papers.reload();
    agreement.reload();
    reload();
    // The paper may leave the list, and with it what had the focus.
    list.current?.focus();
  };
  const { data } = papers;
  const pages = Math.ceil((data?.total ?? 0) / LISTED);
  return (
    <div class="review review-papers">
      <ReviewBar review={review} current="/papers" />
      <div class="review-filters">
        <label>
          <span>Stage</span>
          <select
            value={stage}
            onChange={({ currentTarget }) => {
              const next = STAGES.find((each) => each === currentTarget.value)!;
              go({ stage: next, standing: firstStanding(next) });
            }}
          >
            {STAGES.map((each) => (
              <option key={each} value={each}>
                {STAGE_LABELS[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Standing</span>
          <select
            value={standing}
            onChange={({ currentTarget }) =>
              go({ standing: STANDINGS.find((each) => each === currentTarget.value) ?? 'all' })
            }
          >
            <option value="all">All</option>
            {(Object.keys(STANDING_LABELS) as (keyof typeof STANDING_LABELS)[]).map((each) => (
              <option key={each} value={each}>
                {STANDING_LABELS[each]}
              </option>
            ))}
          </select>
        </label>
        <TextFilter text={text} onChange={(next) => go({ text: next })} />
      </div>
      {said !== '' && <Notice>{said}</Notice>}
      {papers.error && <ReviewFailure error={papers.error} retry={papers.reload} />}
      <section aria-labelledby="reviewed-papers" aria-busy={!data}>
        <h2 id="reviewed-papers" ref={list} tabIndex={-1}>
          {STAGE_LABELS[stage]}: {standing === 'all' ? 'all' : STANDING_LABELS[standing].toLowerCase()}
          {data && ` (${formatCount(data.total)})`}
        </h2>
        {!data && !papers.error && <Skeleton lines={9} />}
        {data && data.total === 0 && (
          <p>{standing === 'conflict' ? 'There is nothing to settle.' : 'There are no such papers.'}</p>
        )}
        {data && (
          <ul>
            {data.papers.map((entry) => (
              <ReviewedPaperItem
                key={`${entry.paper.id} ${stage}`}
                review={id}
                protocol={protocol}
                entry={entry}
                stage={stage}
                onChange={changed}
              />
            ))}
          </ul>
        )}
        {pages > 1 && (
          <nav class="pager" aria-label="Pages">
            {page > 1 && (
              <button type="button" onClick={() => go({ page: page - 1 })}>
                ← Previous
              </button>
            )}
            <span>
              Page {formatCount(page)} of {counted(pages, 'page').replace(/ .*/, '')}
            </span>
            {page < pages && (
              <button type="button" onClick={() => go({ page: page + 1 })}>
                Next →
              </button>
            )}
          </nav>
        )}
      </section>
      {agreement.data && <AgreementList pairs={agreement.data} />}
    </div>
  );
}

/** Words that the listed papers have; looked for after a pause in typing. */
function TextFilter({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed.trim() === text.trim()) return undefined;
    const timer = setTimeout(onChange, PAUSE_MS, typed);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label>
      <span>Words in title or abstract</span>
      <input type="search" value={typed} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
    </label>
  );
}
