import { useEffect, useRef, useState } from 'preact/hooks';
import type { Paper } from '../../papers/paper.ts';
import { api } from '../api.ts';

/** Time on a point before its title is requested, in milliseconds. */
const PAUSE_MS = 60;

/** The hovered point, and its paper as soon as it is known. */
export interface Pointed {
  readonly doc: number | undefined;
  readonly paper: Paper | undefined;
  readonly point: (doc: number | undefined) => void;
  /** The paper of a point, requested if it is not known yet. */
  readonly paperOf: (doc: number) => Promise<Paper>;
}

/**
 * Tracks the hovered paper.
 * @param snapshot the snapshot of the points. @param onOutdated called if the server has a newer snapshot.
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
      // On failure the point stays unnamed; the next hover requests it again.
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
