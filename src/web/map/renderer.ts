import { createCanvasRenderer } from './canvas-renderer.ts';
import type { PointRenderer, Points } from './drawing.ts';
import { createWebGlRenderer } from './webgl-renderer.ts';

/** Draws with WebGL 2 if available, else on a plain canvas: slower, but the same picture. */
export function createRenderer(canvas: HTMLCanvasElement, points: Points): PointRenderer {
  return createWebGlRenderer(canvas, points) ?? createCanvasRenderer(canvas, points);
}
