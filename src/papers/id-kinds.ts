/**
 * Kinds of identifiers, the strongest first: what a paper's id is made of, and how records are known to be of one
 * paper.
 */
export const ID_KINDS = [
  'doi',
  'arxiv',
  'openreview',
  'acl',
  's2',
  'pmid',
  'pmcid',
  'dblp',
  'openalex',
  'mag',
  'isbn',
] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** What people call each kind. */
export const ID_NAMES: Readonly<Record<IdKind, string>> = {
  doi: 'DOI',
  arxiv: 'arXiv',
  openreview: 'OpenReview',
  acl: 'ACL Anthology',
  s2: 'Semantic Scholar',
  pmid: 'PubMed',
  pmcid: 'PubMed Central',
  dblp: 'DBLP',
  openalex: 'OpenAlex',
  mag: 'Microsoft Academic Graph',
  isbn: 'ISBN',
};

/** What identifiers of a kind look like. */
export const ID_SHAPES: Readonly<Record<IdKind, string>> = {
  doi: '10.1000/182',
  arxiv: '2101.11408 or hep-th/9901001',
  openreview: 'aVh9KRZdRk',
  acl: 'P19-1001 or 2020.acl-main.1',
  s2: 'a number or 40 hexadecimal digits',
  pmid: 'a number of at most 8 digits',
  pmcid: 'PMC1234567',
  dblp: 'conf/nips/VaswaniSPUJGKP17',
  openalex: 'W2741809807',
  mag: 'a number',
  isbn: '10 or 13 digits with a right check digit',
};
