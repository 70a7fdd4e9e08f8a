/*
 * Answers as the document shows them.
 */

const AUTHOR = { authorId: '118535313712901', name: 'Ada Beispiel' };

export const PAPER_EXAMPLE = {
  paperId: '8335cd2a80f230c45f957d3564090fe658a35f92',
  title: 'Self-Improvement Without a Teacher',
  year: 2025,
  authors: [AUTHOR],
};

const PAPERS = [PAPER_EXAMPLE];

export const RELEVANCE_EXAMPLE = { total: 20000, offset: 0, next: 1, data: PAPERS };
export const BULK_EXAMPLE = { total: 1518, token: 'MTAwMC44MjVjMzU4MTIyMWViMmFk', data: PAPERS };
export const MATCH_EXAMPLE = { data: [{ ...PAPER_EXAMPLE, matchScore: 98.4 }] };
export const AUTOCOMPLETE_EXAMPLE = {
  matches: [
    { id: PAPER_EXAMPLE.paperId, title: PAPER_EXAMPLE.title, authorsYear: 'Beispiel & Ejemplo, 2025' },
  ],
};
export const PAPER_BATCH_EXAMPLE = [PAPER_EXAMPLE, null];
export const PAPER_LIST_EXAMPLE = { offset: 0, data: PAPERS };
const LINK = { contexts: [], intents: [], isInfluential: false };
export const LINK_LIST_EXAMPLES = {
  citations: { offset: 0, next: 1, data: [{ ...LINK, citingPaper: PAPER_EXAMPLE }] },
  references: { offset: 0, next: 1, data: [{ ...LINK, citedPaper: PAPER_EXAMPLE }] },
};
export const AUTHOR_EXAMPLE = { ...AUTHOR, paperCount: 12 };
export const AUTHOR_BATCH_EXAMPLE = [AUTHOR_EXAMPLE, null];
export const AUTHOR_LIST_EXAMPLE = { offset: 0, next: 1, data: [AUTHOR] };
export const AUTHOR_SEARCH_EXAMPLE = { total: 2, ...AUTHOR_LIST_EXAMPLE };
export const RECOMMENDATION_EXAMPLE = { recommendedPapers: PAPERS };
export const SNIPPET_EXAMPLE = {
  data: [
    {
      score: 0.767,
      snippet: {
        text: 'We study models that learn from their own best answers.',
        snippetKind: 'abstract',
        section: null,
        snippetOffset: { start: 0, end: 55 },
        annotations: { sentences: [{ start: 0, end: 55 }], refMentions: [] },
      },
      paper: {
        corpusId: '425742075330802',
        title: PAPER_EXAMPLE.title,
        authors: [AUTHOR.name],
        openAccessInfo: { license: null, status: null, disclaimer: null },
      },
    },
  ],
  retrievalVersion: 'paper-search-0.1.0',
};
