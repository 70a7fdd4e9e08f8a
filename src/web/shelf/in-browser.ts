import type { ContentEvent } from '../../collections/events.ts';
import { existing } from '../../collections/plan.ts';
import { historyOf } from '../../collections/state.ts';
import { api } from '../api.ts';
import { OLD_LIST_KEY, readOldList } from '../collection.ts';
import { counted } from '../format.ts';
import { libraryKey } from '../library.ts';
import type { Backend, Choice, Opened } from './backend.ts';
import { BrowserCollections } from './browser-collections.ts';
import { keptHere, titleOnly } from './kept.ts';
import { oldRoles, SEEDS_KEY } from './old-roles.ts';
import { readOwnFile } from './own-file.ts';

/** How many papers are asked for at once. */
const AT_ONCE = 500;

/** The key of the list of collections; that of each begins with it. */
export const COLLECTIONS_KEY = libraryKey('paper-search.collections');

/** Collections that are kept in this browser. */
export class InBrowser implements Backend {
  readonly where = 'browser';
  readonly collections = new BrowserCollections(storageOf(), COLLECTIONS_KEY);

  /**
   * Takes over the single list of earlier versions: as the first collection, or into the first one. It is removed from where it was
   * only when it is stored.
   * @param firstName the name of a new collection.
   */
  takeOver(firstName: string): void {
    const old = readOldList();
    if (old.length === 0) return;
    const roles = oldRoles();
    const { id, entries } = this.collections.list()[0] ?? this.collections.create(firstName);
    const known = new Set(entries.map(({ paper }) => paper.id));
    const added = old
      .filter((each) => !known.has(each.id))
      .map((each) => ({ paper: titleOnly(each), role: roles.get(each.id) ?? 'for' }) as const);
    if (added.length > 0) this.collections.change(id, { type: 'added', entries: added });
    if (this.collections.isUnstored) return;
    localStorage.removeItem(OLD_LIST_KEY);
    localStorage.removeItem(SEEDS_KEY);
  }

  async choices(): Promise<readonly Choice[]> {
    return this.collections.list().map(({ id, name, entries }) => ({ id, name, papers: entries.length }));
  }

  async open(id: string): Promise<Opened> {
    const log = this.collections.log(id);
    const { undo, redo } = historyOf(log, undefined);
    return { collection: existing(id, log), canUndo: undo !== undefined, canRedo: redo !== undefined };
  }

  async create(name: string): Promise<string> {
    return this.collections.create(name).id;
  }

  async change(id: string, change: ContentEvent): Promise<void> {
    this.collections.change(id, change);
  }

  async undo(id: string): Promise<void> {
    this.collections.change(id, { type: 'undo' });
  }

  async redo(id: string): Promise<void> {
    this.collections.change(id, { type: 'redo' });
  }

  async delete(id: string): Promise<void> {
    this.collections.change(id, { type: 'deleted' });
  }

  async restore(id: string): Promise<void> {
    this.collections.change(id, { type: 'restored' });
  }

  async import(id: string, file: File): Promise<string> {
    const read = readOwnFile(await file.text());
    if (!read) {
      throw new Error(
        `${file.name} is not an export of a collection (.json). Other formats are read by the server, where collections are kept with a token.`,
      );
    }
    const { entries, rejected } = read;
    const known = new Set(existing(id, this.collections.log(id)).entries.map(({ paper }) => paper.id));
    const more = new Set(entries.map(({ paper }) => paper.id).filter((each) => !known.has(each))).size;
    if (entries.length > 0) this.collections.change(id, { type: 'added', entries });
    const left =
      rejected === 0 ? '' : ` ${counted(rejected, 'record')} without an id or a title could not be read.`;
    return `Added ${counted(more, 'paper')} of ${file.name}; ${entries.length - more} were in the collection already.${left}`;
  }

  /**
   * Keeps what the index knows now about papers of a collection.
   * @param ids of entries. @returns whether anything was new.
   */
  async learn(id: string, ids: readonly string[]): Promise<boolean> {
    let isNew = false;
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const wanted = ids.slice(at, at + AT_ONCE);
      const papers = (await api.papersById(wanted)).map(keptHere);
      const before = new Map(
        existing(id, this.collections.log(id)).entries.map(({ paper }) => [paper.id, paper]),
      );
      const followed = papers.flatMap((paper) => {
        const names = new Set([paper.id, ...(paper.aliases ?? [])]);
        const from = wanted.filter((each) => names.has(each) && before.has(each));
        const isSame = from.length === 1 && JSON.stringify(before.get(from[0]!)) === JSON.stringify(paper);
        return from.length === 0 || isSame ? [] : [{ from, paper }];
      });
      if (followed.length === 0) continue;
      this.collections.change(id, { type: 'followed', papers: followed });
      isNew = true;
    }
    return isNew;
  }
}

function storageOf(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
