import type { FetchReport } from '../ingest/fetch/fetch-pages.ts';
import type { FetchProgress } from '../ingest/fetch/fetch-papers.ts';
import { visibleTexts } from '../text/visible-text.ts';

/** One line of progress of a fetch. */
export function renderFetchProgress(given: FetchProgress): string {
  const progress = visibleTexts(given);
  if (progress.kind === 'notice') return progress.message;
  if (progress.kind === 'retry') {
    const { service, waitMs, reason } = progress;
    return `${service}: ${reason}; trying again in ${Math.ceil(waitMs / 1000)} s`;
  }
  const { service, pages, papers, total } = progress;
  const of = total === undefined ? '' : ` of ${total}`;
  return `${service}: ${papers}${of} ${papers === 1 ? 'paper' : 'papers'}, ${pages} ${pages === 1 ? 'page' : 'pages'}`;
}

/** The result of a fetch, with its notices. */
export function renderFetchReport(report: FetchReport): string {
  const { service, folder, papers, newPages, unchangedPages, notices } = visibleTexts(report);
  const pages = `new pages: ${newPages}, unchanged: ${unchangedPages}`;
  return [
    `Fetched ${papers} ${papers === 1 ? 'paper' : 'papers'} from ${service} into "${folder}" (${pages}).`,
    ...notices,
  ].join('\n');
}
