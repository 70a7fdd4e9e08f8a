import pc from 'picocolors';
import type { RelatedHit, RelatedResponse } from '../search/searcher.ts';
import { INDENT, renderHit, renderHits } from './render.ts';

/** Hits with the seed that each is near to. */
export function renderRelated({ seeds, hits, total, tookMs }: RelatedResponse): string {
  const names = [
    ...seeds.positive.map(({ title, id }) => `“${title || id}”`),
    ...(seeds.text === undefined ? [] : [`“${seeds.text}”`]),
  ];
  const away = seeds.negative.map(({ title, id }) => `“${title || id}”`);
  const label = `related to ${names.join(' and ')}${away.length > 0 ? `, not to ${away.join(' and ')}` : ''}`;
  return renderHits(hits, total, label, tookMs, (hit) => renderRelatedHit(hit, names.length > 1, seeds));
}

function renderRelatedHit(hit: RelatedHit, several: boolean, seeds: RelatedResponse['seeds']): string {
  const { id, sharedTerms } = hit.nearest;
  const seed = seeds.positive.find((paper) => paper.id === id);
  const near = several ? [`near to “${seed ? seed.title || seed.id : seeds.text}”`] : [];
  const words = sharedTerms.length > 0 ? [`in common: ${sharedTerms.join(', ')}`] : [];
  const why = [...near, ...words].join('; ');
  return why === '' ? renderHit(hit) : `${renderHit(hit)}\n${INDENT}${pc.dim(why)}`;
}
