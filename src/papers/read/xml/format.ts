import type { CorpusItem, Reader } from '../reader.ts';
import type { RecordResult } from '../record.ts';
import type { XmlElement } from './elements.ts';
import { readXmlRecords } from './reader.ts';

/** What distinguishes one XML format from others. */
export interface XmlFormat extends Pick<Reader, 'format' | 'description' | 'files'> {
  /** Whether the beginning of a document is of this format. */
  detect(head: string): boolean;
  /** Names of the elements that are records, without prefix. */
  readonly records: readonly string[];
  readonly nested?: readonly string[];
  /** Undefined for an element that is not a paper. */
  toPaper(element: XmlElement): RecordResult | undefined;
}

/** What a record without a title or an abstract comes to. */
export const NO_TITLE = { field: 'title', reason: 'The record has neither title nor abstract.' };

/** A reader of an XML format whose records each hold all that is said of a paper. */
export function xmlReader({ detect, records, nested = [], toPaper, ...names }: XmlFormat): Reader {
  return {
    ...names,
    detect: (head) => /^\s*</.test(head) && detect(head),
    read: (source): AsyncIterable<CorpusItem> =>
      readXmlRecords(source, { records: new Set(records), nested: new Set(nested), toPaper }),
  };
}
