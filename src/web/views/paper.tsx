import { useRef, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import type { Paper } from '../../papers/paper.ts';
import { api } from '../api.ts';
import { Cite } from '../components/cite.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { PaperAuthors } from '../components/paper-authors.tsx';
import { PaperCitations } from '../components/paper-citations.tsx';
import { PaperFields } from '../components/paper-fields.tsx';
import { PaperWhere } from '../components/paper-where.tsx';
import { Related } from '../components/related.tsx';
import { ResultsBar } from '../components/results-bar.tsx';
import { Sources } from '../components/sources.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { toggleCollected } from '../components/tick.tsx';
import { listOfOpened } from '../hit-keys.ts';
import { placeIn } from '../opened-list.ts';
import { usePaperKeys } from '../paper-keys.ts';
import { PaperText, usePlainText } from '../spans.tsx';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';

/** The page of a paper: its fields, references, citations and related papers. */
export function PaperView() {
  const id = useRoute().params.id ?? '';
  const { data, error, loading, retry } = useRequest(`paper ${id}`, (signal) => api.paper(id, signal));
  useTitle(usePlainText(data?.title ?? ''));
  if (error?.code === 'NOT_FOUND') return <Unknown id={id} />;
  if (error) return <Failure error={error} retry={retry} />;
  if (!data || loading) return <Skeleton lines={12} />;
  // The key resets the state for each paper, so that opened parts do not stay open for the next paper.
  return <PaperArticle key={data.id} paper={data} id={id} />;
}

/** @param id as in the URL: the paper's id, or another one that it is found by. */
function PaperArticle({ paper, id }: { paper: Paper; id: string }) {
  const { title, authors, abstract, tldr } = paper;
  const [cites, setCites] = useState(false);
  const { current: from } = useRef(placeIn(listOfOpened(), id));
  const onCite = () => setCites(!cites);
  usePaperKeys({ from, onCite, onCollect: () => toggleCollected(paper) });
  return (
    <>
      {from && <ResultsBar from={from} />}
      <div class="paper">
        <article>
          <h1>
            <PaperText text={title} />
          </h1>
          <PaperWhere paper={paper} />
          {authors.length > 0 && <PaperAuthors authors={authors} />}
          <PaperActions paper={paper} cites={cites} onCite={onCite} />
          <Cite paper={paper} open={cites} />
          {tldr !== undefined && (
            <p class="paper-tldr">
              <strong>Short summary</strong> {tldr} <span>From the source, beside the abstract.</span>
            </p>
          )}
          <section aria-labelledby="abstract-title">
            <h2 id="abstract-title">Abstract</h2>
            {abstract === '' ? (
              <p class="missing">No abstract.</p>
            ) : (
              abstract.split(/\n\n+/).map((paragraph) => (
                <p key={paragraph} class="paper-abstract">
                  <PaperText text={paragraph} />
                </p>
              ))
            )}
          </section>
          <PaperFields paper={paper} />
          <PaperCitations id={paper.id} />
          <Sources paper={paper} />
        </article>
        <Related id={paper.id} />
      </div>
    </>
  );
}

function Unknown({ id }: { id: string }) {
  useTitle('Paper not found');
  return (
    <section class="notice-page">
      <h1>Paper not found</h1>
      <p>
        There is no paper with the id <code>{id}</code>. It may have been removed.{' '}
        <a href="/">Search the papers</a>
      </p>
    </section>
  );
}
