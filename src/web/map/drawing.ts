import type { Placement, Size } from './geometry.ts';

/** The points that match a query: drawn over the others, and larger the better they match. */
export interface Highlighted {
  /** Numbers of the points, worst first: the best are drawn last. */
  readonly docs: Uint32Array;
  /** From 0 to 255, one per point of `docs`. */
  readonly strengths: Uint8Array;
}

/** How a frame is drawn. */
export interface Frame {
  readonly placement: Placement;
  readonly size: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** Diameter of a point, CSS pixels. */
  readonly diameter: number;
  /** Red, green and blue of points that are not highlighted where some are. */
  readonly dimmed: readonly [number, number, number];
}

/** Draws many points. */
export interface PointRenderer {
  readonly kind: 'webgl' | 'canvas';
  /** @param rgb red, green and blue of each point. */
  setColours(rgb: Uint8Array): void;
  /** @param highlighted undefined: all points are drawn alike. */
  setHighlighted(highlighted: Highlighted | undefined): void;
  draw(frame: Frame): void;
  dispose(): void;
}

/** Input of every renderer. */
export interface Points {
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
}

/** How opaque points are: alone, beside highlighted ones, and highlighted. */
export const OPACITY = { plain: 0.78, dimmed: 0.28, highlighted: 0.95 } as const;

/** The diameter of a highlighted point, in those of a plain one. @param strength 0 to 255. */
export function highlightFactor(strength: number): number {
  return 1.25 + (0.9 * strength) / 255;
}
