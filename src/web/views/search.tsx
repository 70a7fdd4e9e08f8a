import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import type { Suggestion } from '../../search/suggest/values.ts';
import { announce } from '../announce.tsx';
import { Chosen } from '../components/chosen.tsx';
import { CollectList } from '../components/collect-list.tsx';
import { ConfidenceNotices, NoHits } from '../components/confidence.tsx';
import { EncodedNotice } from '../components/encoded.tsx';
import { ExportList } from '../components/export-list.tsx';
import { Facets, FILTERS_ID, FiltersButton } from '../components/facets.tsx';
import { HitList } from '../components/hit-list.tsx';
import { ModeChoice } from '../components/mode-choice.tsx';
import { News } from '../components/news.tsx';
import { Pager } from '../components/pager.tsx';
import { RejectedNotice } from '../components/rejected.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Start } from '../components/start.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { focusHit, focusOpened, isReturn, useHitKeys } from '../hit-keys.ts';
import { mayBeIdentifier } from '../may-be-identifier.ts';
import { paperPath } from '../paths.ts';
import { summaryOf } from '../relevance.ts';
import {
  asksForRelated,
  feedUrl,
  isEmpty,
  mapUrlOf,
  NO_SEARCH,
  readState,
  reviewUrlOf,
  type SearchState,
  SORTS,
  urlOf,
  watchUrlOf,
} from '../search-state.ts';
import { arrivalOfNews } from '../seen.ts';
import { useTitle } from '../title.ts';
import { type Answer, useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';
import { useFacetCounts } from '../use-facet-counts.ts';
import { lazyPart } from '../use-lazy.ts';
import { PHONE, useMedia, WIDE } from '../use-media.ts';
import type { RequestState } from '../use-request.ts';

// Most queries find papers.
const useFetchOffer = lazyPart(() => import('../components/fetch-offer.tsx'));
const SORT_LABELS = {
  relevance: 'Relevance',
  date: 'Newest first',
  title: 'Title',
  citations: 'Most cited',
  added: 'Recently added',
} as const;

/** Search: the start page, the answers to a query, and related papers. */
export function SearchView() {
  const { url, route } = useLocation();
  const state = useMemo(() => readState(new URL(url, location.origin).search), [url]);
  const draft = useDraft(state, (next, replace) => route(urlOf(next), replace));
  const answer = useAnswer(state);
  const answered = useAnswered(state, answer.loading);
  const counts = useFacetCounts(answered, answer.data);
  const empty = isEmpty(state);
  const wide = useMedia(WIDE);
  // On a narrow window, the filters are above the results, and closed at first.
  const [filtering, setFiltering] = useState(false);
  const go = (next: SearchState) => route(urlOf(next));
  const results = useRef<HTMLDivElement>(null);
  useHitKeys(results);
  useTopOfPage(state);
  useTitle(state.q);
  useAnnounced(empty ? undefined : answer);

  const choose = (suggestion: Suggestion) => {
    if ('id' in suggestion) return route(paperPath(suggestion.id));
    if (suggestion.kind === 'keyword') return draft.commit(suggestion.text);
    draft.forget();
    go({ ...NO_SEARCH, mode: state.mode, filters: { author: [suggestion.text] } });
  };

  // On a phone, focusing opens a keyboard that would cover the results of a shared link.
  const mayFocus = empty || matchMedia('(hover: hover)').matches;
  return (
    <div class={empty ? 'search search-start' : 'search'}>
      <h1 class={empty ? 'start-title' : 'visually-hidden'}>Search the papers</h1>
      <SearchField
        value={draft.text}
        label="Search the papers"
        placeholder="A question, a topic, a title, an author"
        autoFocus={mayFocus && !isReturn()}
        onType={draft.type}
        onPrepare={draft.prepare}
        onCommit={draft.commit}
        onChoose={choose}
        onLeaveDown={() => focusHit(results.current, 0)}
      />
      <Controls state={state} onChange={go} showSort={!empty}>
        {!wide && !empty && (
          <FiltersButton state={state} open={filtering} onToggle={() => setFiltering(!filtering)} />
        )}
      </Controls>
      <Chosen state={state} titles={titlesOf(answer.data)} onChange={go} />
      {empty ? (
        <Start />
      ) : (
        <div class="answer">
          <aside id={FILTERS_ID} aria-label="Filters" hidden={!wide && !filtering}>
            <Facets state={state} counts={counts} onChange={go} />
          </aside>
          <section
            aria-label="Results"
            aria-busy={answer.loading}
            class={answer.loading && answer.data ? 'outdated' : ''}
          >
            {answer.error && <Failure error={answer.error} retry={answer.retry} />}
            {!answer.data && answer.loading && <Skeleton lines={9} />}
            {answer.data && !answer.error && <Results answer={answer.data} state={answered} list={results} />}
          </section>
        </div>
      )}
    </div>
  );
}

/** The search that the shown hits answer: while the next answer is loading, the previous one. */
function useAnswered(state: SearchState, loading: boolean): SearchState {
  const answered = useRef(state);
  if (!loading) answered.current = state;
  return answered.current;
}

/** Scrolls to the top when the page or the seeds change. */
function useTopOfPage({ page, like, unlike }: SearchState): void {
  const key = JSON.stringify([page, like, unlike]);
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current !== key) scrollTo(0, 0);
    shown.current = key;
  }, [key]);
}

/** Announces the number of papers to screen readers when the answer arrives. */
function useAnnounced(answer: RequestState<Answer> | undefined): void {
  const { data, loading = true, error } = answer ?? {};
  useEffect(() => {
    if (!loading && data && !error) announce(summaryOf(data));
    else if (!answer) announce('');
  }, [data, loading, error]);
}

interface ResultsProps {
  readonly answer: Answer;
  readonly state: SearchState;
  readonly list: RefObject<HTMLDivElement | null>;
}

function Results({ answer, state, list }: ResultsProps) {
  useEffect(() => focusOpened(list.current), []);
  const since = arrivalOfNews(state);
  const relevant = 'relevant' in answer && answer.relevant !== undefined ? answer.relevant : answer.total;
  return (
    <>
      <ConfidenceNotices answer={answer} state={state} />
      {missesPaper(answer, state) && <MissingPaper key={state.q} identifier={state.q.trim()} />}
      {since !== undefined && <News key={since} since={since} isList />}
      <RejectedNotice answer={answer} state={state} />
      <EncodedNotice encoded={answer.encoded} mode={answer.mode} />
      {answer.total === 0 ? (
        <NoHits state={state} />
      ) : (
        <>
          <div class="summary">
            <CollectList papers={answer.hits.map(({ paper }) => paper)} whole={{ state, relevant }} />
            <span class="summary-text">{summaryOf(answer)}</span>
            {!asksForRelated(state) && <a href={mapUrlOf(state)}>On the map</a>}
            <a href={feedUrl(state)} type="application/atom+xml">
              Subscribe (feed)
            </a>
            <a href={watchUrlOf(state)}>Watch this search</a>
            {!asksForRelated(state) && <a href={reviewUrlOf(state)}>Review these results</a>}
            <ExportList state={state} relevant={relevant} />
          </div>
          <HitList answer={answer} state={state} list={list} />
          <Pager
            state={state}
            total={answer.total}
            relevant={'relevant' in answer ? answer.relevant : undefined}
          />
        </>
      )}
    </>
  );
}

/** Whether a query may name a paper that is not there: it was searched as text, and a notice says something about it. */
function missesPaper(answer: Answer, { q }: SearchState): boolean {
  if (!('understood' in answer)) return false;
  const { notices, ranking } = answer.understood;
  return notices.length > 0 && ranking !== '' && mayBeIdentifier(q);
}

/** Offers to fetch a paper, once what does that is loaded. */
function MissingPaper({ identifier }: { readonly identifier: string }) {
  const part = useFetchOffer(true);
  return part ? <part.FetchOffer identifier={identifier} /> : null;
}

function titlesOf(answer: Answer | undefined): ReadonlyMap<string, string> {
  if (!answer || !('seeds' in answer)) return new Map();
  const { positive, negative } = answer.seeds;
  return new Map([...positive, ...negative].map(({ id, title }) => [id, title]));
}

interface ControlsProps {
  readonly state: SearchState;
  readonly onChange: (state: SearchState) => void;
  readonly showSort: boolean;
  readonly children?: ComponentChildren;
}

/** The search mode and the sort order. @param children before them. */
function Controls({ state, onChange, showSort, children }: ControlsProps) {
  return (
    <div class="controls">
      {children}
      <ModeChoice
        mode={state.mode}
        narrow={useMedia(PHONE)}
        onChange={(mode) => onChange({ ...state, mode, page: 1 })}
      />
      {showSort && (
        <label class="sort">
          <span>Sort by</span>
          <select
            value={state.sort}
            onChange={({ currentTarget }) =>
              onChange({ ...state, sort: SORTS.find((sort) => sort === currentTarget.value)!, page: 1 })
            }
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {SORT_LABELS[sort]}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
