import { unzipSync } from 'fflate';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../../errors.ts';
import { normalizeLine } from '../../../papers/read/normalize.ts';
import { LabelCollector, type LabelFile, type LabelledRecord } from '../labels/label-row.ts';
import { type SqlDatabase, type SqlRow, withDatabase } from './database.ts';

/** Bytes that one file of a project may have when it is unpacked. */
const MAX_UNPACKED = 512 * 1024 * 1024;
/** The database of results: of version 3, and of version 2 with its records in another file. */
const RESULTS = /^(?:reviews\/[^/]+\/)?results\.db$/;
const RECORDS = 'data_store.db';
const CONFIG = 'project.json';
const DATA = /^data\/[^/]+$/;
const CONFIG_SCHEMA = z.object({
  version: z.string().optional(),
  datasets: z.array(z.object({ name: z.string() })).optional(),
});

/** Finds the papers of a data file by their rows, from 0. */
export type DataReader = (bytes: Uint8Array, file: string) => Promise<ReadonlyMap<number, LabelledRecord>>;

/** Whether bytes are a zip archive, as a project is. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * The labels of an ASReview project of version 2 or 3 of its format, in the order in which they were given. Notes are kept;
 * records that wait for a label are not labelled, and are in `ranking`, by the last ranking of the project.
 * @param readData reads the project's data file, for identifiers that its database has not.
 * @throws PaperSearchError BAD_INPUT for an archive that is not a project, or one of version 1.
 */
export async function readAsreviewProject(
  bytes: Uint8Array,
  file: string,
  readData: DataReader,
): Promise<LabelFile> {
  const entries = entriesOf(bytes, file);
  const names = Object.keys(entries);
  const resultsName = names.find((name) => RESULTS.test(name));
  const config = CONFIG_SCHEMA.safeParse(jsonOf(entries[CONFIG])).data;
  if (config === undefined) throw refused(file, 'it has no project.json');
  if (resultsName === undefined) {
    const version = config.version === undefined ? '' : ` (written by version ${config.version})`;
    throw refused(file, `it has no results.db${version}. Open it in ASReview 2 or 3 and export it again`);
  }
  const dataName =
    names.find((name) => name === `data/${config.datasets?.[0]?.name}`) ??
    names.find((name) => DATA.test(name));
  const data = dataName === undefined ? undefined : await readData(entries[dataName]!, dataName);
  try {
    const results = await withDatabase(entries[resultsName], tablesOf);
    const records =
      results.result.records ??
      (entries[RECORDS] && (await withDatabase(entries[RECORDS], tablesOf)).result.records);
    if (records === undefined) throw new Error('it has no table of records');
    return labelsOf(results.result, records, file, data);
  } catch (error) {
    throw refused(file, `its database cannot be read: ${messageOf(error)}`, error);
  }
}

interface Tables {
  readonly results: readonly SqlRow[];
  readonly ranking: readonly SqlRow[];
  readonly records: readonly SqlRow[] | undefined;
}

function tablesOf(database: SqlDatabase): Tables {
  const tables = new Set(
    database.select("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name),
  );
  return {
    results: tables.has('results')
      ? database.select('SELECT record_id, label, time, note, user_id FROM results ORDER BY rowid')
      : [],
    ranking: tables.has('last_ranking')
      ? database.select('SELECT record_id FROM last_ranking ORDER BY ranking')
      : [],
    records: tables.has('record')
      ? database.select('SELECT record_id, dataset_row, title, doi, url FROM record ORDER BY record_id')
      : undefined,
  };
}

function labelsOf(
  { results, ranking }: Tables,
  records: readonly SqlRow[],
  file: string,
  data: ReadonlyMap<number, LabelledRecord> | undefined,
): LabelFile {
  const labels = new LabelCollector();
  const byId = new Map(records.map((row) => [row.record_id, recordOf(row, file, data)]));
  const labelled = new Set<SqlRow[string]>();
  for (const { record_id, label, time, note, user_id } of results) {
    const record = byId.get(record_id!);
    if (record === undefined) {
      labels.reject(
        { file, record: Number(record_id) },
        `The project has a label of record ${record_id}, which it lacks.`,
      );
      continue;
    }
    if (label !== 0 && label !== 1) continue;
    labelled.add(record_id!);
    labels.add(record, [
      {
        stage: 'abstract',
        decision: label === 1 ? 'include' : 'exclude',
        reasons: [],
        note: typeof note === 'string' ? note : '',
        by: user_id === null || user_id === undefined ? undefined : `user ${user_id}`,
        at: typeof time === 'number' && time > 0 ? new Date(time * 1000).toISOString() : undefined,
      },
    ]);
  }
  for (const [id, record] of byId) if (!labelled.has(id!)) labels.add(record, []);
  const unread = ranking.flatMap(({ record_id }) => {
    const record = byId.get(record_id!);
    return record === undefined || labelled.has(record_id!) ? [] : [record];
  });
  return { ...labels.finish(), ranking: unread };
}

function recordOf(
  { dataset_row, title, doi, url, record_id }: SqlRow,
  file: string,
  data: ReadonlyMap<number, LabelledRecord> | undefined,
): LabelledRecord {
  const row = Number(dataset_row);
  const own = data?.get(row);
  const links = [doi, url].flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
  return {
    place: { file, record: Number(record_id) + 1 },
    title: normalizeLine(typeof title === 'string' ? title : (own?.title ?? '')),
    identifiers: [...new Set([...(own?.identifiers ?? []), ...links])],
  };
}

function entriesOf(bytes: Uint8Array, file: string): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const isWanted = name === CONFIG || name === RECORDS || RESULTS.test(name) || DATA.test(name);
        if (isWanted && originalSize > MAX_UNPACKED)
          throw new Error(`${name} is larger than ${MAX_UNPACKED} bytes`);
        return isWanted;
      },
    });
  } catch (error) {
    throw refused(file, messageOf(error), error);
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function refused(file: string, reason: string, cause?: unknown): PaperSearchError {
  return new PaperSearchError('BAD_INPUT', `${file} is not an ASReview project: ${reason}.`, {
    details: { file },
    cause,
  });
}
