import type { Paper } from '../../types.ts';
import { formatAuthors, formatSlot } from '../format.ts';
import { webUrl } from '../paths.ts';

/** Authors shown of a hit. */
const MOST_AUTHORS = 6;

/** Who, where and when, in two lines. */
export function PaperFacts({ paper, authors = MOST_AUTHORS }: { paper: Paper; authors?: number }) {
  const { session, venue } = paper;
  const when = formatSlot(session?.start, session?.end);
  // A venue often ends in its year already.
  const year = paper.year !== undefined && !venue?.includes(String(paper.year)) ? paper.year : undefined;
  const place = [venue, year].filter((part) => part !== undefined).join(' ');
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

/** Where the paper stands on the web; links that are none of the web are left out. */
export function PaperLinks({ paper }: { paper: Paper }) {
  const { urls, externalIds } = paper;
  const links = [
    { label: 'Page', url: webUrl(urls.landing) },
    { label: 'PDF', url: webUrl(urls.pdf) },
    { label: 'DOI', url: externalIds.doi && webUrl(`https://doi.org/${encodeURI(externalIds.doi)}`) },
    {
      label: 'arXiv',
      url: externalIds.arxiv && webUrl(`https://arxiv.org/abs/${encodeURI(externalIds.arxiv)}`),
    },
  ];
  const seen = new Set<string>();
  return (
    <>
      {links.map(({ label, url }) => {
        if (!url || seen.has(url)) return null;
        seen.add(url);
        return (
          <a key={label} href={url} rel="noreferrer noopener" aria-label={`${label} of “${paper.title}”`}>
            {label}
          </a>
        );
      })}
    </>
  );
}
