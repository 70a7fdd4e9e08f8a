import type { PageReading } from '../connector.ts';
import type { Selection } from '../selection.ts';
import { attributeOf, XmlPage } from '../xml-page.ts';

/** Groups of arXiv's taxonomy other than physics, which holds all further archives. */
const GROUPS: ReadonlySet<string> = new Set(['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat']);

/**
 * The OAI-PMH set of a category: `cs` is `cs`, `cs.LG` is `cs:cs:LG`, `hep-th` is `physics:hep-th`, and
 * `astro-ph.GA` is `physics:astro-ph:GA`.
 */
export function setOf(category: string): string {
  const [archive, subject] = category.split('.');
  const group = GROUPS.has(archive!) ? archive! : 'physics';
  if (subject !== undefined) return `${group}:${archive}:${subject}`;
  return archive === group ? group : `${group}:${archive}`;
}

/** A request to arXiv's OAI-PMH interface. @param cursor a resumption token. */
export function harvestRequest({ category, changedSince }: Selection, cursor: string | undefined): URL {
  const url = new URL('https://oaipmh.arxiv.org/oai');
  // A token replaces all other arguments (OAI-PMH 2.0, section 3.5).
  url.search = new URLSearchParams(
    cursor !== undefined
      ? { verb: 'ListRecords', resumptionToken: cursor }
      : {
          verb: 'ListRecords',
          metadataPrefix: 'arXiv',
          ...(category ? { set: setOf(category) } : {}),
          ...(changedSince ? { from: changedSince } : {}),
        },
  ).toString();
  return url;
}

/** What a ListRecords response says (OAI-PMH 2.0, sections 3.5, 3.6 and 4.5). */
export function readHarvest(text: string): PageReading {
  const page = new XmlPage(text);
  if (!page.endsWith('OAI-PMH')) {
    return { kind: 'again', reason: 'an answer that is cut short or not OAI-PMH' };
  }
  const error = page.element('error');
  const code = error && attributeOf(error, 'code');
  if (code === 'noRecordsMatch') return { kind: 'page', papers: 0, total: 0 };
  if (error) {
    const reason = `${code}: ${error.text}`;
    return { kind: code === 'badResumptionToken' ? 'stale' : 'refused', reason };
  }
  const token = page.element('resumptionToken');
  const total = Number(token && attributeOf(token, 'completeListSize'));
  return {
    kind: 'page',
    papers: page.count('record'),
    total: Number.isInteger(total) ? total : undefined,
    // The last page of several has an empty token.
    next: token?.text || undefined,
  };
}
