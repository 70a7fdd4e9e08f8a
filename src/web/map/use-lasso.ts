import { useRef, useState } from 'preact/hooks';
import { outlineOf, type Placement, type Point, toMap } from './geometry.ts';

/** Distance between two kept corners, in CSS pixels. */
const STEP = 3;

/** An outline that is being drawn. */
export interface Lasso {
  /** Its corners so far, in CSS pixels; empty if nothing is being drawn. */
  readonly drawn: readonly Point[];
  /** Event listeners for the drawing element. */
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly cancel: () => void;
  /** Whether the last press drew an outline, so that its click is ignored. */
  readonly wasDrawn: () => boolean;
}

/**
 * Draws an outline with the pointer while `armed` or with Shift held down.
 * @param onOutline called with the outline in map coordinates, if it encloses an area.
 */
export function useLasso(
  armed: boolean,
  placement: Placement,
  onOutline: (corners: readonly Point[]) => void,
): Lasso {
  // Events are faster than rendering, so the corners are kept in a ref.
  const corners = useRef<Point[]>([]);
  const lastPressDrew = useRef(false);
  const [drawn, setDrawn] = useState<readonly Point[]>([]);
  const clear = () => {
    corners.current = [];
    setDrawn([]);
  };
  return {
    drawn,
    onPointerDown(event) {
      lastPressDrew.current = event.button === 0 && (armed || event.shiftKey);
      if (!lastPressDrew.current) return;
      const surface = event.currentTarget as HTMLElement;
      surface.setPointerCapture(event.pointerId);
      corners.current = [placeOf(event)];
      setDrawn(corners.current);
    },
    onPointerMove(event) {
      const last = corners.current.at(-1);
      if (!last) return;
      const next = placeOf(event);
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) < STEP) return;
      corners.current = [...corners.current, next];
      setDrawn(corners.current);
    },
    onPointerUp() {
      if (corners.current.length === 0) return;
      const outline = outlineOf(corners.current.map((corner) => toMap(placement, corner)));
      clear();
      if (outline) onOutline(outline);
    },
    cancel: clear,
    wasDrawn: () => lastPressDrew.current,
  };
}

/** Position of an event in the listening element. */
export function placeOf(event: PointerEvent | MouseEvent): Point {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}
