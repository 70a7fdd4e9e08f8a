import type { CorpusItem, TextSource } from '../reader.ts';
import { itemsOf, type RecordResult, rejection } from '../record.ts';
import { readXml, type XmlElement } from './elements.ts';

/** How to distinguish an XML format's records from its other elements, and papers from other records. */
export interface XmlRecords {
  readonly records: ReadonlySet<string>;
  /** Those of them that may also be part of another record. Default: none. */
  readonly nested?: ReadonlySet<string>;
  /** Undefined for an element that only says something about the records after it. */
  toPaper(element: XmlElement): RecordResult | undefined;
  /** Called for each element that is not a record, as it begins. */
  begin?(element: XmlElement): void;
}

/** Reads the records of an XML document. One that cannot be read is rejected with its place, and reading continues. */
export async function* readXmlRecords(
  source: TextSource,
  { records, nested, toPaper, begin }: XmlRecords,
): AsyncIterable<CorpusItem> {
  const { file } = source;
  let record = 0;
  for await (const event of readXml(source.chunks(), records, nested)) {
    if (event.kind === 'begin') {
      begin?.(event.element);
      continue;
    }
    if (event.kind === 'broken') {
      const { line, reason } = event;
      yield rejection({ file, line, record: ++record }, { reason });
      continue;
    }
    const result = toPaper(event.element);
    if (result) yield* itemsOf(result, { file, line: event.element.line, record: ++record });
  }
}
