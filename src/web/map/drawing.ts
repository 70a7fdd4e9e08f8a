import type { Placement, Size } from './geometry.ts';

/** Points that answer a query: they are drawn over the others, the better the larger. */
export interface Lit {
  /** Positions of the points, the worst first: the best are drawn last. */
  readonly docs: Uint32Array;
  /** From 0 to 255, one a point of `docs`. */
  readonly strengths: Uint8Array;
}

/** How a picture is drawn. */
export interface Frame {
  readonly placement: Placement;
  readonly size: Size;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  /** Diameter of a point, CSS pixels. */
  readonly diameter: number;
  /** Red, green and blue of points that are not lit where some are. */
  readonly dimmed: readonly [number, number, number];
}

/** Draws many points. */
export interface PointRenderer {
  readonly kind: 'webgl' | 'canvas';
  /** @param rgb red, green and blue of each point. */
  setColours(rgb: Uint8Array): void;
  /** @param lit undefined: all points are drawn alike. */
  setLit(lit: Lit | undefined): void;
  draw(frame: Frame): void;
  dispose(): void;
}

/** What every renderer is made of. */
export interface Points {
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
}

/** How opaque points are: alone, beside lit ones, and lit. */
export const OPACITY = { plain: 0.78, dimmed: 0.28, lit: 0.95 } as const;

/** The diameter of a lit point, in those of a plain one. @param strength 0 to 255. */
export function litFactor(strength: number): number {
  return 1.25 + (0.9 * strength) / 255;
}
