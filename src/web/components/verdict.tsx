import type { SearchResponse } from '../../search/api.ts';
import { NO_SEARCH, type SearchState, urlOf } from '../search-state.ts';
import { Notice } from './states.tsx';

/** How the answer came about, and how far it is to be trusted, in plain words. */
export function VerdictNotices({ answer, state }: { answer: SearchResponse; state: SearchState }) {
  const { verdict, didYouMean, secondLook, understood, total } = answer;
  const corrected = secondLook?.kind === 'spelling' ? secondLook : undefined;
  return (
    <>
      {corrected && (
        <Notice>
          Showing papers for <strong>{corrected.query}</strong>: the corpus has no{' '}
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
      {total > 0 && verdict.level === 'none' && (
        <Notice kind="weak">
          <strong>Nothing relevant.</strong> The corpus seems to have no paper on this. What follows is only
          what comes nearest.
        </Notice>
      )}
      {total > 0 && verdict.level === 'weak' && (
        <Notice kind="weak">
          <strong>Only weak matches.</strong>{' '}
          {secondLook?.kind === 'sentences'
            ? `The first ${secondLook.papers} were compared again, sentence by sentence.`
            : 'These papers may be only near to what you look for.'}
        </Notice>
      )}
    </>
  );
}

/** Said when no paper fulfils what was asked for. */
export function NoHits({ state }: { state: SearchState }) {
  const { filters, mode, q } = state;
  const narrowed = Object.values(filters).some((values) => values.length > 0);
  return (
    <div class="state">
      <h2>Nothing found</h2>
      <p>No paper has all of what was asked for.</p>
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
        <li>Quotation marks, AND, NOT and field names are required of every paper: plain words are not.</li>
      </ul>
    </div>
  );
}
