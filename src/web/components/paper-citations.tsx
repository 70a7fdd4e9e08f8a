import type { CitationsResponse } from '../../search/citations/api.ts';
import { api, type LinkDirection } from '../api.ts';
import { citationsText, linkedUrl, referencesText } from '../citations.ts';
import { formatAuthors, formatCount } from '../format.ts';
import { paperPath } from '../paths.ts';
import { PaperText } from '../spans.tsx';
import { useRequest } from '../use-request.ts';
import { OutsideWorks } from './outside-works.tsx';
import { Failure } from './states.tsx';
import { Tick } from './tick.tsx';

const MAX_SHOWN = 10;
const MAX_AUTHORS = 3;
const TITLES = { references: 'References', citations: 'Cited by' } as const;

/** What a paper cites and what cites it: the most cited papers of each, and a search for all. Nothing if none are known. */
export function PaperCitations({ id }: { id: string }) {
  return (
    <>
      <Links direction="references" id={id} />
      <Links direction="citations" id={id} />
    </>
  );
}

function Links({ direction, id }: { direction: LinkDirection; id: string }) {
  const { data, error, retry } = useRequest(`${direction} of ${id}`, (signal) =>
    api.citations(id, direction, MAX_SHOWN, signal),
  );
  // Most papers have none, so nothing is shown until some are known.
  if (!error && (!data || data.total + data.outside.length === 0)) return null;
  const titleId = `${direction}-title`;
  return (
    <section aria-labelledby={titleId} class="linked">
      <h2 id={titleId}>{TITLES[direction]}</h2>
      {error ? <Failure error={error} retry={retry} /> : data && <Answer {...data} />}
    </section>
  );
}

function Answer({ direction, paper: { id }, total, outside, hits }: CitationsResponse) {
  const all = linkedUrl(id, direction);
  return (
    <>
      <p class="linked-count">
        {direction === 'references' ? referencesText(total, outside.length) : citationsText(total)}
      </p>
      <ol>
        {hits.map(({ paper, citations }) => (
          <li key={paper.id} class="related-paper">
            <Tick paper={paper} />
            <div>
              <a href={paperPath(paper.id)} class="related-title">
                <PaperText text={paper.title} />
              </a>
              <p class="authors">
                {[
                  formatAuthors(paper.authors, MAX_AUTHORS),
                  paper.year ?? '',
                  citations > 0 ? `cited by ${formatCount(citations)}` : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {total > hits.length && all !== undefined && (
        <p>
          <a href={all}>
            All {formatCount(total)} {direction === 'references' ? 'references here' : 'papers that cite it'}
          </a>
        </p>
      )}
      <OutsideWorks works={outside.map((reference) => ({ reference }))} />
    </>
  );
}
