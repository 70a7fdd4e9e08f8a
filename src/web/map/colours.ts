import { formatCount } from '../format.ts';
import type { MapData } from './map-data.ts';

/** The fields that points can be coloured by. */
export const COLOURINGS = ['cluster', 'venue', 'year'] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** A line of the legend. */
interface LegendEntry {
  readonly colour: string;
  readonly label: string;
}

/** Colours of all points, and what they mean. */
export interface Colours {
  /** Red, green and blue of each point. */
  readonly rgb: Uint8Array;
  readonly legend: readonly LegendEntry[];
  /** Whether the legend is a continuous scale. */
  readonly isScale: boolean;
}

/** Venues with a colour of their own: more colours cannot be distinguished. */
const MAX_VENUES = 10;
/** Hue difference between neighbours in the order of size. */
const GOLDEN_ANGLE = 137.508;
/** Steps of the scale of years. */
const STEPS = 7;
/** The oldest papers are often few and far back: the scale starts after this share of all papers. */
const OLDEST_SHARE = 0.02;

/** Colours of the points of a map. @param dark whether the background is dark. */
export function coloursOf(data: MapData, by: Colouring, dark: boolean): Colours {
  if (by === 'year') return yearColours(data, dark);
  const grey = dark ? 'oklch(0.55 0 0)' : 'oklch(0.72 0 0)';
  if (by === 'cluster') {
    const colours = data.clusters.map((_, i) => category(i, dark));
    return {
      rgb: painted(data.clusterOf, colours, grey),
      // Clusters have their names on the map and a coloured list below it.
      legend: [],
      isScale: false,
    };
  }
  const shown = data.venues.slice(0, MAX_VENUES);
  const colours = shown.map((_, i) => category(i, dark));
  const legend = shown.map(({ value, count }, i) => ({
    colour: colours[i]!,
    label: `${value} (${formatCount(count)})`,
  }));
  return {
    rgb: painted(data.venueOf, colours, grey),
    legend: [...legend, { colour: grey, label: 'other, or none' }],
    isScale: false,
  };
}

/** The colour of a cluster in lists. */
export function category(number: number, dark: boolean): string {
  const hue = (25 + number * GOLDEN_ANGLE) % 360;
  // Every second one is lighter, so that similar hues still differ.
  const lightness = (dark ? 0.68 : 0.56) + (number % 2) * 0.1;
  return `oklch(${lightness.toFixed(2)} 0.15 ${hue.toFixed(0)})`;
}

function yearColours({ years }: MapData, dark: boolean): Colours {
  const grey = dark ? 'oklch(0.45 0 0)' : 'oklch(0.8 0 0)';
  const known = years.filter((year) => year > 0).toSorted();
  const last = known.at(-1);
  if (last === undefined) return { rgb: painted(years, [], grey), legend: [], isScale: false };
  const first = Math.min(known[Math.floor(OLDEST_SHARE * known.length)]!, last);
  const span = Math.max(1, last - first);
  const steps = Array.from({ length: STEPS }, (_, i) => {
    const share = i / (STEPS - 1);
    const lightness = dark ? 0.42 + 0.46 * share : 0.86 - 0.46 * share;
    const hue = dark ? 285 - 195 * share : 95 + 190 * share;
    return `oklch(${lightness.toFixed(3)} 0.13 ${hue.toFixed(0)})`;
  });
  const stepOf = years.map((year) =>
    year === 0 ? 65_535 : Math.round(((Math.max(first, year) - first) / span) * (STEPS - 1)),
  );
  const legend = steps.map((colour, i) => {
    const year = Math.round(first + (span * i) / (STEPS - 1));
    return { colour, label: i === 0 && known[0]! < first ? `≤ ${year}` : String(year) };
  });
  return { rgb: painted(stepOf, steps, grey), legend, isScale: true };
}

/** The colour of each point by its number in a list. */
function painted(numbers: Uint8Array | Uint16Array, colours: readonly string[], other: string): Uint8Array {
  const bytes = colours.map(bytesOf);
  const rest = bytesOf(other);
  const rgb = new Uint8Array(3 * numbers.length);
  numbers.forEach((number, i) => {
    rgb.set(bytes[number] ?? rest, 3 * i);
  });
  return rgb;
}

/** A CSS colour as three bytes: the browser converts it. */
export function bytesOf(colour: string): readonly [number, number, number] {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!];
}
