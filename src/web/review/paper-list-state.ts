import { STAGES, STANDINGS, type Stage, type Standing } from '../../review/review.ts';

/** Papers per page. */
export const LISTED = 25;

/** Which papers of a review are listed. It is kept only in the URL. */
export interface PaperListState {
  readonly stage: Stage;
  readonly standing: Standing | 'all';
  readonly text: string;
  /** 1-based. */
  readonly page: number;
}

/** What is listed at first: what has to be settled. At the full-text stage, all papers. */
export function firstStanding(stage: Stage): Standing | 'all' {
  return stage === 'abstract' ? 'conflict' : 'all';
}

/** The state that a URL describes; unknown parts are ignored. @param search the part of the URL from `?`. */
export function readPaperList(search: string): PaperListState {
  const parameters = new URLSearchParams(search);
  const stage = STAGES.find((each) => each === parameters.get('stage')) ?? 'abstract';
  const page = Number(parameters.get('page') ?? 1);
  return {
    stage,
    standing:
      [...STANDINGS, 'all' as const].find((each) => each === parameters.get('standing')) ??
      firstStanding(stage),
    text: parameters.get('text') ?? '',
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  };
}

/** The shortest search part of a URL; `readPaperList` reads it. */
export function writePaperList({ stage, standing, text, page }: PaperListState): string {
  const parameters = new URLSearchParams();
  if (stage !== 'abstract') parameters.set('stage', stage);
  if (standing !== firstStanding(stage)) parameters.set('standing', standing);
  if (text !== '') parameters.set('text', text);
  if (page > 1) parameters.set('page', String(page));
  const written = parameters.toString();
  return written === '' ? '' : `?${written}`;
}
