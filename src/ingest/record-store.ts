import type { RecordSpool } from '../indexes/store/record-spool.ts';
import type { SourceRecords } from '../indexes/store/source-records.ts';
import type { Paper } from '../papers/paper.ts';

/** Where a record is: in the spool of this ingest, or among the records of a paper of the previous snapshot. */
export type RecordPlace = { readonly spooled: number } | { readonly doc: number; readonly nth: number };

/** The records of an ingest, on disk: old ones where they are, new ones in a spool. */
export class RecordStore {
  readonly #spool: RecordSpool;
  readonly #sources: SourceRecords | undefined;

  /** @param spool takes the new records; the caller closes it. @param sources of the previous snapshot. */
  constructor(spool: RecordSpool, sources?: SourceRecords) {
    this.#spool = spool;
    this.#sources = sources;
  }

  append(record: Paper): RecordPlace {
    return { spooled: this.#spool.append(record) };
  }

  /** A record of this ingest as a line of JSON; undefined for one of the previous snapshot. */
  lineOf(place: RecordPlace): Buffer | undefined {
    return 'spooled' in place ? this.#spool.readLine(place.spooled) : undefined;
  }

  /** @throws PaperSearchError INDEX_CORRUPT when a record of the previous snapshot is damaged. */
  read(place: RecordPlace): Paper {
    return 'spooled' in place ? this.#spool.read(place.spooled) : this.#sources!.read(place.doc)[place.nth]!;
  }
}
