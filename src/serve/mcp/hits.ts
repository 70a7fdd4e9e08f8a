import { z } from 'zod';
import type { Hit } from '../../search/api.ts';
import { ENCODED_DESCRIPTION, type Encoded } from '../../search/encoded.ts';
import { REJECTED_HIDDEN_DESCRIPTION, rejectedNote } from '../../search/match/rejected.ts';
import { PaperView, viewOf } from './paper-view.ts';

/** A ranked paper. */
export const HitView = z.object({
  rank: z.number().int().describe('Rank in the whole ranking, from 1.'),
  score: z.number().describe('Comparable only within this answer. 0 when papers are not ranked by a query.'),
  ...PaperView.shape,
});
export type HitView = z.infer<typeof HitView>;

/** How many papers have a vector. */
export const encodedOutput = z
  .object({ papers: z.number().int(), of: z.number().int() })
  .optional()
  .describe(ENCODED_DESCRIPTION);

/** Output fields of every tool that returns a page of hits. */
export const pageOutput = {
  total: z.number().int().describe('Papers in the whole ranking; not all of them are relevant.'),
  rejectedHidden: z.number().int().optional().describe(REJECTED_HIDDEN_DESCRIPTION),
  encoded: encodedOutput,
  offset: z.number().int(),
  nextOffset: z.number().int().optional().describe('The offset of the next page. Absent on the last one.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
};

/** A hit as a model sees it. @param abstractLength see `viewOf`. */
function hitView({ rank, score, paper }: Hit, abstractLength: number): HitView {
  return { rank, score: Math.round(score * 1e4) / 1e4, ...viewOf(paper, abstractLength) };
}

/** A page of an answer. */
interface PageOfHits<H> {
  readonly hits: readonly H[];
  readonly total: number;
  readonly rejectedHidden?: number | undefined;
  readonly encoded?: Encoded | undefined;
  readonly offset: number;
}

/** Lengths of abstracts: what was requested, and what fitted. */
interface Lengths {
  readonly wanted: number;
  readonly used: number;
}

/** A page of ranked papers, with notes about what was left out. */
export function pageOf(page: PageOfHits<Hit>, shown: number, lengths: Lengths) {
  return pageOfViews(page, shown, lengths, hitView);
}

/**
 * A page of hits, with notes about what was left out.
 * @param view a hit as a model sees it, with an abstract of at most a length.
 */
export function pageOfViews<H, V extends PaperView>(
  { hits, total, rejectedHidden, encoded, offset }: PageOfHits<H>,
  shown: number,
  { wanted, used }: Lengths,
  view: (hit: H, abstractLength: number) => V,
) {
  const views = hits.slice(0, shown).map((hit) => view(hit, used));
  const next = offset + shown;
  const missing = hits.length - shown;
  const shortened = views.filter(({ abstractCut }) => abstractCut).length;
  return {
    total,
    ...(rejectedHidden && { rejectedHidden }),
    ...(encoded && { encoded }),
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
