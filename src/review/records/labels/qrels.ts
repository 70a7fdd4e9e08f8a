import { PaperSearchError } from '../../../errors.ts';
import { LabelCollector, type LabelFile } from './label-row.ts';

/** `query id, paper id, gain` (BEIR), or `query id, iteration, paper id, gain` (TREC). */
const ROW = /^(\S+)\s+(?:(?:0|Q0)\s+)?(\S+)\s+(-?\d+(?:\.\d+)?)$/;
const HEADER = /^query-id\s+corpus-id\s+score$/i;

/** Whether a text is judgments of a test collection: its first lines are. @param head the first text of the file. */
export function isQrels(head: string): boolean {
  const [first = '', second = ''] = head.split('\n', 2).map((line) => line.trim());
  return HEADER.test(first) || (ROW.test(first) && (second === '' || ROW.test(second)));
}

/**
 * The judgments of one query: a paper with a gain above 0 is included.
 * @param query its id. Default: the only one of the file.
 * @throws PaperSearchError BAD_INPUT where the file has several queries and none is named, or lacks the one named.
 */
export function labelsOfQrels(text: string, file: string, query?: string): LabelFile {
  const labels = new LabelCollector();
  const rows: {
    readonly line: number;
    readonly query: string;
    readonly id: string;
    readonly gain: number;
  }[] = [];
  text.split(/\r?\n/).forEach((given, at) => {
    const line = at + 1;
    const row = given.trim();
    if (row === '' || (line === 1 && HEADER.test(row))) return;
    const [, name, id, gain] = ROW.exec(row) ?? [];
    if (name !== undefined) rows.push({ line, query: name, id: id!, gain: Number(gain) });
    else {
      const reason = 'Expected the id of a query, the id of a paper and a gain, separated by tabs.';
      labels.reject({ file, line, record: line }, reason);
    }
  });
  const queries = [...new Set(rows.map((row) => row.query))];
  if (query === undefined ? queries.length > 1 : !queries.includes(query)) {
    const which = query === undefined ? `judgments of ${queries.length} queries` : `no query "${query}"`;
    throw new PaperSearchError(
      'BAD_INPUT',
      `${file} has ${which}. Choose one of: ${queries.slice(0, 50).join(', ')}.`,
      { details: { file, queries } },
    );
  }
  for (const { line, query: name, id, gain } of rows) {
    if (query !== undefined && name !== query) continue;
    labels.add({ place: { file, line, record: line }, identifiers: [id], title: '' }, [
      { stage: 'abstract', decision: gain > 0 ? 'include' : 'exclude', reasons: [], note: '' },
    ]);
  }
  return labels.finish(true);
}
