import { hash } from 'node:crypto';
import type { Paper } from '../../../papers/paper.ts';
import { foldValue } from '../../../text/fold-value.ts';
import { publicationTypesOf } from './publication-types.ts';

/** Where a paper was published: with an id that one venue, case and accents aside, always has; null for no venue. */
export function publicationVenueOf(paper: Paper): Record<string, unknown> | null {
  if (!paper.venue) return null;
  const [type] = publicationTypesOf(paper);
  return {
    id: venueIdOf(paper.venue),
    name: paper.venue,
    type: type === undefined ? null : type === 'Conference' ? 'conference' : 'journal',
    alternate_names: [],
    url: null,
  };
}

/** The first 128 bits of the SHA-1 of a name, in the form of a UUID. */
function venueIdOf(name: string): string {
  return hash('sha1', foldValue(name), 'hex').replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
    '$1-$2-$3-$4-$5',
  );
}
