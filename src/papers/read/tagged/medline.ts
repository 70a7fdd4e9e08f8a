import { lineBy } from './dialect.ts';
import { taggedReader } from './reader.ts';

const TAG = /^([A-Z][A-Z\d]{1,3}) *- ?(.*)$/;

/** MEDLINE records as PubMed exports them (.nbib, and the format "PubMed"). */
export const medlineReader = taggedReader({
  format: 'medline',
  maker: 'PubMed',
  description: 'MEDLINE records of PubMed (.nbib): a tag a line, from PMID',
  files: ['*.nbib', 'pubmed-set.txt'],
  detect: (head) => /^PMID- ?\d+\s*$/m.test(head) && /^(?:TI|STAT|OWN|FAU|AU|DP) *- /m.test(head),
  lineOf: (text) => (text === '' ? { kind: 'end' } : lineBy(TAG, text)),
  begins: (tag) => tag === 'PMID',
  tags: {
    title: ['TI', 'BTI', 'TT'],
    abstract: ['AB', 'OAB'],
    authors: ['FAU', 'AU', 'CN'],
    editors: ['FED', 'ED'],
    publication: {
      volume: ['VI'],
      issue: ['IP'],
      pages: ['PG'],
      publisher: ['PB'],
      place: ['PL'],
      isbn: ['ISBN'],
      issn: ['IS'],
      language: ['LA'],
      shortVenue: ['TA'],
    },
    venue: ['JT', 'TA', 'BTI'],
    dates: ['DP', 'DEP', 'EDAT'],
    keywords: ['MH', 'OT'],
    pmid: ['PMID'],
    pmcid: ['PMC'],
    types: ['PT'],
  },
  refine: (values, { authors, externalIds, keywords }) => {
    const located = [...(values.get('LID') ?? []), ...(values.get('AID') ?? [])];
    const doi = located.map((id) => /^(\S+) \[doi\]/.exec(id)?.[1]).find((id) => id !== undefined);
    const corporate = values.get('FAU') || values.get('AU') ? (values.get('CN') ?? []) : [];
    return {
      externalIds: { ...externalIds, doi },
      // An asterisk marks a main topic.
      keywords: keywords?.map((keyword) => keyword.replaceAll('*', '')),
      ...(corporate.length > 0 && { authors: [...authors, ...corporate.map((literal) => ({ literal }))] }),
    };
  },
});
