import { formatCount } from './format.ts';
import { PAGE_SIZE } from './search-state.ts';

/** What of an answer says where the relevant papers of its list end. */
export interface ListPart {
  /** Papers in the whole list. */
  readonly total: number;
  /** How many of them are relevant and come first; undefined where the answer does not say. */
  readonly relevant?: number | undefined;
  /** Papers before this page. */
  readonly offset: number;
  readonly hits: readonly unknown[];
}

/** How many hits of a page are relevant: all of them where nothing in the list is not. */
export function relevantOnPage({ total, relevant = total, offset, hits }: ListPart): number {
  return Math.max(0, Math.min(relevant - offset, hits.length));
}

/** Whether the list continues with papers that are not relevant. A list without a relevant paper has no boundary. */
export function hasBoundary({ total, relevant = total }: Pick<ListPart, 'total' | 'relevant'>): boolean {
  return relevant > 0 && relevant < total;
}

/** What a page of a list shows: "11–20 of 119 relevant papers". */
export function summaryOf(list: ListPart): string {
  const { total, relevant = total, offset, hits } = list;
  if (total === 0) return 'No papers found.';
  const papers = total === 1 ? '1 paper' : `${formatCount(total)} papers`;
  if (total <= PAGE_SIZE)
    return hasBoundary(list) ? `${papers}, ${formatCount(relevant)} of them relevant` : papers;
  const span = (from: number, to: number) =>
    from === to ? formatCount(to) : `${formatCount(from)}–${formatCount(to)}`;
  if (hits.length === 0) return `${papers}, none on this page`;
  const last = offset + hits.length;
  if (!hasBoundary(list)) return `${span(offset + 1, last)} of ${papers}`;
  return offset < relevant
    ? `${span(offset + 1, Math.min(last, relevant))} of ${formatCount(relevant)} relevant papers`
    : `${span(offset + 1, last)} of ${papers}, after the ${formatCount(relevant)} relevant`;
}
