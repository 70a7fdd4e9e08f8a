import { randomBytes } from 'node:crypto';
import { PaperSearchError } from '../errors.ts';
import type { Snapshot } from '../search/engine.ts';
import { paperOrNone } from '../search/papers-by-id.ts';
import { type AddedAnnotations, type AnnotationChange, tagKey } from './annotations.ts';
import { type Collection, keptPaper, type Share } from './collection.ts';
import type { AddedEntry } from './events.ts';
import type { ImportedFile } from './import.ts';
import type { ChangeOptions } from './plan.ts';
import { entryIdOf, findPaper, followedPapers, type ResolvedEntry, resolveEntries } from './resolve.ts';
import type { CollectionStore } from './store.ts';

/** Bytes of the part of a link that cannot be guessed. */
const SECRET_BYTES = 24;
/** Collections whose papers are remembered, as long as neither they nor the index change. */
const MAX_CACHED = 20;

/** A paper to add, by any of its identifiers. */
export interface Addition extends AddedAnnotations {
  readonly id: string;
}

/** What adding papers did. */
export interface Added {
  readonly collection: Collection;
  /** The papers that are in the collection for the first time. */
  readonly added: number;
  /** Those that were in it already; what was said about them is added. */
  readonly present: number;
  /** Identifiers without a paper. */
  readonly unknown: readonly string[];
}

/** What an import did. */
export interface Imported extends Omit<Added, 'unknown'> {
  /** Records whose papers the index has, and those that are kept as the file has them. */
  readonly inIndex: number;
  readonly notInIndex: number;
}

/** A collection, and its entries with the papers of the index. */
export interface Resolved {
  readonly collection: Collection;
  readonly entries: readonly ResolvedEntry[];
}

type Papers = Pick<Snapshot, 'id' | 'paper'>;

/** Collections together with the papers of an index: what HTTP, the command line and agents use. */
export class Collections {
  readonly store: CollectionStore;
  readonly #cached = new Map<string, Promise<ResolvedEntry[]>>();

  constructor(store: CollectionStore) {
    this.store = store;
  }

  /** A collection with its papers. @throws PaperSearchError as `CollectionStore.get` does. */
  async read(id: string, snapshot: Papers): Promise<Resolved> {
    return this.resolve(await this.store.get(id), snapshot);
  }

  /** The papers of a collection as the index has them now. */
  async resolve(collection: Collection, snapshot: Papers): Promise<Resolved> {
    const key = JSON.stringify([collection.id, collection.createdAt, collection.version, snapshot.id]);
    const known = this.#cached.get(key);
    const entries = known ?? resolveEntries(collection.entries, snapshot);
    this.#cached.delete(key);
    this.#cached.set(key, entries);
    if (this.#cached.size > MAX_CACHED) this.#cached.delete(this.#cached.keys().next().value!);
    try {
      return { collection, entries: await entries };
    } catch (error) {
      this.#cached.delete(key);
      throw error;
    }
  }

  /**
   * Adds papers of the index at the end of a collection.
   * @throws PaperSearchError as `CollectionStore.change` does; NOT_FOUND with all unknown ids, unless `skipUnknown`.
   */
  async add(
    id: string,
    additions: readonly Addition[],
    snapshot: Papers,
    { skipUnknown = false, ...options }: ChangeOptions & { readonly skipUnknown?: boolean | undefined } = {},
  ): Promise<Added> {
    const { collection, entries } = await this.#followed(id, snapshot);
    const found: AddedEntry[] = [];
    const unknown: string[] = [];
    for (const { id: wanted, ...said } of additions) {
      const known = entries.find(({ paper, ids }) => paper.id === wanted || ids.includes(wanted));
      const paper = known?.paper ?? (await paperOrNone(snapshot, wanted));
      if (paper) found.push({ paper: keptPaper(paper), ...said });
      else unknown.push(wanted);
    }
    if (unknown.length > 0 && !skipUnknown) {
      const some = `${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', …' : ''}`;
      throw new PaperSearchError('NOT_FOUND', `No papers have these ids: ${some}. Nothing was added.`, {
        details: { ids: unknown },
      });
    }
    return { ...(await this.addEntries(collection, found, options)), unknown };
  }

  /** Adds papers that need not be in the index. @throws PaperSearchError as `CollectionStore.change` does. */
  async addEntries(
    { id, ...before }: Collection,
    given: readonly AddedEntry[],
    options: ChangeOptions = {},
  ): Promise<Omit<Added, 'unknown'>> {
    if (given.length === 0) return { collection: { id, ...before }, added: 0, present: 0 };
    let present = 0;
    const collection = await this.store.change(
      id,
      (current) => {
        const known = new Set(current.entries.map(({ paper }) => paper.id));
        present = new Set(given.map(({ paper }) => paper.id).filter((each) => known.has(each))).size;
        return { type: 'added', entries: given };
      },
      options,
    );
    const added = new Set(given.map(({ paper }) => paper.id)).size - present;
    return { collection, added, present };
  }

  /**
   * Adds the papers of a file. Papers that the index lacks are kept with what the file says about them.
   * @throws PaperSearchError as `CollectionStore.change` does.
   */
  async import(
    id: string,
    { entries }: Pick<ImportedFile, 'entries'>,
    snapshot: Papers,
    options: ChangeOptions = {},
  ): Promise<Imported> {
    const { collection } = await this.#followed(id, snapshot);
    let inIndex = 0;
    const found: AddedEntry[] = [];
    for (const { hasKeywordsAsTags, paper, tags = [], ...said } of entries) {
      const known = await findPaper(paper, snapshot);
      if (known) inIndex++;
      const keywords = new Set(hasKeywordsAsTags ? known?.keywords.map(tagKey) : []);
      found.push({
        paper: known ? keptPaper(known) : paper,
        ...said,
        tags: tags.filter((tag) => !keywords.has(tagKey(tag))),
      });
    }
    const added = await this.addEntries(collection, found, options);
    return { ...added, inIndex, notInIndex: entries.length - inIndex };
  }

  /** Changes what is said about papers. @throws PaperSearchError as `CollectionStore.change` does. */
  async annotate(
    id: string,
    ids: readonly string[],
    change: AnnotationChange,
    snapshot: Papers,
    options: ChangeOptions = {},
  ): Promise<Collection> {
    const { entryIds, expected } = await this.#entryIds(id, ids, snapshot, options);
    return this.store.change(id, { ...change, type: 'changed', ids: entryIds }, { ...options, expected });
  }

  /** Takes papers out. @throws PaperSearchError as `CollectionStore.change` does. */
  async remove(
    id: string,
    ids: readonly string[],
    snapshot: Papers,
    options: ChangeOptions = {},
  ): Promise<Collection> {
    const { entryIds, expected } = await this.#entryIds(id, ids, snapshot, options);
    return this.store.change(id, { type: 'removed', ids: entryIds }, { ...options, expected });
  }

  /** Moves papers before another one, or to the end. @throws PaperSearchError as `CollectionStore.change` does. */
  async move(
    id: string,
    ids: readonly string[],
    before: string | undefined,
    snapshot: Papers,
    options: ChangeOptions = {},
  ): Promise<Collection> {
    const { entryIds, expected } = await this.#entryIds(
      id,
      before === undefined ? ids : [...ids, before],
      snapshot,
      options,
    );
    const target = before === undefined ? undefined : entryIds.at(-1);
    const moved = before === undefined ? entryIds : entryIds.slice(0, -1);
    return this.store.change(
      id,
      { type: 'moved', ids: moved, ...(target !== undefined && { before: target }) },
      { ...options, expected },
    );
  }

  /** Creates a link under which anybody can read a collection. @throws PaperSearchError as `CollectionStore.change` does. */
  async share(
    id: string,
    {
      label,
      withNotes = true,
    }: { readonly label?: string | undefined; readonly withNotes?: boolean | undefined },
    options: ChangeOptions = {},
  ): Promise<Share> {
    const share = {
      id: randomBytes(4).toString('hex'),
      secret: randomBytes(SECRET_BYTES).toString('base64url'),
      ...(label !== undefined && { label }),
      withNotes,
    };
    const { shares } = await this.store.change(id, { type: 'shared', share }, options);
    return shares.find((each) => each.id === share.id)!;
  }

  /** The ids of the entries that ids in a request mean; an unknown id stays, and is reported by the change. */
  async #entryIds(
    id: string,
    ids: readonly string[],
    snapshot: Papers,
    { expected }: ChangeOptions,
  ): Promise<{ readonly entryIds: string[]; readonly expected: number | undefined }> {
    const before = (await this.store.get(id)).version;
    const { collection, entries } = await this.#followed(id, snapshot);
    const entryIds: string[] = [];
    for (const each of ids) entryIds.push((await entryIdOf(collection, entries, each, snapshot)) ?? each);
    // A reader who has seen the last version has seen merged papers as one, too.
    const hasSeenAll = expected !== undefined && expected >= before;
    return { entryIds, expected: hasSeenAll ? collection.version : expected };
  }

  /** The collection after its entries got the ids that their papers have now. */
  async #followed(id: string, snapshot: Papers): Promise<Resolved> {
    const resolved = await this.read(id, snapshot);
    const papers = followedPapers(resolved.entries);
    if (papers.length === 0) return resolved;
    await this.store.change(id, {
      type: 'followed',
      papers: papers.map(({ from, paper }) => ({ from, paper: keptPaper(paper) })),
    });
    return this.read(id, snapshot);
  }
}
