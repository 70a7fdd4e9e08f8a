import type { Collection } from '../../collections/collection.ts';
import type { ContentEvent } from '../../collections/events.ts';
import { toOwnJson } from '../../collections/own-json.ts';
import type { ResolvedEntry } from '../../collections/resolve.ts';
import { withEvents } from '../../collections/state.ts';
import type { CollectionSummary } from '../../collections/view.ts';
import { MAX_HITS } from '../../limits.ts';
import { ApiError, request, send } from '../api.ts';
import { counted } from '../format.ts';
import { isPassing, isTokenRefused } from '../passing-errors.ts';
import type { Backend, Choice, Opened, Refused } from './backend.ts';
import { inOneTab, type Unsaved, unsaved } from './unsaved.ts';

/** How many papers are named in one request. */
const AT_ONCE = 500;
/** How long to wait before changes are sent again, in milliseconds. */
const RETRY_MS = 5000;

interface Page {
  readonly collection: CollectionSummary;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly total: number;
  readonly entries: readonly ResolvedEntry[];
}

interface Imported {
  readonly collection: CollectionSummary;
  readonly format: string;
  readonly added: number;
  readonly present: number;
  readonly notInIndex: number;
  readonly rejected: readonly { readonly reason: string; readonly line?: number; readonly record?: number }[];
}

/** Path of a collection in the API. */
export function collectionPath(id: string, rest = ''): string {
  return `/collections/${encodeURIComponent(id)}${rest}`;
}

/**
 * Collections that are kept on the server. Changes are shown at once and sent in their order; those that cannot be sent wait,
 * also for the next visit. The page shows what the server refuses, with what was written.
 */
export class OnServer implements Backend {
  readonly where = 'server';
  readonly #known = new Map<string, Opened>();
  #choices: readonly Choice[] | undefined;
  /** Sent, but not in what is known yet. */
  #sent: Unsaved[] = [];
  /** The versions that this reader's own changes made, by collection and paper: later changes do not conflict with them. */
  readonly #own = new Map<string, number>();
  #sending: Promise<void> | undefined;
  /** Whether the token is not accepted: then changes wait for another one. */
  #isRefusedWhole = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed: () => void;
  readonly #refused: (refused: Refused) => void;

  /** @param changed is called when something was saved. */
  constructor(changed: () => void, refused: (refused: Refused) => void) {
    this.#changed = changed;
    this.#refused = refused;
    globalThis.addEventListener?.('online', () => this.#send());
  }

  get unsaved(): number {
    return unsaved.all().length;
  }

  async choices(): Promise<readonly Choice[]> {
    try {
      const { collections } = await request<{ collections: readonly CollectionSummary[] }>('/collections');
      // What an earlier visit has left.
      if (!this.#choices) this.#send();
      this.#choices = collections.map(({ id, name, papers }) => ({ id, name, papers }));
    } catch (thrown) {
      if (!this.#choices || !isPassing(thrown)) throw thrown;
    }
    return this.#choices;
  }

  async open(id: string): Promise<Opened> {
    const opened = await this.#load(id).catch((thrown: unknown) => {
      // Without a connection, what was known is shown.
      const known = this.#known.get(id);
      if (known && isPassing(thrown)) return known;
      throw thrown;
    });
    this.#known.set(id, opened);
    const waiting = [...this.#sent, ...unsaved.all()].filter((each) => each.id === id);
    const events = waiting.map(({ at, change }) => ({ number: 0, at, value: change }));
    return {
      collection: withEvents(opened.collection, events),
      canUndo: opened.canUndo || waiting.length > 0,
      canRedo: opened.canRedo && waiting.length === 0,
    };
  }

  async create(name: string): Promise<string> {
    return (await send<CollectionSummary>('POST', '/collections', { name })).id;
  }

  async change(id: string, change: ContentEvent): Promise<void> {
    const seen = this.#known.get(id)?.collection.version ?? 0;
    unsaved.add({ id, change, at: new Date().toISOString(), seen });
    this.#send();
  }

  async undo(id: string): Promise<void> {
    await this.#sending;
    const waiting = unsaved.all().findLast((each) => each.id === id);
    if (waiting) unsaved.remove(waiting.key);
    else await send('POST', collectionPath(id, '/undo'));
  }

  async redo(id: string): Promise<void> {
    await this.#sending;
    await send('POST', collectionPath(id, '/redo'));
  }

  async delete(id: string): Promise<void> {
    await this.#sending;
    await send('DELETE', collectionPath(id));
  }

  async restore(id: string): Promise<void> {
    await send('POST', collectionPath(id, '/restore'));
  }

  async import(id: string, file: File): Promise<string> {
    const { added, present, notInIndex, rejected } = await request<Imported>(collectionPath(id, '/import'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    });
    const [first] = rejected;
    return [
      `Added ${counted(added, 'paper')} of ${file.name}; ${present} were in the collection already.`,
      notInIndex > 0 && `${counted(notInIndex, 'paper')} are not in the index and kept as the file has them.`,
      first &&
        `${counted(rejected.length, 'record')} could not be read. The first: ${first.line === undefined ? '' : `line ${first.line}: `}${first.reason}`,
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** Copies a collection of the browser, under its name or another one. @returns its name here. */
  async copy(collection: Collection): Promise<string> {
    const taken = new Set((await this.choices()).map(({ name }) => name.toLowerCase()));
    let { name } = collection;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${collection.name} (${number})`;
    const body = toOwnJson(collection);
    const answer = await request<Imported>(`/collections/import?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    const kept = answer.added + answer.present;
    if (kept < collection.entries.length) {
      this.#refused({
        message: `“${name}” has ${kept} of ${collection.entries.length} papers: ${answer.rejected[0]?.reason ?? 'some are the same paper on the server'}.`,
      });
    }
    return answer.collection.name;
  }

  async #load(id: string): Promise<Opened> {
    const sent = this.#sent.length;
    const pages: Page[] = [];
    for (let offset = 0; offset === 0 || offset < pages[0]!.total; offset += MAX_HITS) {
      pages.push(await request<Page>(collectionPath(id, `?limit=${MAX_HITS}&offset=${offset}`)));
    }
    this.#sent = this.#sent.slice(sent);
    const { collection, canUndo, canRedo } = pages[0]!;
    return {
      collection: {
        ...collection,
        entries: pages.flatMap(({ entries }) => entries),
        shares: [],
        formerIds: new Map(),
      },
      canUndo,
      canRedo,
    };
  }

  /** Sends what waits. */
  #send(): void {
    if (this.#sending || unsaved.all().length === 0) return;
    clearTimeout(this.#timer);
    this.#sending = inOneTab(() => this.#sendAll()).finally(() => {
      this.#sending = undefined;
      if (unsaved.all().length > 0 && !this.#isRefusedWhole)
        this.#timer = setTimeout(() => this.#send(), RETRY_MS);
      this.#changed();
    });
  }

  async #sendAll(): Promise<void> {
    for (let next = unsaved.all()[0]; next; next = unsaved.all()[0]) {
      try {
        const about = subjectsOf(next);
        const expected = Math.max(next.seen, ...about.map((each) => this.#own.get(each) ?? 0));
        const version = await this.#post(next, expected);
        for (const each of about) this.#own.set(each, version);
        this.#sent.push(next);
      } catch (thrown) {
        this.#isRefusedWhole = isTokenRefused(thrown);
        if (isPassing(thrown) || this.#isRefusedWhole) return;
        this.#refused({ message: refusalOf(thrown), written: writtenIn(next.change) });
      }
      unsaved.remove(next.key);
    }
  }

  /** @returns the version afterwards. */
  async #post({ id, change }: Unsaved, expected: number): Promise<number> {
    switch (change.type) {
      case 'described': {
        const { name, description } = change;
        return (await send<CollectionSummary>('PATCH', collectionPath(id), { name, description, expected }))
          .version;
      }
      case 'added': {
        let version = 0;
        for (let at = 0; at < change.entries.length; at += AT_ONCE) {
          const papers = change.entries
            .slice(at, at + AT_ONCE)
            .map(({ paper, note, tags, state, rating, role }) => ({
              id: paper.id,
              note,
              tags,
              state,
              rating,
              role,
            }));
          const answer = await send<{ collection: CollectionSummary; unknown: readonly string[] }>(
            'POST',
            collectionPath(id, '/papers'),
            { papers, skipUnknown: true },
          );
          if (answer.unknown.length > 0) {
            this.#refused({
              message: `Not added, since the index does not have them: ${answer.unknown.join(', ')}.`,
            });
          }
          version = answer.collection.version;
        }
        return version;
      }
      case 'changed': {
        const { type: _, ...body } = change;
        const answer = await send<{ collection: CollectionSummary }>('PATCH', collectionPath(id, '/papers'), {
          ...body,
          expected,
        });
        return answer.collection.version;
      }
      case 'removed': {
        let version = expected;
        for (let at = 0; at < change.ids.length; at += AT_ONCE) {
          const body = { ids: change.ids.slice(at, at + AT_ONCE), expected };
          version = (await send<CollectionSummary>('POST', collectionPath(id, '/papers/remove'), body))
            .version;
        }
        return version;
      }
      case 'moved': {
        const { ids, before } = change;
        const body = { ids, before };
        return (await send<CollectionSummary>('POST', collectionPath(id, '/papers/move'), body)).version;
      }
    }
  }
}

function subjectsOf({ id, change }: Unsaved): string[] {
  switch (change.type) {
    case 'added':
      return change.entries.map(({ paper }) => `${id} ${paper.id}`);
    case 'changed':
    case 'removed':
      return change.ids.map((each) => `${id} ${each}`);
    default:
      return [`${id} ${change.type}`];
  }
}

function refusalOf(thrown: unknown): string {
  if (thrown instanceof ApiError && thrown.code === 'CONFLICT') {
    return 'Not saved: another reader has changed the same since you loaded it. The collection is shown as it is now; repeat your change if it is still right.';
  }
  return `Not saved: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}

/** What a reader wrote in a change. */
function writtenIn(change: ContentEvent): string | undefined {
  if (change.type === 'changed') return change.note ?? change.addTags?.join(', ');
  return change.type === 'described' ? change.name : undefined;
}
