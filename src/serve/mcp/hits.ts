import { z } from 'zod';
import type { Hit } from '../../search/api.ts';
import { REJECTED_HIDDEN_DESCRIPTION, rejectedNote } from '../../search/match/rejected.ts';
import { PaperView, viewOf } from './paper-view.ts';

/** A ranked paper. */
export const HitView = z.object({
  rank: z.number().int().describe('Rank in the whole ranking, from 1.'),
  score: z.number().describe('Comparable only within this answer. 0 when papers are not ranked by a query.'),
  ...PaperView.shape,
});
export type HitView = z.infer<typeof HitView>;

/** Output fields of every tool that returns a page of hits. */
export const pageOutput = {
  total: z.number().int().describe('Papers in the whole ranking; not all of them are relevant.'),
  rejectedHidden: z.number().int().optional().describe(REJECTED_HIDDEN_DESCRIPTION),
  offset: z.number().int(),
  nextOffset: z.number().int().optional().describe('The offset of the next page. Absent on the last one.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
};

/** A hit as a model sees it. @param abstractLength see `viewOf`. */
function hitView({ rank, score, paper }: Hit, abstractLength: number): HitView {
  return { rank, score: Math.round(score * 1e4) / 1e4, ...viewOf(paper, abstractLength) };
}

/**
 * A page of hits, with notes about what was left out.
 * @param wanted requested length of abstracts.
 * @param used length that fitted.
 */
export function pageOf(
  {
    hits,
    total,
    rejectedHidden,
    offset,
  }: {
    hits: readonly Hit[];
    total: number;
    rejectedHidden?: number | undefined;
    offset: number;
  },
  shown: number,
  { wanted, used }: { wanted: number; used: number },
) {
  const views = hits.slice(0, shown).map((hit) => hitView(hit, used));
  const next = offset + shown;
  const missing = hits.length - shown;
  const shortened = views.filter(({ abstractCut }) => abstractCut).length;
  return {
    total,
    ...(rejectedHidden && { rejectedHidden }),
    offset,
    ...(next < total && shown > 0 && { nextOffset: next }),
    leftOut: [
      ...(rejectedHidden ? [rejectedNote(rejectedHidden, 'Call again with rejected: "show"')] : []),
      ...(missing > 0
        ? [
            shown > 0
              ? `Hits that did not fit into maxBytes: ${missing}. Call again with offset ${next}, or with a larger maxBytes.`
              : 'No hit fits into maxBytes. Call again with a larger maxBytes.',
          ]
        : []),
      ...(wanted > 0 && shortened > 0
        ? [
            `Abstracts that were shortened${used < wanted ? ' to fit into maxBytes' : ''}: ${shortened}. Use get_paper for one full abstract, or abstracts: "whole" and a larger maxBytes for all.`,
          ]
        : []),
    ],
    hits: views,
  };
}
