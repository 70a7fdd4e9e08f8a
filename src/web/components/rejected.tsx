import { formatCount } from '../format.ts';
import { type SearchState, urlOf } from '../search-state.ts';
import type { Answer } from '../use-answer.ts';
import { Notice } from './states.tsx';

/** Whether rejected and withdrawn submissions are hidden or shown, with a link to the other. */
export function RejectedNotice({ answer, state }: { answer: Answer; state: SearchState }) {
  if (state.rejected === 'show') {
    return (
      <Notice>
        Rejected and withdrawn submissions are shown.{' '}
        <a href={urlOf({ ...state, page: 1, rejected: 'hide' })}>Hide them</a>
      </Notice>
    );
  }
  if (!answer.rejectedHidden) return null;
  return (
    <Notice>
      Rejected and withdrawn submissions are hidden ({formatCount(answer.rejectedHidden)}).{' '}
      <a href={urlOf({ ...state, page: 1, rejected: 'show' })}>Show them</a>
    </Notice>
  );
}
