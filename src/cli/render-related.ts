import pc from 'picocolors';
import type { RelatedHit, RelatedResponse } from '../search/api.ts';
import { linksText } from '../search/related/links-text.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { rejectedRemark } from './answer-output.ts';
import { type HitOptions, INDENT, renderHit, renderHits } from './render.ts';

/** Hits, each with the seed that it is closest to. */
export function renderRelated(response: RelatedResponse, options: HitOptions = {}): string {
  const { seeds, hits, total, rejectedHidden, tookMs } = visibleTexts(response);
  const names = [
    ...seeds.positive.map(({ title, id }) => `“${title || id}”`),
    ...(seeds.text === undefined ? [] : [`“${seeds.text}”`]),
  ];
  const away = seeds.negative.map(({ title, id }) => `“${title || id}”`);
  const label = `related to ${names.join(' and ')}${away.length > 0 ? `, unlike ${away.join(' and ')}` : ''}`;
  const remark = rejectedHidden ? `${pc.yellow(rejectedRemark(rejectedHidden))}\n\n` : '';
  const shown = renderHits(hits, total, label, tookMs, (hit) => {
    const shown = renderHit(hit, options);
    const why = reasonOf(hit, names.length > 1, seeds);
    return why === '' ? shown : `${shown}\n${INDENT}${pc.dim(why)}`;
  });
  return remark + shown;
}

function reasonOf({ nearest }: RelatedHit, several: boolean, seeds: RelatedResponse['seeds']): string {
  const { id, sharedTerms, links } = nearest;
  const seed = seeds.positive.find((paper) => paper.id === id);
  const near = several ? [`close to “${seed ? seed.title || seed.id : seeds.text}”`] : [];
  const words = sharedTerms.length > 0 ? [`in common: ${sharedTerms.join(', ')}`] : [];
  return [...near, ...(links ? linksText(links) : []), ...words].join('; ');
}
