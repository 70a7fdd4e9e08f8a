import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../errors.ts';
import { AppendLog, type LogEntry } from '../indexes/store/append-log.ts';
import { removeIfPossible } from '../indexes/store/durable.ts';
import { keptFolder } from '../indexes/store/layout.ts';
import { type Engine, type Snapshot, withSnapshot } from '../search/engine.ts';
import { makeFolder } from '../util/make-folder.ts';
import { checkedDefinition, expectName, type WatchDefinition, type WatchDelivery } from './definition.ts';
import { WatchEvent } from './events.ts';
import { findNew, latestArrival } from './find-new.ts';
import { reportOf, type WatchReport } from './report.ts';
import { expectState, type RunOptions, runOnce, type WatchRun } from './run.ts';
import { withRunLock } from './run-lock.ts';
import { stateOf, type WatchState } from './state.ts';
import { readSecret, secretIn } from './webhook/secret.ts';

const EXTENSION = '.log';

/** A watch of an index. */
export interface Watch extends WatchState {
  readonly name: string;
}

export interface WatchesOptions {
  /** Called with messages about what interrupted commands left behind. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** The time of new entries. Default: the clock of this machine. */
  readonly now?: (() => Date) | undefined;
}

/** The watches of an index folder, each an append-only log in `kept/watches/`. */
export class Watches {
  readonly #folder: string;
  readonly #options: WatchesOptions;

  constructor(indexFolder: string, options: WatchesOptions = {}) {
    this.#folder = join(keptFolder(indexFolder), 'watches');
    this.#options = options;
  }

  /** Every watch, by name. @throws PaperSearchError INDEX_UNREADABLE, INDEX_CORRUPT or INDEX_INCOMPATIBLE. */
  async list(): Promise<readonly Watch[]> {
    const names = await this.#names();
    const found = await Promise.all(names.map(async (name) => ({ name, state: await this.#stateOf(name) })));
    return found.flatMap(({ name, state }) => (state ? [{ name, ...state }] : []));
  }

  /** @throws PaperSearchError NOT_FOUND for an unknown name; as `list` does. */
  async get(name: string): Promise<Watch> {
    expectName(name);
    return { name, ...expectState(name, await this.#stateOf(name)) };
  }

  /** What has happened to a watch, also before it was removed, the oldest first. @throws PaperSearchError as `get` does. */
  async history(name: string): Promise<readonly LogEntry<WatchEvent>[]> {
    expectName(name);
    const { entries } = await this.#open(name);
    if (entries.length === 0) expectState(name, undefined);
    return entries;
  }

  /**
   * Creates a watch. What arrives from now on is new for it.
   * @param after papers that arrived later than this (ISO 8601) are new, too; `all`: every paper is.
   * @param engine says what is there already.
   * @throws PaperSearchError BAD_REQUEST for a name that is taken or cannot be one, and for a wrong definition; NOT_FOUND
   *   for a paper that is not in the index.
   */
  async add(
    name: string,
    asked: unknown,
    { engine, after: given }: { readonly engine: Engine; readonly after?: string | undefined },
  ): Promise<Watch> {
    expectName(name);
    const definition = checkedDefinition(asked);
    const latest = await withSnapshot(engine, (snapshot) => checkedOn(snapshot, definition));
    const after = given === 'all' ? undefined : (given ?? latest);
    await this.#expectSecret(name, definition.delivery);
    const log = await this.#open(name);
    await log.append((entries) => {
      if (!stateOf(entries)) return [{ kind: 'created', definition, ...(after !== undefined && { after }) }];
      const message = `There is already a watch "${name}". Change it with "paper-search watch edit ${name}", or choose another name.`;
      throw new PaperSearchError('BAD_REQUEST', message, { details: { watch: name } });
    });
    return { name, ...expectState(name, stateOf(log.entries)) };
  }

  /**
   * Changes the definition of a watch. What it has reported is not reported again.
   * @param change returns the new definition.
   * @throws PaperSearchError NOT_FOUND for an unknown name; as `add` does for the definition.
   */
  async edit(
    name: string,
    change: (definition: WatchDefinition) => unknown,
    { engine }: { readonly engine: Engine },
  ): Promise<Watch> {
    const { definition: before } = await this.get(name);
    const definition = checkedDefinition(change(before));
    await withSnapshot(engine, (snapshot) => checkedOn(snapshot, definition));
    await this.#expectSecret(name, definition.delivery);
    const log = await this.#open(name);
    await log.append((entries) => {
      expectState(name, stateOf(entries));
      return [{ kind: 'edited', definition }];
    });
    return { name, ...expectState(name, stateOf(log.entries)) };
  }

  /** Removes a watch and its secret; its history stays. @throws PaperSearchError NOT_FOUND for an unknown name. */
  async remove(name: string): Promise<void> {
    expectName(name);
    const log = await this.#open(name);
    await log.append((entries) => {
      expectState(name, stateOf(entries));
      return [{ kind: 'removed' }];
    });
    await removeIfPossible(this.secretFile(name));
  }

  /** Runs a watch; see `runOnce`. A run of the same watch that is under way is waited for. */
  async run(name: string, engine: Engine, options: RunOptions = {}): Promise<WatchRun> {
    await this.get(name);
    return withRunLock(
      join(this.#folder, `${name}.run`),
      async (assertHeld) => {
        const log = await this.#open(name);
        const secretOf = (delivery: WatchDelivery) => this.#secretOf(name, delivery);
        return runOnce({ name, log, engine, secretOf, assertHeld }, options);
      },
      options.signal,
    );
  }

  /** What a run would report now, undelivered reports included, without reporting it. */
  async preview(name: string, snapshot: Snapshot): Promise<WatchReport> {
    const watch = await this.get(name);
    const { papers, notices } = await findNew(watch, snapshot);
    const open = watch.deliveries.filter(({ to, delivered }) => !to.some((target) => delivered.has(target)));
    const all = [...open.flatMap((delivery) => delivery.papers), ...papers];
    const at = (this.#options.now?.() ?? new Date()).toISOString();
    const delivery = { id: 'preview', at, snapshot: snapshot.id, papers: all };
    return reportOf(name, watch.definition, delivery, snapshot, notices);
  }

  /**
   * The papers of a watch for a feed: those that were reported last, and those that a run would report now. Nothing is
   * reported by it.
   * @param max papers.
   */
  async feed(name: string, snapshot: Snapshot, max: number): Promise<readonly WatchReport[]> {
    const watch = await this.get(name);
    const { definition, deliveries } = watch;
    const { papers } = await findNew(watch, snapshot);
    const { createdAt } = await snapshot.stats();
    const now = { id: 'new', at: createdAt, snapshot: snapshot.id, papers: papers.slice(0, max) };
    const shown = [now];
    let left = max - now.papers.length;
    for (const delivery of deliveries.toReversed()) {
      if (left <= 0) break;
      shown.push({ ...delivery, papers: delivery.papers.slice(0, left) });
      left -= delivery.papers.length;
    }
    return Promise.all(shown.reverse().map((each) => reportOf(name, definition, each, snapshot)));
  }

  /** The secret that the reports of a watch are signed with. @throws PaperSearchError BAD_REQUEST for one without a webhook. */
  async secret(name: string): Promise<string> {
    const { definition } = await this.get(name);
    if (definition.delivery.post) return this.#secretOf(name, definition.delivery);
    throw new PaperSearchError('BAD_REQUEST', `The watch "${name}" has no webhook, and so no secret.`);
  }

  /** The file with the secret of a watch without one of its own. */
  secretFile(name: string): string {
    return join(this.#folder, `${name}.secret`);
  }

  async #expectSecret(name: string, delivery: WatchDelivery): Promise<void> {
    if (delivery.post) await this.#secretOf(name, delivery);
  }

  async #secretOf(name: string, { post }: WatchDelivery): Promise<string> {
    if (post?.secretFile !== undefined) return readSecret(post.secretFile);
    await makeFolder(this.#folder);
    return secretIn(this.secretFile(name));
  }

  async #stateOf(name: string): Promise<WatchState | undefined> {
    return stateOf((await this.#open(name)).entries);
  }

  #open(name: string): Promise<AppendLog<WatchEvent>> {
    return AppendLog.open(
      join(this.#folder, `${name}${EXTENSION}`),
      (value) => WatchEvent.parse(value),
      this.#options,
    );
  }

  async #names(): Promise<string[]> {
    const files = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      const message = `Cannot read "${this.#folder}": ${messageOf(error)}.`;
      throw new PaperSearchError('INDEX_UNREADABLE', message, { cause: error });
    });
    return files
      .filter((file) => file.endsWith(EXTENSION))
      .map((file) => file.slice(0, -EXTENSION.length))
      .sort();
  }
}

/** The latest arrival. @throws PaperSearchError NOT_FOUND for a paper of the definition that is not there; as a search does. */
async function checkedOn(snapshot: Snapshot, definition: WatchDefinition): Promise<string | undefined> {
  for (const id of [...definition.like, ...definition.unlike]) await snapshot.paper(id);
  const { query, like: positive, unlike: negative, filters, rejected } = definition;
  // A query that cannot be matched is refused now, and not in a run at night. Keyword mode needs no model.
  const request = { query, positive, negative, mode: 'keyword', filters, rejected } as const;
  await snapshot.relevance(request, { ids: [] });
  return latestArrival(snapshot);
}
