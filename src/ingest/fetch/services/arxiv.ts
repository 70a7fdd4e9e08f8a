import { arxivIdIn } from '../../../papers/identifiers/arxiv.ts';
import type { Connector } from '../connector.ts';
import { daysBefore, firstDay, type Selection } from '../selection.ts';
import { harvestRequest, readHarvest } from './arxiv-harvest.ts';
import { readSearch, searchRequest } from './arxiv-search.ts';

/** From submission to announcement, weekends and holidays included. */
const ANNOUNCEMENT_DAYS = 7;

/**
 * arXiv: searches by its search API, whole categories and changes by OAI-PMH. One request every three seconds
 * over a single connection, for all its interfaces together (https://info.arxiv.org/help/api/tou.html).
 */
export const arxivConnector: Connector = {
  title: 'arXiv',
  prefixes: ['https://export.arxiv.org/', 'https://oaipmh.arxiv.org/'],
  intervalMs: 3000,
  // The first byte of a harvest may take a minute and a half.
  timeoutMs: 180_000,
  contentType: /\bxml\b/i,
  fileEnding: 'xml',
  asksForContact: false,
  hints: {},
  takes: ['ids', 'query', 'category', 'from', 'until', 'changedSince', 'limit'],
  resumable: true,
  exactTotals: true,
  objection: (selection) => {
    const { ids, query, category, changedSince } = selection;
    if (ids) {
      const wrong = ids.find((id) => arxivIdIn(id) !== id);
      if (wrong !== undefined)
        return `Expected arXiv identifiers such as 2101.11408 for --ids, got "${wrong}".`;
      return Object.keys(selection).length > 1 ? '--ids cannot be combined with other options.' : undefined;
    }
    if (category && !/^[a-z-]+(?:\.[A-Za-z-]+)?$/.test(category)) {
      return `Expected a category of arXiv (cs.LG, math, hep-th), got "${category}".`;
    }
    if (changedSince && isSearch(selection)) {
      return '--changed-since can be combined only with --category: a search uses dates of submission (--from, --until).';
    }
    return query || category || changedSince || isSearch(selection)
      ? undefined
      : 'Say what: --query, --category, --ids, or dates of submission (--from, --until).';
  },
  request: (selection, cursor) =>
    isSearch(selection) ? searchRequest(selection, cursor) : harvestRequest(selection, cursor),
  read: (text, selection, cursor) =>
    isSearch(selection) ? readSearch(text, selection, cursor) : readHarvest(text),
  since: (selection, day) => {
    if (selection.ids) return undefined;
    // Records are dated by the day, and the day of the last fetch was not over.
    if (!isSearch(selection)) return { ...selection, changedSince: daysBefore(day, 1) };
    const from = daysBefore(day, ANNOUNCEMENT_DAYS);
    const given = selection.from && firstDay(selection.from);
    return { ...selection, from: given && given > from ? given : from };
  },
};

/** OAI-PMH knows neither identifiers, queries nor dates of submission. */
function isSearch({ ids, query, from, until }: Selection): boolean {
  return ids !== undefined || query !== undefined || from !== undefined || until !== undefined;
}
