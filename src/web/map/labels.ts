/** A label in the window, around its centre, in CSS pixels. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room between two labels. */
const GAP = 4;
/** Alternative positions of a label, in its own heights: a little above or below. */
const SHIFTS = [0, -1.2, 1.2, -2.4, 2.4];

/**
 * Places labels so that they do not overlap each other, the edge or other elements.
 * @param boxes the more important first. @param taken other elements in the window. @returns the position of each label; undefined if there is no room.
 */
export function placeLabels(
  boxes: readonly LabelBox[],
  window: { readonly width: number; readonly height: number },
  taken: readonly LabelBox[] = [],
): (LabelBox | undefined)[] {
  const placed = [...taken];
  return boxes.map((box) => {
    const free = SHIFTS.map((shift) => ({ ...box, y: box.y + shift * box.height })).find(
      (candidate) => isInside(candidate, window) && placed.every((other) => !overlap(candidate, other)),
    );
    if (free) placed.push(free);
    return free;
  });
}

function isInside(
  { x, y, width, height }: LabelBox,
  window: { readonly width: number; readonly height: number },
): boolean {
  return (
    Math.abs(x - window.width / 2) <= (window.width - width) / 2 &&
    Math.abs(y - window.height / 2) <= (window.height - height) / 2
  );
}

function overlap(a: LabelBox, b: LabelBox): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP
  );
}
