import { z } from 'zod';
import { ACCEPTANCES } from '../../papers/acceptance.ts';
import type { Paper } from '../../papers/paper.ts';
import { statusText } from '../../papers/status.ts';
import { plainUnicode } from '../../text/markup/plain-form.ts';
import { firstSentences, firstWords } from '../../text/shorten.ts';
import { visibleText } from '../../text/visible-text.ts';

/** Some papers have thousands of authors or very long titles. */
const MAX_AUTHORS = 8;
const MAX_LINE_LENGTH = 300;

/** A short view of a paper in an answer. */
export const PaperView = z.object({
  id: z.string().describe('Id of the paper, for get_paper, related and export.'),
  uri: z.string().describe('The paper as a resource.'),
  title: z.string(),
  authors: z.array(z.string()).describe(`At most the first ${MAX_AUTHORS} authors.`),
  authorCount: z.number().int().describe('Number of authors.'),
  status: z
    .string()
    .optional()
    .describe(
      'Present if the paper was retracted, removed, withdrawn or corrected. Check before you cite it.',
    ),
  acceptance: z
    .enum(ACCEPTANCES)
    .optional()
    .describe('Decision of its venue. A rejected, withdrawn or submitted paper was not published there.'),
  venue: z.string().optional(),
  year: z.number().int().optional(),
  url: z.string().optional().describe('Web page of the paper.'),
  pdf: z.string().optional(),
  code: z.string().optional().describe('Where its program code is.'),
  tldr: z.string().optional().describe('A short summary that its source gives beside the abstract.'),
  doi: z.string().optional(),
  abstract: z
    .string()
    .optional()
    .describe('The abstract or its first sentences. Absent when the paper has none.'),
  abstractCut: z
    .boolean()
    .optional()
    .describe('true: the abstract is shortened; get_paper returns it in full.'),
});
export type PaperView = z.infer<typeof PaperView>;

/** The URI of a paper as a resource: `paper://` and its percent-encoded id. */
export function paperUri(id: string): string {
  return `paper://${encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'))}`;
}

/** The id in a URI from `paperUri`. @throws URIError when it is not percent-encoded correctly. */
export function idInUri(encoded: string): string {
  return decodeURIComponent(encoded);
}

/**
 * A paper as a model sees it: hidden characters replaced, long lines cut.
 * @param abstractLength maximum length of its abstract; 0 leaves it out.
 */
export function viewOf(paper: Paper, abstractLength: number): PaperView {
  const line = (text: string) => firstWords(visibleText(text), MAX_LINE_LENGTH);
  const { text, cut } = firstSentences(visibleText(plainUnicode(paper.abstract)), abstractLength);
  return {
    id: paper.id,
    uri: paperUri(paper.id),
    title: line(plainUnicode(paper.title)),
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
    ...(paper.urls.code !== undefined && { code: paper.urls.code }),
    ...(paper.tldr !== undefined && { tldr: line(paper.tldr) }),
    ...(paper.externalIds.doi !== undefined && { doi: paper.externalIds.doi }),
    ...(text !== '' && { abstract: text }),
    ...(cut && { abstractCut: true }),
  };
}
