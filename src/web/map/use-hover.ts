import { useEffect, useRef, useState } from 'preact/hooks';
import type { Paper } from '../../papers/paper.ts';
import { api } from '../api.ts';

/** Milliseconds the pointer stays on a point before its title is asked for. */
const PAUSE_MS = 60;

/** A point that is pointed at, and its paper as soon as it is known. */
export interface Pointed {
  readonly doc: number | undefined;
  readonly paper: Paper | undefined;
  readonly point: (doc: number | undefined) => void;
  /** The paper of a point, from the server if it is not known yet. */
  readonly paperOf: (doc: number) => Promise<Paper>;
}

/**
 * Says which paper is pointed at.
 * @param snapshot whose positions these are. @param onOutdated told when the server has another one by now.
 */
export function useHover(snapshot: string, onOutdated: () => void): Pointed {
  const [doc, setDoc] = useState<number>();
  const [paper, setPaper] = useState<Paper>();
  const known = useRef(new Map<number, Paper>());
  const paperOf = async (wanted: number) => {
    const there = known.current.get(wanted);
    if (there) return there;
    const answer = await api.mapPaper(wanted);
    if (answer.snapshot !== snapshot) {
      onOutdated();
      throw new Error('The papers have changed.');
    }
    known.current.set(wanted, answer.paper);
    return answer.paper;
  };
  useEffect(() => known.current.clear(), [snapshot]);
  useEffect(() => {
    setPaper(doc === undefined ? undefined : known.current.get(doc));
    if (doc === undefined || known.current.has(doc)) return;
    let current = true;
    const timer = setTimeout(() => {
      // Without a title the point stays unnamed; the next one asks again.
      paperOf(doc).then(
        (found) => current && setPaper(found),
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [doc]);
  return { doc, paper, point: setDoc, paperOf };
}
