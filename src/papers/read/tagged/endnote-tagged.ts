import { lineBy } from './dialect.ts';
import { taggedReader } from './reader.ts';

const TAG = /^(%[A-Z\d@!#$&()*+<>?[\]^~=;:'"]) ?(.*)$/;

/** EndNote's tagged format (.enw), which Google Scholar and many publishers give: a percent sign and a letter. */
export const endNoteTaggedReader = taggedReader({
  format: 'endnote-tagged',
  maker: 'EndNote',
  description: 'EndNote tagged citations (.enw), as Google Scholar gives them: %0, %A, %T, …',
  files: ['*.enw'],
  detect: (head) => /^%0 [A-Z]/m.test(head) && /^%[TA] /m.test(head),
  lineOf: (text) => lineBy(TAG, text),
  begins: (tag) => tag === '%0',
  tags: {
    title: ['%T'],
    abstract: ['%X'],
    authors: ['%A'],
    editors: ['%E'],
    publication: {
      sourceType: ['%0'],
      volume: ['%V'],
      issue: ['%N'],
      pages: ['%P'],
      publisher: ['%I'],
      place: ['%C'],
      edition: ['%7'],
      series: ['%S'],
      isbn: ['%@'],
      language: ['%G'],
      note: ['%Z'],
    },
    venue: ['%J', '%B', '%S'],
    dates: ['%D', '%8'],
    keywords: ['%K'],
    doi: ['%R'],
    url: ['%U'],
    pdf: ['%>'],
    pmcid: ['%2'],
  },
  refine: (_, { externalIds }) => ({
    // Some write the address, or something else that the record is found by.
    externalIds: {
      ...externalIds,
      pmcid: /^PMC\d+$/.test(externalIds?.pmcid ?? '') ? externalIds?.pmcid : undefined,
      doi: /10\.\d{4,9}\/\S+/.exec(externalIds?.doi ?? '')?.[0],
    },
  }),
});
