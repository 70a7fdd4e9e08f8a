/** A text that may stand in the window, around its middle, in CSS pixels. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room between two labels. */
const GAP = 4;

/**
 * Which labels are shown, so that none lies over another one or over the edge.
 * @param boxes the more important first. @returns one a box.
 */
export function shownLabels(
  boxes: readonly LabelBox[],
  window: { readonly width: number; readonly height: number },
): boolean[] {
  const placed: LabelBox[] = [];
  return boxes.map((box) => {
    const fits =
      Math.abs(box.x - window.width / 2) <= (window.width - box.width) / 2 &&
      Math.abs(box.y - window.height / 2) <= (window.height - box.height) / 2 &&
      placed.every((other) => !overlap(box, other));
    if (fits) placed.push(box);
    return fits;
  });
}

function overlap(a: LabelBox, b: LabelBox): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP
  );
}
