import { useMemo } from 'preact/hooks';
import type { Decision } from '../../review/review.ts';
import { type KeyMap, useKeys } from '../keys.ts';

interface ScreeningActions {
  readonly decide: (decision: Decision) => void;
  readonly undo: () => void;
  /** Moves to the reasons. */
  readonly toReasons: () => void;
  /** Moves to the note. */
  readonly toNote: () => void;
  readonly toggleWhy: () => void;
  /** Ticks a reason to exclude, or removes the tick. @param place from 0. */
  readonly toggleReason: (place: number) => void;
}

const DECISIONS: Readonly<Record<string, Decision>> = { i: 'include', e: 'exclude', m: 'maybe' };

/**
 * Keys while papers are screened: `i`, `e` and `m` decide, `r` and `n` lead to the reasons and the note, 1 to 9 tick reasons, `u`
 * takes back, `w` says why.
 */
export function useScreeningKeys(actions: ScreeningActions): void {
  const keys = useMemo((): KeyMap => {
    // A key that is held down repeats: the papers after this one were not read.
    const once = (act: () => void) => (event: KeyboardEvent) => {
      if (!event.repeat) act();
    };
    return {
      ...Object.fromEntries(
        Object.entries(DECISIONS).map(([key, decision]) => [key, once(() => actions.decide(decision))]),
      ),
      ...Object.fromEntries(
        Array.from({ length: 9 }, (_, place) => [String(place + 1), once(() => actions.toggleReason(place))]),
      ),
      u: once(actions.undo),
      r: once(actions.toReasons),
      n: once(actions.toNote),
      w: once(actions.toggleWhy),
    };
  }, [actions]);
  useKeys(keys);
}
