import { dateOfWords } from '../../dates.ts';
import { workCitedIn } from '../references.ts';
import { taggedReader } from './reader.ts';

const TAG = /^([A-Z][A-Z\d]) (.*)$/;
const HEADER = /^(?:FN|VR|EF)(?: |$)/;

/** Web of Science "plain text" exports (savedrecs.txt): two letters a tag, further lines indented, ER at the end. */
export const webOfScienceReader = taggedReader({
  format: 'web-of-science',
  maker: 'Web of Science',
  description: 'Web of Science, plain text: tags PT to ER (savedrecs.txt)',
  files: ['savedrecs.txt', '*.ciw'],
  detect: (head) =>
    /^(?:\ufeff)?FN .*\r?\nVR \d/.test(head) ||
    (/^PT [JBSPC]\s*$/m.test(head) && /^(?:AU|TI|SO|UT) /m.test(head)),
  lineOf: (text) => {
    if (text === '' || /^ER\s*$/.test(text) || HEADER.test(text)) return { kind: 'end' };
    const [, tag, value = ''] = TAG.exec(text) ?? [];
    return tag === undefined
      ? { kind: 'more', text: text.trim() }
      : { kind: 'value', tag, value: value.trim() };
  },
  begins: (tag) => tag === 'PT',
  lists: new Set(['AU', 'AF', 'BA', 'BF', 'BE', 'GP', 'CA', 'CR', 'C1']),
  tags: {
    title: ['TI'],
    abstract: ['AB'],
    authors: ['AF', 'AU', 'CA', 'BF', 'BA'],
    editors: ['BE'],
    publication: {
      volume: ['VL'],
      issue: ['IS'],
      publisher: ['PU'],
      place: ['PI'],
      series: ['SE'],
      isbn: ['BN'],
      issn: ['SN', 'EI'],
      language: ['LA'],
      shortVenue: ['JI', 'J9'],
      eventTitle: ['CT'],
      eventPlace: ['CL'],
    },
    venue: ['SO', 'SE', 'CT', 'JI'],
    dates: ['PY', 'EA'],
    keywords: ['DE', 'ID'],
    categories: ['WC', 'SC'],
    doi: ['DI', 'D2'],
    pmid: ['PM'],
    types: ['DT'],
  },
  refine: (values, { publication }) => {
    const pages =
      [values.get('BP')?.[0], values.get('EP')?.[0]].filter(Boolean).join('-') || values.get('AR')?.[0];
    const [year] = values.get('PY') ?? [];
    const [day] = values.get('PD') ?? [];
    const date = year === undefined || day === undefined ? undefined : dateOfWords(`${day} ${year}`).date;
    const references = (values.get('CR') ?? []).flatMap((cited) => workCitedIn(cited) ?? []);
    return { references, ...(date === undefined ? {} : { date }), publication: { ...publication, pages } };
  },
});
