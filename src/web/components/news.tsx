import { useEffect, useState } from 'preact/hooks';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { counted, formatInstant } from '../format.ts';
import { searchParameters, urlOf } from '../search-state.ts';
import { markSeen, newsSince, useSeen } from '../seen.ts';
import { createStore, useStore } from '../store.ts';
import { useRequest } from '../use-request.ts';

/** The last move of the mark, for undo. It lasts as long as the page is open. */
const moved = createStore<{ readonly from: string; readonly to: string } | undefined>(undefined);

/** How many papers are new since the last visit: on the start page. The first visit sets the mark. */
export function StartNews() {
  const seen = useSeen();
  const move = useStore(moved);
  // The list of what was just marked as seen can be opened, and the mark moved back.
  const [since] = useState(move && move.to === seen ? move.from : seen);
  return since === undefined ? <FirstVisit /> : <News since={since} />;
}

/** Marks everything that is there as seen: nothing is new for who was never here. */
function FirstVisit() {
  const { data } = useNewest(undefined);
  const newest = data?.newest;
  useEffect(() => {
    if (newest !== undefined) markSeen(newest);
  }, [newest]);
  return null;
}

interface NewsProps {
  readonly since: string;
  /** Whether it is shown above the list, which needs no link to itself. */
  readonly isList?: boolean;
}

/**
 * How many papers came in after an arrival, and a button that moves the mark to the newest of them. Nothing else moves it: what
 * came in after this was counted stays new. For the mark of someone else, in a shared link, there is no button.
 */
export function News({ since, isList = false }: NewsProps) {
  const seen = useSeen();
  const move = useStore(moved);
  const isMoved = move?.from === since && move.to === seen;
  const { data } = useNewest(since);
  if (!data || (isList && since !== seen && !isMoved)) return null;
  const { total, newest } = data;
  const date = <time dateTime={since}>{formatInstant(since)}</time>;
  if (total === 0 || newest === undefined)
    return isList ? null : <p class="news">Nothing new since {date}.</p>;
  const mark = () => {
    moved.set({ from: since, to: newest });
    markSeen(newest);
    announce(`Marked ${counted(total, 'paper')} as seen.`);
  };
  const undo = () => {
    moved.set(undefined);
    markSeen(since);
    announce(`${counted(total, 'paper')} new again.`);
  };
  const text = `${counted(total, 'paper')} new`;
  return (
    <p class="news">
      <span>
        {isList ? text : <a href={urlOf(newsSince(since))}>{text}</a>} since {date}
      </span>
      <button type="button" onClick={isMoved ? undo : mark}>
        {isMoved ? 'Undo: not seen yet' : 'Mark as seen'}
      </button>
    </p>
  );
}

/** The number of papers that came in after an arrival, or of all, and the newest arrival: one request, with one paper. */
function useNewest(since: string | undefined) {
  return useRequest(`news ${since}`, async (signal) => {
    const state = newsSince(since ?? '');
    const parameters = searchParameters(since === undefined ? { ...state, filters: {} } : state);
    parameters.set('limit', '1');
    parameters.set('highlight', 'false');
    const { total, hits } = await api.search(parameters, signal);
    return { total, newest: hits[0]?.paper.added };
  });
}
