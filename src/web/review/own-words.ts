import type { Protocol } from '../../review/review.ts';

export type OwnWord = Protocol['highlights'][number];

/** Black or white, whichever is easier to read on a colour. @param color #rrggbb. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  // Relative luminance as in WCAG 2.2. Black and white have the same contrast on 0.179.
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
