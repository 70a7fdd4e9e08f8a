import type { SearchResponse } from '../../search/api.ts';
import { NO_SEARCH, type SearchState, urlOf } from '../search-state.ts';
import type { Answer } from '../use-answer.ts';
import { Notice } from './states.tsx';

/** What was corrected, and how likely the answer contains what was asked for. */
export function ConfidenceNotices({ answer, state }: { answer: Answer; state: SearchState }) {
  const { confidence, total } = answer;
  const fallback = 'understood' in answer ? answer.fallback : undefined;
  return (
    <>
      {'understood' in answer && <QueryNotices answer={answer} state={state} />}
      {total > 0 && confidence.level === 'none' && (
        <Notice kind="weak">
          <strong>Nothing relevant.</strong> No paper seems to be about this. These are only the nearest
          papers.
        </Notice>
      )}
      {total > 0 && confidence.level === 'weak' && (
        <Notice kind="weak">
          <strong>Only weak matches.</strong>{' '}
          {fallback?.kind === 'sentences'
            ? `The first ${fallback.papers} were reranked by their sentences.`
            : 'These papers may be only near what you are looking for.'}
        </Notice>
      )}
    </>
  );
}

/** How a query was understood. */
function QueryNotices({ answer, state }: { answer: SearchResponse; state: SearchState }) {
  const { didYouMean, fallback, understood } = answer;
  const corrected = fallback?.kind === 'spelling' ? fallback : undefined;
  return (
    <>
      {corrected && (
        <Notice>
          Showing papers for <strong>{corrected.query}</strong>: no paper contains{' '}
          {corrected.replacements.map(({ from }) => `“${from}”`).join(', ')}.
        </Notice>
      )}
      {didYouMean && !corrected && (
        <Notice>
          Did you mean <a href={urlOf({ ...state, q: didYouMean.text, page: 1 })}>{didYouMean.text}</a>?
        </Notice>
      )}
      {understood.notices.map(({ message, span }) => (
        <Notice key={`${span.start} ${message}`}>{message}</Notice>
      ))}
    </>
  );
}

/** Shown when no paper matches the query and the filters. */
export function NoHits({ state }: { state: SearchState }) {
  const { filters, mode, q } = state;
  const narrowed = Object.values(filters).some((values) => values.length > 0);
  return (
    <div class="state">
      <h2>Nothing found</h2>
      <p>No paper matches the query and all its filters.</p>
      <ul>
        {narrowed && (
          <li>
            <a href={urlOf({ ...state, page: 1, filters: NO_SEARCH.filters })}>Search without the filters</a>
          </li>
        )}
        {q.includes('"') && (
          <li>
            <a href={urlOf({ ...state, page: 1, q: q.replaceAll('"', '') })}>
              Search without the quotation marks
            </a>
          </li>
        )}
        {mode === 'keyword' && (
          <li>
            <a href={urlOf({ ...state, page: 1, mode: 'hybrid' })}>Search by meaning too</a>
          </li>
        )}
        <li>Every hit must match phrases, AND, NOT and field names. Plain words are optional.</li>
      </ul>
    </div>
  );
}
