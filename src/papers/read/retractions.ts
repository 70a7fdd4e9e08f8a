import { PaperSearchError } from '../../errors.ts';
import { dateOfParts, dateOfText } from '../dates.ts';
import { gravest, type PaperStatus, statusKindOf } from '../status.ts';
import { delimiterOf, rowsOf } from './delimited/rows.ts';
import { nameKey } from './field-names.ts';
import { PeekedText } from './peeked-text.ts';
import { readText } from './text.ts';

/** What became of papers, by their keys: `doi:10.1000/182`, `pmid:123`. */
export type StatusByKey = Map<string, PaperStatus>;

/** Who a status from such a list is ascribed to. */
const RETRACTION_WATCH = 'Retraction Watch';

const COLUMNS = {
  doi: 'originalpaperdoi',
  pmid: 'originalpaperpubmedid',
  nature: 'retractionnature',
  reason: 'reason',
  date: 'retractiondate',
} as const;

/**
 * Reads the list of Retraction Watch (CSV, as Crossref publishes it): for each original paper, what became of it. A later
 * reinstatement takes a retraction back.
 * @throws PaperSearchError BAD_INPUT when the file cannot be read or is not such a list.
 */
export async function readRetractions(file: string): Promise<StatusByKey> {
  const text = new PeekedText(readText(file));
  const statuses: StatusByKey = new Map();
  const reinstated = new Set<string>();
  let places: Readonly<Record<keyof typeof COLUMNS, number>> | undefined;
  try {
    const delimiter = delimiterOf(await text.head());
    for await (const row of rowsOf(text.chunks(), delimiter)) {
      if ('problem' in row) throw unusable(file, `line ${row.line}: ${row.problem}`);
      if (!places) {
        places = placesIn(row.cells);
        if (places.doi < 0 || places.nature < 0) {
          throw unusable(
            file,
            'it has no columns "OriginalPaperDOI" and "RetractionNature", as the list of Retraction Watch has',
          );
        }
        continue;
      }
      const cell = (name: keyof typeof COLUMNS) => row.cells[places![name]]?.trim() ?? '';
      const keys = keysOf(cell('doi'), cell('pmid'));
      if (/reinstat/i.test(cell('nature'))) for (const key of keys) reinstated.add(key);
      const kind = statusKindOf(cell('nature'));
      if (!kind) continue;
      const reason = cell('reason')
        .split(';')
        .map((each) => each.replace(/^\+/, '').trim())
        .filter((each) => each !== '')
        .join('; ');
      const status: PaperStatus = {
        kind,
        reason: reason || undefined,
        date: dayOf(cell('date')),
        source: RETRACTION_WATCH,
        isFromNotice: true,
      };
      for (const key of keys) statuses.set(key, gravest([statuses.get(key), status])!);
    }
  } catch (error) {
    if (error instanceof PaperSearchError) throw error;
    throw unusable(file, error instanceof Error ? error.message : String(error));
  } finally {
    await text.close();
  }
  for (const key of reinstated) statuses.delete(key);
  return statuses;
}

function placesIn(headings: readonly string[]): Record<keyof typeof COLUMNS, number> {
  const keys = headings.map(nameKey);
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([name, key]) => [name, keys.indexOf(key)]),
  ) as Record<keyof typeof COLUMNS, number>;
}

/** Keys of a DOI and a PMID; "unavailable" and 0 mean that there is no id. */
function keysOf(doi: string, pmid: string): string[] {
  return [
    ...(/^10\.\d{4,9}\//.test(doi) ? [`doi:${doi.toLowerCase()}`] : []),
    ...(/^[1-9]\d*$/.test(pmid) ? [`pmid:${pmid}`] : []),
  ];
}

/** "11/24/2022 0:00", the month first. */
function dayOf(text: string): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text) ?? [];
  return (year === undefined ? dateOfText(text) : dateOfParts([Number(year), Number(month), Number(day)]))
    .date;
}

function unusable(file: string, reason: string): PaperSearchError {
  return new PaperSearchError('BAD_INPUT', `--retractions: ${file} cannot be used: ${reason}.`, {
    details: { file },
  });
}
