import { join } from 'node:path';
import { z } from 'zod';
import { AppendLog } from '../../indexes/store/append-log.ts';
import { keptFolder } from '../../indexes/store/layout.ts';

const Change = z.object({
  /** The name of the token. */
  by: z.string(),
  /** The id of the operation in the OpenAPI document, or the name of the tool. */
  operation: z.string(),
  /** The HTTP status of the answer; 499 when the client disconnected before it. */
  status: z.int(),
  /** Papers that were added, changed or removed, where the operation counts them. */
  papers: z.int().min(0).optional(),
  /** The id of the request, which the server's log has too. */
  request: z.string().optional(),
});

/** A change that was tried with a token. Neither texts nor tokens are in it. */
export type AuditEntry = z.infer<typeof Change>;

export interface AuditOptions {
  /** Called when an entry cannot be written. */
  readonly onError: (error: unknown) => void;
  /** Default: the clock of this machine. */
  readonly now?: (() => Date) | undefined;
}

/**
 * Who changed what and when, in one file a month in the index folder: `kept/audit/2026-11.log`. Entries are about 200
 * bytes long. Nothing is removed automatically: old files can be deleted at any time.
 */
export class AuditLog {
  readonly #indexFolder: string;
  readonly #options: AuditOptions;
  readonly #pending: AuditEntry[] = [];
  #log: { readonly month: string; readonly log: AppendLog<AuditEntry> } | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param indexFolder the library. */
  constructor(indexFolder: string, options: AuditOptions) {
    this.#indexFolder = indexFolder;
    this.#options = options;
  }

  /** Writes an entry soon; entries that come meanwhile are written together. */
  record(entry: AuditEntry): void {
    this.#pending.push(entry);
    if (this.#pending.length === 1) this.#writing = this.#writing.then(() => this.#write());
  }

  /** Resolves when every entry is written. */
  flush(): Promise<void> {
    return this.#writing;
  }

  async #write(): Promise<void> {
    const entries = this.#pending.splice(0);
    try {
      await (await this.#logOfMonth()).append(() => entries);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #logOfMonth(): Promise<AppendLog<AuditEntry>> {
    const { now = () => new Date() } = this.#options;
    const month = now().toISOString().slice(0, 7);
    if (this.#log?.month !== month) {
      const file = join(keptFolder(this.#indexFolder), 'audit', `${month}.log`);
      this.#log = { month, log: await AppendLog.open(file, (value) => Change.parse(value), { now }) };
    }
    return this.#log.log;
  }
}
