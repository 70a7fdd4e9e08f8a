import type { ComponentChildren } from 'preact';
import { api } from '../api.ts';
import { counted } from '../format.ts';
import { paperPath } from '../paths.ts';
import { NO_SEARCH, urlOf } from '../search-state.ts';
import { PaperText } from '../spans.tsx';
import { useRequest } from '../use-request.ts';
import { EncodedNotice } from './encoded.tsx';
import { StartNews } from './news.tsx';
import { Failure, Skeleton } from './states.tsx';

const MAX_EXAMPLES = 6;
const MAX_VENUES = 8;

/** The size of the index, and example queries: shown before the first query. */
export function Start() {
  const stats = useRequest('stats', (signal) => api.stats(signal));
  const dated = useRequest('overview', (signal) =>
    api.search(new URLSearchParams({ facets: 'year,venue,keyword,area', sort: 'date', limit: '3' }), signal),
  );
  if (stats.error) return <Failure error={stats.error} retry={stats.retry} />;
  if (!stats.data || dated.loading) return <Skeleton lines={4} />;
  if (stats.data.papers === 0) {
    return (
      <div class="state">
        <h2>There are no papers yet</h2>
        <p>
          Add some: <code>paper-search ingest FILE</code>
        </p>
      </div>
    );
  }
  const { values = {} } = dated.data?.facets ?? {};
  const years = (values.year ?? []).map(({ value }) => Number(value)).sort((a, b) => a - b);
  const span =
    years.length === 0 ? '' : years.length === 1 ? ` of ${years[0]}` : `, ${years[0]} to ${years.at(-1)}`;
  const examples = [...(values.keyword ?? []), ...(values.area ?? [])].slice(0, MAX_EXAMPLES);
  return (
    <div class="start">
      <p class="corpus">
        {counted(stats.data.papers, 'paper')}
        {span}
      </p>
      <EncodedNotice encoded={stats.data.encoded} mode="hybrid" />
      <StartNews />
      <Choices label="Try">
        {examples.map(({ value }) => (
          <a key={value} href={urlOf({ ...NO_SEARCH, q: value })}>
            {value}
          </a>
        ))}
      </Choices>
      <Choices label="Venues">
        {(values.venue ?? []).slice(0, MAX_VENUES).map(({ value, count }) => (
          <a key={value} href={urlOf({ ...NO_SEARCH, filters: { venue: [value] } })}>
            {value} <span class="facet-count">{count}</span>
          </a>
        ))}
      </Choices>
      <Choices label="Newest">
        {(dated.data?.hits ?? []).map(({ paper }) => (
          <a key={paper.id} href={paperPath(paper.id)}>
            <PaperText text={paper.title} />
          </a>
        ))}
      </Choices>
    </div>
  );
}

function Choices({ label, children }: { label: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <section class="choices">
      <h2>{label}</h2>
      <div>{children}</div>
    </section>
  );
}
