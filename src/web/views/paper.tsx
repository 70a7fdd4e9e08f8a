import { useRoute } from 'preact-iso/router';
import type { Paper } from '../../papers/paper.ts';
import { api } from '../api.ts';
import { Cite } from '../components/cite.tsx';
import { PaperAuthors } from '../components/paper-authors.tsx';
import { PaperCitations } from '../components/paper-citations.tsx';
import { PaperFields } from '../components/paper-fields.tsx';
import { PaperLinks } from '../components/paper-links.tsx';
import { PaperMarks } from '../components/paper-marks.tsx';
import { Related } from '../components/related.tsx';
import { Sources } from '../components/sources.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import { Tick } from '../components/tick.tsx';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';

/** The page of a paper: its fields, references, citations and related papers. */
export function PaperView() {
  const id = useRoute().params.id ?? '';
  const { data, error, loading, retry } = useRequest(`paper ${id}`, (signal) => api.paper(id, signal));
  useTitle(data?.title ?? '');
  if (error?.code === 'NOT_FOUND') return <Unknown id={id} />;
  if (error) return <Failure error={error} retry={retry} />;
  if (!data || loading) return <Skeleton lines={12} />;
  // The key resets the state for each paper, so that opened parts do not stay open for the next paper.
  return <PaperArticle key={data.id} paper={data} />;
}

function PaperArticle({ paper }: { paper: Paper }) {
  const { id, title, authors, abstract } = paper;
  return (
    <div class="paper">
      <article>
        <h1>{title}</h1>
        <PaperMarks paper={paper} whole />
        {authors.length > 0 && <PaperAuthors authors={authors} />}
        <div class="paper-actions">
          <Tick paper={paper}>Collect</Tick>
          <PaperLinks paper={paper} />
          <a href={urlOf({ ...NO_SEARCH, like: [id] })}>More like this</a>
        </div>
        <section aria-labelledby="abstract-title">
          <h2 id="abstract-title">Abstract</h2>
          {abstract === '' ? (
            <p class="missing">No abstract.</p>
          ) : (
            abstract.split(/\n\n+/).map((paragraph) => (
              <p key={paragraph} class="paper-abstract">
                {paragraph}
              </p>
            ))
          )}
        </section>
        <PaperFields paper={paper} />
        <PaperCitations id={id} />
        <Cite paper={paper} />
        <Sources paper={paper} />
      </article>
      <Related id={id} />
    </div>
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
