import { isUnpublished } from '../../papers/acceptance.ts';
import type { Paper } from '../../papers/paper.ts';
import { formatAuthors, formatSlot } from '../format.ts';

/** Authors shown with a hit. */
const MAX_AUTHORS = 6;

/** Authors, venue, year and session, in two lines. */
export function PaperFacts({ paper, authors = MAX_AUTHORS }: { paper: Paper; authors?: number }) {
  const { session } = paper;
  const when = formatSlot(session?.start, session?.end);
  const place = placeOf(paper);
  const slot = [session?.name, session?.hall, when].filter((part) => part !== undefined).join(' · ');
  return (
    <>
      {paper.authors.length > 0 && <p class="authors">{formatAuthors(paper.authors, authors)}</p>}
      {(place !== '' || slot !== '') && (
        <p class="facts">
          {place !== '' && <span class="place">{place}</span>}
          {slot !== '' && <span class="slot">{slot}</span>}
        </p>
      )}
    </>
  );
}

/** Venue and year of a paper; empty if neither is known. */
export function placeOf({ venue, year, acceptance }: Paper): string {
  // A venue that did not publish the paper is named in its mark only.
  if (isUnpublished(acceptance)) return '';
  // The venue often contains the year already.
  const isNamed = year !== undefined && venue?.includes(String(year));
  return [venue, isNamed ? undefined : year].filter((part) => part !== undefined).join(' ');
}
