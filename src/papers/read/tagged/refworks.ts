import { lineBy } from './dialect.ts';
import { taggedReader } from './reader.ts';

const TAG = /^([A-Z][A-Z\d]) (.*)$/;

/** RefWorks' tagged format: two letters, a blank and the value, from RT. */
export const refWorksReader = taggedReader({
  format: 'refworks',
  maker: 'RefWorks',
  description: 'RefWorks tagged citations: RT, A1, T1, JF, …',
  files: ['refworks.txt'],
  detect: (head) => /^RT [A-Z][\w ,/()-]*\s*$/m.test(head) && /^(?:T1|A1|SR|ID) /m.test(head),
  lineOf: (text) => (/^ER\s*$/.test(text) ? { kind: 'end' } : lineBy(TAG, text)),
  begins: (tag) => tag === 'RT',
  tags: {
    title: ['T1'],
    abstract: ['AB'],
    authors: ['A1'],
    editors: ['A2'],
    publication: {
      sourceType: ['RT'],
      volume: ['VO'],
      issue: ['IS'],
      publisher: ['PB'],
      place: ['PP'],
      edition: ['ED'],
      issn: ['SN'],
      language: ['LA'],
      note: ['NO'],
    },
    venue: ['JF', 'JO', 'T2'],
    dates: ['YR', 'FD'],
    keywords: ['K1'],
    doi: ['DO'],
    url: ['UL', 'LK'],
  },
  refine: (values, { publication }) => {
    const pages = [values.get('SP')?.[0], values.get('OP')?.[0]].filter(Boolean).join('-');
    return { publication: { ...publication, pages } };
  },
});
