import { useEffect, useRef, useState } from 'preact/hooks';
import type { SearchState } from './search-state.ts';

/** Pause in typing after which the search starts, in milliseconds. */
const PAUSE_MS = 150;

/** The text in the search field, which is ahead of the search by a pause. */
export interface Draft {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Shows a text that is not complete yet: it is searched for when the reader types on, or commits it. */
  readonly prepare: (text: string) => void;
  /** Searches at once. */
  readonly commit: (text: string) => void;
  /** Drops text that was typed but not searched for yet. */
  readonly forget: () => void;
}

/**
 * Searches while the reader types. The first change adds a history entry and the next ones replace it, so that Back
 * leads to the search before, not through every letter.
 * @param go shows a search; `replace`: instead of the last one.
 */
export function useDraft(state: SearchState, go: (next: SearchState, replace: boolean) => void): Draft {
  const [text, setText] = useState(state.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** The query that typing put into the URL; undefined if typing did not make the history entry. */
  const drafted = useRef<string | undefined>(undefined);
  /** The reader may type while an older query is being rendered. */
  const latest = useRef({ state, go });
  latest.current = { state, go };

  const forget = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    drafted.current = undefined;
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Back, a link or a suggestion changed the query: text that was not searched for yet is dropped.
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
    prepare(next) {
      clearTimeout(timer.current);
      setText(next);
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
