import {
  type Frame,
  type Highlighted,
  highlightFactor,
  OPACITY,
  type PointRenderer,
  type Points,
} from './drawing.ts';

/** Draws points as small squares on a plain canvas: for browsers and machines without WebGL 2. */
export function createCanvasRenderer(canvas: HTMLCanvasElement, { xs, ys }: Points): PointRenderer {
  const context = canvas.getContext('2d')!;
  let colours: readonly string[] = [];
  let highlighted: Highlighted | undefined;
  return {
    kind: 'canvas',
    setColours(rgb) {
      colours = Array.from(xs, (_, doc) => `rgb(${rgb.subarray(3 * doc, 3 * doc + 3).join(' ')})`);
    },
    setHighlighted(next) {
      highlighted = next;
    },
    draw({ placement: { scale, dx, dy }, size: { width, height }, ratio, diameter, dimmed }: Frame) {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const square = (doc: number, side: number) => {
        const [x, y] = [scale * xs[doc]! + dx, scale * ys[doc]! + dy];
        if (x > -side && y > -side && x < width + side && y < height + side) {
          context.fillRect(x - side / 2, y - side / 2, side, side);
        }
      };
      context.globalAlpha = highlighted ? OPACITY.dimmed : OPACITY.plain;
      context.fillStyle = `rgb(${dimmed.join(' ')})`;
      for (let doc = 0; doc < xs.length; doc++) {
        if (!highlighted) context.fillStyle = colours[doc]!;
        square(doc, diameter);
      }
      context.globalAlpha = OPACITY.highlighted;
      highlighted?.docs.forEach((doc, i) => {
        context.fillStyle = colours[doc]!;
        square(doc, diameter * highlightFactor(highlighted!.strengths[i]!));
      });
    },
    dispose() {},
  };
}
