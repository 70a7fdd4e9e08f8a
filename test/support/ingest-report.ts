import type { IngestReport } from '../../src/ingest/report.ts';

/** The report of an ingest that added one paper and rejected one record, with other fields as given. */
export function reportOf(fields: Partial<IngestReport> = {}): IngestReport {
  return {
    index: 'index',
    snapshot: 's',
    papers: 1,
    withoutAbstract: 0,
    ofSeveralSources: 0,
    read: 2,
    added: 1,
    updated: 0,
    unchanged: 0,
    duplicate: 0,
    removed: 0,
    marked: 0,
    rejected: [{ file: '-', line: 2, reason: 'The record has neither title nor abstract.' }],
    warnings: [],
    files: [],
    skipped: [],
    unread: [],
    encoded: 1,
    tookMs: 3,
    ...fields,
  };
}
