import { COLOURINGS, type Colouring } from './colours.ts';

const PARAMETER = 'colour';

/** The colouring in a URL's query string; by cluster if there is none or it is unknown. */
export function readColouring(search: string): Colouring {
  const named = new URLSearchParams(search).get(PARAMETER);
  return COLOURINGS.find((colouring) => colouring === named) ?? 'cluster';
}

/** The same URL with another colouring. @param url a path with or without a query string. */
export function withColouring(url: string, colouring: Colouring): string {
  if (colouring === 'cluster') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${PARAMETER}=${colouring}`;
}
