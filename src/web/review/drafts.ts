import { libraryKey } from '../library.ts';

/** What a reviewer has prepared for the paper on the screen, before deciding. */
export interface Draft {
  readonly paper: string;
  readonly reasons: readonly string[];
  readonly note: string;
}

const keyOf = (review: string) => libraryKey(`paper-search.review-draft.${review}`);

/** The draft for a paper, which this browser keeps as long as the paper is not decided; empty without one. */
export function readDraft(review: string, paper: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(review)) ?? 'null') as Draft | null;
    if (kept?.paper === paper && Array.isArray(kept.reasons) && typeof kept.note === 'string') return kept;
  } catch {
    // Unreadable, or storage is disabled.
  }
  return { paper, reasons: [], note: '' };
}

/** Keeps a draft; there is one for a review. An empty one is removed. */
export function keepDraft(review: string, draft: Draft): void {
  try {
    if (draft.reasons.length === 0 && draft.note === '') localStorage.removeItem(keyOf(review));
    else localStorage.setItem(keyOf(review), JSON.stringify(draft));
  } catch {
    // Storage is disabled or full: the draft lasts as long as the page is open.
  }
}
