import pc from 'picocolors';
import type { RelatedHit, RelatedResponse } from '../search/api.ts';
import { encodedNote } from '../search/encoded.ts';
import { linksText } from '../search/related/links-text.ts';
import { plainUnicode } from '../text/markup/plain-form.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { rejectedRemark } from './answer-output.ts';
import { type HitOptions, INDENT, renderHit, renderHits } from './render.ts';
import { renderFacets } from './render-facets.ts';

/** Remarks, hits with the seed that each is closest to, and facets. */
export function renderRelated(response: RelatedResponse, options: HitOptions = {}): string {
  const shown = visibleTexts(response);
  const { seeds, hits, total, tookMs, facets } = shown;
  const names = [
    ...seeds.positive.map(({ title, id }) => `“${plainUnicode(title) || id}”`),
    ...(seeds.text === undefined ? [] : [`“${seeds.text}”`]),
  ];
  const away = seeds.negative.map(({ title, id }) => `“${plainUnicode(title) || id}”`);
  const label = `related to ${names.join(' and ')}${away.length > 0 ? `, unlike ${away.join(' and ')}` : ''}`;
  return [
    ...remarksOn(shown).map((remark) => pc.yellow(remark)),
    renderHits(hits, total, label, tookMs, (hit) => {
      const shown = renderHit(hit, options);
      const why = reasonOf(hit, names.length > 1, seeds);
      return why === '' ? shown : `${shown}\n${INDENT}${pc.dim(why)}`;
    }),
    ...(facets ? [renderFacets(facets)] : []),
  ].join('\n\n');
}

/** What was hidden, and where the relevant hits end. */
function remarksOn({ hits, relevant, rejectedHidden, encoded, mode }: RelatedResponse): string[] {
  const vectors = encoded && encodedNote(encoded, mode);
  const first = hits.filter(({ confidence }) => confidence.level !== 'none').length;
  return [
    ...(rejectedHidden ? [rejectedRemark(rejectedHidden)] : []),
    ...(vectors === undefined ? [] : [vectors]),
    ...(hits.length > 0 && relevant === 0 ? ['No relevant papers were found. The closest ones are:'] : []),
    ...(first > 0 && first < hits.length
      ? [
          `The first ${relevant === 1 ? 'paper is' : `${relevant} papers are`} relevant. The closest others follow.`,
        ]
      : []),
  ];
}

function reasonOf({ nearest }: RelatedHit, several: boolean, seeds: RelatedResponse['seeds']): string {
  const { id, sharedTerms, links } = nearest;
  const seed = seeds.positive.find((paper) => paper.id === id);
  const near = several ? [`close to “${seed ? plainUnicode(seed.title) || seed.id : seeds.text}”`] : [];
  const words = sharedTerms.length > 0 ? [`in common: ${sharedTerms.join(', ')}`] : [];
  return [...near, ...(links ? linksText(links) : []), ...words].join('; ');
}
