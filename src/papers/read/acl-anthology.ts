import { nameOfParts } from '../names.ts';
import { gravest, type PaperStatus } from '../status.ts';
import { accentsToUnicode } from './latex.ts';
import type { Reader } from './reader.ts';
import type { FieldProblem, RecordResult } from './record.ts';
import { childOf, childrenOf, childText, childTexts, textOf } from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { readXmlRecords } from './xml/reader.ts';

/** Metadata of the ACL Anthology (`data/xml/*.xml`): a collection of volumes, each with its papers. */
export const aclAnthologyReader: Reader = {
  format: 'acl-anthology',
  description: 'XML of the ACL Anthology: a collection of volumes with their papers',
  files: ['2024.acl.xml', 'P19.xml'],
  detect: (head) => /<collection\s[^<>]*\bid=/.test(head) && /<volume\s[^<>]*\bid=/.test(head),
  read: (source) => {
    const volume = new Volume();
    return readXmlRecords(source, {
      records: new Set(['meta', 'paper', 'frontmatter']),
      begin: (element) => volume.begin(element),
      toPaper: (element) => {
        if (element.name === 'meta') volume.describe(element);
        return element.name === 'paper' ? toPaper(element, volume) : undefined;
      },
    });
  },
};

/** The volume whose papers are being read: what it says holds for all of them. */
class Volume {
  venue: string | undefined;
  year: number | undefined;
  #collection = '';
  #id = '';

  begin({ name, attributes }: XmlElement): void {
    if (name === 'collection') this.#collection = attributes.id ?? '';
    if (name !== 'volume') return;
    this.#id = attributes.id ?? '';
    this.venue = undefined;
    this.year = undefined;
  }

  describe(meta: XmlElement): void {
    const year = childText(meta, 'year') ?? '';
    this.year = /^\d{4}$/.test(year) ? Number(year) : undefined;
    const venues = childTexts(meta, 'venue').map((venue) => venue.toUpperCase());
    this.venue = venues.join(', ') || childText(meta, 'booktitle');
  }

  /** The Anthology's id of a paper; before 2020 collection, volume and paper share eight characters. */
  idOf(paper: string): string | undefined {
    if (!this.#collection || !this.#id || !paper) return undefined;
    if (!/^[A-Z]\d\d$/.test(this.#collection)) return `${this.#collection}-${this.#id}.${paper}`;
    const manyVolumes =
      /^(?:W|C69)/.test(this.#collection) || (this.#collection === 'D19' && Number(this.#id) >= 5);
    const [volumeDigits, paperDigits] = manyVolumes ? [2, 2] : [1, 3];
    return `${this.#collection}-${this.#id.padStart(volumeDigits, '0')}${paper.padStart(paperDigits, '0')}`;
  }
}

/** Shorter ones are dates, page numbers or "N/A" that took an abstract's place. */
const MIN_ABSTRACT_LENGTH = 40;

function toPaper(element: XmlElement, volume: Volume): RecordResult {
  const dropped: FieldProblem[] = [];
  const title = markedText(childOf(element, 'title'));
  let abstract = markedText(childOf(element, 'abstract'));
  if (abstract !== '' && abstract.length < MIN_ABSTRACT_LENGTH) {
    dropped.push({ field: 'abstract', reason: `"${abstract}" is not an abstract; it was left out.` });
    abstract = '';
  }
  if (title === '' && abstract === '') {
    return { rejected: { field: 'title', reason: 'The paper has neither title nor abstract.' } };
  }
  const url = childText(element, 'url');
  const acl = url && !url.includes('/') ? url : volume.idOf(element.attributes.id ?? '');
  const paper = {
    title,
    abstract,
    authors: childrenOf(element, 'author').map((author) =>
      nameOfParts({ family: childText(author, 'last'), given: childText(author, 'first') }),
    ),
    venue: volume.venue,
    year: volume.year,
    urls: { pdf: acl && `https://aclanthology.org/${acl}.pdf` },
    externalIds: { acl, doi: childText(element, 'doi') },
    status: statusOf(element),
  };
  return { paper, dropped };
}

/** What the Anthology says has become of a paper, in elements of their own. */
function statusOf(element: XmlElement): PaperStatus | undefined {
  const kinds = { retracted: 'retracted', removed: 'removed', erratum: 'corrected' } as const;
  return gravest(
    Object.entries(kinds).map(([name, kind]) => {
      const said = childOf(element, name);
      // An erratum holds the id of its file.
      const reason = said && kind !== 'corrected' ? textOf(said) : undefined;
      return said && { kind, reason, date: said.attributes.date, source: 'ACL Anthology' };
    }),
  );
}

/** Text with formulas between dollar signs, as other sources have them. */
function markedText(element: XmlElement | undefined): string {
  const text = (node: XmlElement | string): string => {
    if (typeof node === 'string') return node;
    if (node.name === 'br') return ' ';
    const inside = node.children.map(text).join('');
    return node.name === 'tex-math' ? `$${inside}$` : inside;
  };
  return element ? accentsToUnicode(text(element)).trim() : '';
}
