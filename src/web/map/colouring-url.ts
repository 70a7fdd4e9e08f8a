import { COLOURINGS, type Colouring } from './colours.ts';

const PARAMETER = 'colour';

/** What the points are coloured by, as a URL's query string says; by clusters where it says nothing known. */
export function readColouring(search: string): Colouring {
  const named = new URLSearchParams(search).get(PARAMETER);
  return COLOURINGS.find((colouring) => colouring === named) ?? 'cluster';
}

/** The same place on the map in other colours. @param url a path with or without a query string. */
export function withColouring(url: string, colouring: Colouring): string {
  if (colouring === 'cluster') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${PARAMETER}=${colouring}`;
}
