import type { Paper } from '../../papers/paper.ts';
import { webUrl } from '../paths.ts';
import { usePlainText } from '../spans.tsx';

/** Links to the paper on the web; other kinds of links are left out. */
export function PaperLinks({ paper }: { paper: Paper }) {
  const { title, urls, externalIds } = paper;
  const plain = usePlainText(title);
  const links = [
    { label: 'PDF', url: webUrl(urls.pdf) },
    { label: 'Code', url: webUrl(urls.code) },
    { label: 'Page', url: webUrl(urls.landing) },
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
          <a key={label} href={url} rel="noreferrer noopener" aria-label={`${label} of “${plain}”`}>
            {label}
          </a>
        );
      })}
    </>
  );
}
