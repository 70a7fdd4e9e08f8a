import { hash } from 'node:crypto';
import type { Paper } from '../../../papers/paper.ts';
import { foldValue } from '../../../text/fold-value.ts';
import { publicationTypesOf } from './publication-types.ts';

/**
 * The venue of a paper, with an id that depends only on the venue's name without case and accents; null when the paper
 * has no venue.
 */
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

/** The first 128 bits of the SHA-1 of a name, formatted as a UUID. */
function venueIdOf(name: string): string {
  return hash('sha1', foldValue(name), 'hex').replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
    '$1-$2-$3-$4-$5',
  );
}
