import { FACETS } from '../../papers/fields.ts';
import type { FacetCounts } from '../../search/api.ts';
import type { Snapshot } from '../../search/engine.ts';

/** Counting and sorting use only the index. */
const WITHOUT_RANKING = { mode: 'keyword', fallback: false, highlight: false } as const;

/** Statistics of a corpus. */
export interface CorpusFacts {
  /** The most frequent values of each facet. */
  readonly facets: FacetCounts['values'];
  /** Absent when no paper has a year. */
  readonly years?: { readonly first: number; readonly last: number } | undefined;
}

/** Counts the papers of a corpus by facet and year. @throws what searching throws. */
export async function corpusFacts(snapshot: Snapshot): Promise<CorpusFacts> {
  const { facets } = await snapshot.search({
    ...WITHOUT_RANKING,
    query: '',
    sort: 'title',
    facets: FACETS,
    limit: 0,
  });
  return { facets: facets?.values ?? {}, years: await yearsOf(snapshot) };
}

/** The years of the oldest and the newest paper, from the order by date. */
async function yearsOf(snapshot: Snapshot): Promise<CorpusFacts['years']> {
  const dated = {
    ...WITHOUT_RANKING,
    query: '',
    filters: { year: '0001..9999' },
    sort: 'date',
    limit: 1,
  } as const;
  const newest = await snapshot.search(dated);
  const oldest = await snapshot.search({ ...dated, offset: Math.max(0, newest.total - 1) });
  const years = [oldest, newest].map(({ hits: [hit] }) => {
    const { year, date, session } = hit?.paper ?? {};
    return year ?? Number((date ?? session?.start)?.slice(0, 4));
  });
  const [first, last] = years;
  return first && last ? { first, last } : undefined;
}
