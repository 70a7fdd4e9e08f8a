import { useRef, useState } from 'preact/hooks';
import { outlineOf, type Placement, type Point, toMap } from './geometry.ts';

/** A corner is kept when it is so far from the last one, CSS pixels. */
const STEP = 3;

/** An outline that is being drawn. */
export interface Lasso {
  /** Its corners so far, in CSS pixels; none when nothing is drawn. */
  readonly drawn: readonly Point[];
  /** Listeners of the element that is drawn on. */
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly cancel: () => void;
  /** Whether the last press drew: the click that ends it is meant for nothing else. */
  readonly wasDrawn: () => boolean;
}

/**
 * Draws an outline with the pointer: while `armed`, or with Shift held down.
 * @param onOutline told of the outline, in map coordinates, when it encloses something.
 */
export function useLasso(
  armed: boolean,
  placement: Placement,
  onOutline: (corners: readonly Point[]) => void,
): Lasso {
  // Events come faster than renderings: the corners are kept beside the state.
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

/** Where an event is in the element that listens. */
export function placeOf(event: PointerEvent | MouseEvent): Point {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}
