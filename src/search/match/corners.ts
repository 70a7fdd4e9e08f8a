import type { Polygon } from '../../indexes/map/polygon.ts';
import { MAX_CORNERS, MIN_CORNERS } from '../../limits.ts';

const CORNER = String.raw`-?\d{1,6},-?\d{1,6}`;
const CORNERS = new RegExp(`^${CORNER}(?:,${CORNER}){${MIN_CORNERS - 1},${MAX_CORNERS - 1}}$`);

/** The format of a filter by an outline as text, for messages. */
export const EXPECTED_CORNERS = `${MIN_CORNERS} to ${MAX_CORNERS} corners on the map, x and y of each, separated by commas: 100,100,900,100,500,800`;

/** The polygon of a text such as `100,100,900,100,500,800`; undefined when it is not one. */
export function readCorners(text: string): Polygon | undefined {
  if (!CORNERS.test(text)) return undefined;
  const numbers = text.split(',').map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, corner): [number, number] => [
    numbers[2 * corner]!,
    numbers[2 * corner + 1]!,
  ]);
}
