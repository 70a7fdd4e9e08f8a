import { z } from 'zod';
import { ACCEPTANCES } from '../../papers/acceptance.ts';
import type { Paper } from '../../papers/paper.ts';
import { statusText } from '../../papers/status.ts';
import { visibleText } from '../../text/visible-text.ts';
import { firstSentences, firstWords } from './shorten.ts';

/** Papers have thousands of authors now and then, and titles of any length. */
const MAX_AUTHORS = 8;
const MAX_LINE_LENGTH = 300;

/** A paper in an answer, as short as tells which it is and what it says. */
export const PaperView = z.object({
  id: z.string().describe('Id of the paper, for get_paper, related and export.'),
  uri: z.string().describe('The paper as a resource.'),
  title: z.string(),
  authors: z.array(z.string()).describe(`The first ${MAX_AUTHORS} authors at most.`),
  authorCount: z.number().int().describe('How many authors there are.'),
  status: z
    .string()
    .optional()
    .describe(
      'Present if the paper was retracted, removed, withdrawn or corrected: do not cite it as it is.',
    ),
  acceptance: z
    .enum(ACCEPTANCES)
    .optional()
    .describe('Decision of its venue. One that is rejected, withdrawn or submitted was not published there.'),
  venue: z.string().optional(),
  year: z.number().int().optional(),
  url: z.string().optional().describe('Web page of the paper.'),
  pdf: z.string().optional(),
  doi: z.string().optional(),
  abstract: z.string().optional().describe('The abstract or its first sentences. Absent when there is none.'),
  abstractCut: z.boolean().optional().describe('true: get_paper gives the whole abstract.'),
});
export type PaperView = z.infer<typeof PaperView>;

/** The address of a paper as a resource: `paper://` and its id, percent-encoded. */
export function paperUri(id: string): string {
  return `paper://${encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'))}`;
}

/** The id in an address that `paperUri` made. @throws URIError for one that is not well encoded. */
export function idInUri(encoded: string): string {
  return decodeURIComponent(encoded);
}

/**
 * A paper as a model sees it: hidden characters replaced, long lines cut.
 * @param abstractLength most characters of its abstract; 0 leaves it out.
 */
export function viewOf(paper: Paper, abstractLength: number): PaperView {
  const line = (text: string) => firstWords(visibleText(text), MAX_LINE_LENGTH);
  const { text, cut } = firstSentences(visibleText(paper.abstract), abstractLength);
  return {
    id: paper.id,
    uri: paperUri(paper.id),
    title: line(paper.title),
    authors: paper.authors.slice(0, MAX_AUTHORS).map(line),
    authorCount: paper.authors.length,
    ...(paper.status !== undefined && {
      status: line(statusText(paper.status).replace(/^[^(:]+/, (label) => label.toUpperCase())),
    }),
    ...(paper.acceptance !== undefined && { acceptance: paper.acceptance }),
    ...(paper.venue !== undefined && { venue: line(paper.venue) }),
    ...(paper.year !== undefined && { year: paper.year }),
    ...(paper.urls.landing !== undefined && { url: paper.urls.landing }),
    ...(paper.urls.pdf !== undefined && { pdf: paper.urls.pdf }),
    ...(paper.externalIds.doi !== undefined && { doi: paper.externalIds.doi }),
    ...(text !== '' && { abstract: text }),
    ...(cut && { abstractCut: true }),
  };
}
