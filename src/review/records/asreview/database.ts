import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Value = number | string | null;
export type SqlRow = Readonly<Record<string, Value>>;

/** A SQLite database that is open. */
export interface SqlDatabase {
  /** Runs statements without results. */
  execute(sql: string): void;
  /** Runs a statement once a row of values, all of them or none. */
  insert(sql: string, rows: readonly (readonly Value[])[]): void;
  select(sql: string): readonly SqlRow[];
}

/**
 * Opens a database in a temporary folder that is removed afterwards, also after an error.
 * @param bytes of the file. Default: an empty database.
 * @returns what `use` returns, and the bytes of the database afterwards.
 * @throws what SQLite throws: bytes that are not a database, statements that fail.
 */
export async function withDatabase<T>(
  bytes: Uint8Array | undefined,
  use: (database: SqlDatabase) => T,
): Promise<{ readonly result: T; readonly bytes: Uint8Array }> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-sqlite-'));
  try {
    const file = join(folder, 'database.sqlite');
    if (bytes) await writeFile(file, bytes);
    // 1.3 MB of WebAssembly, which few runs need.
    const { default: sqlite } = await import('node-sqlite3-wasm');
    const opened = new sqlite.Database(file);
    try {
      // The folder is removed after a crash of the machine or before: nothing has to be synced.
      opened.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY');
      const result = use({
        execute: (sql) => opened.exec(sql),
        insert: (sql, rows) => {
          opened.exec('BEGIN');
          const statement = opened.prepare(sql);
          try {
            for (const row of rows) statement.run([...row]);
          } finally {
            statement.finalize();
          }
          opened.exec('COMMIT');
        },
        select: (sql) => opened.all(sql) as SqlRow[],
      });
      return { result, bytes: await closed() };
    } finally {
      if (opened.isOpen) opened.close();
    }

    async function closed(): Promise<Uint8Array> {
      opened.close();
      return readFile(file);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
