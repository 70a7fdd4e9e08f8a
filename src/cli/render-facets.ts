import type { FacetCounts } from '../search/api.ts';

const MAX_FACET_VALUES = 8;

/** The most frequent values of facets over the relevant papers, one line a facet. */
export function renderFacets({ papers, values }: FacetCounts): string {
  const width = Math.max(...Object.keys(values).map(({ length }) => length)) + 1;
  const lines = Object.entries(values).map(([facet, counts]) => {
    const shown = counts.slice(0, MAX_FACET_VALUES).map(({ value, count }) => `${value} ${count}`);
    const more = counts.length > MAX_FACET_VALUES ? ', …' : '';
    return `  ${facet.padEnd(width)} ${shown.join(', ') || '–'}${more}`;
  });
  return [`Of ${papers} relevant ${papers === 1 ? 'paper' : 'papers'}:`, ...lines].join('\n');
}
