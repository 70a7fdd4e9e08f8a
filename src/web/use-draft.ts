import { useEffect, useRef, useState } from 'preact/hooks';
import type { SearchState } from './search-state.ts';

/** The pause after a key after which the text is searched for, in milliseconds. */
const PAUSE_MS = 150;

/** The text in the search field, which runs ahead of the search by a pause. */
export interface Draft {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Searches now, for the text as it is. */
  readonly commit: (text: string) => void;
  /** Drops a text that was typed and not yet searched for. */
  readonly forget: () => void;
}

/**
 * Searches while somebody types. The first change makes a new entry in the history and the next ones replace it, so
 * that Back leads to what was searched for before, not through every letter.
 * @param go shows a search; `replace`: in place of the last one.
 */
export function useDraft(state: SearchState, go: (next: SearchState, replace: boolean) => void): Draft {
  const [text, setText] = useState(state.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** The query that typing put into the URL; undefined when the entry in the history is not of typing. */
  const drafted = useRef<string | undefined>(undefined);
  /** Typing may go on while a render with an older query is under way. */
  const latest = useRef({ state, go });
  latest.current = { state, go };

  const forget = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    drafted.current = undefined;
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Somebody else changed the query: Back, a link, a suggestion. What was typed and not yet searched for is dropped.
    if (state.q !== drafted.current) {
      forget();
      setText(state.q);
    }
  }, [state.q]);

  const search = (q: string) => {
    timer.current = undefined;
    const { state, go } = latest.current;
    if (q === state.q) return;
    const replace = drafted.current !== undefined;
    drafted.current = q;
    go({ ...state, q, page: 1 }, replace);
  };
  return {
    text,
    type(next) {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(search, PAUSE_MS, next);
    },
    commit(next) {
      clearTimeout(timer.current);
      setText(next);
      search(next);
      drafted.current = undefined;
    },
    forget,
  };
}
