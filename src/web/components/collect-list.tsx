import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_EXPORTED } from '../../limits.ts';
import { announce } from '../announce.tsx';
import { ApiError, api } from '../api.ts';
import { type CollectedPaper, collection, useCollection } from '../collection.ts';
import { counted, formatCount } from '../format.ts';
import { exportUrl, type SearchState } from '../search-state.ts';
import { Notice } from './states.tsx';

interface CollectListProps {
  /** The papers of this page. */
  readonly papers: readonly CollectedPaper[];
  /** The search whose relevant papers can be collected, all at once, and how many they are; none for another list. */
  readonly whole?: { readonly state: SearchState; readonly relevant: number } | undefined;
}

/** What was done last, with the entries that undo it. */
interface Done {
  readonly message: string;
  readonly undo: (entries: readonly CollectedPaper[]) => readonly CollectedPaper[];
  /** Whether the rest of the list can be collected too. */
  readonly offersAll: boolean;
}

/** A box that collects all papers of a page, and then offers all relevant papers of the search. */
export function CollectList({ papers, whole }: CollectListProps) {
  const collected = new Set(useCollection().map(({ id }) => id));
  const there = papers.filter(({ id }) => collected.has(id)).length;
  const isWhole = papers.length > 0 && there === papers.length;
  const box = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState<Done | undefined>(undefined);
  const [isLoading, setLoading] = useState(false);
  const page = JSON.stringify(papers.map(({ id }) => id));
  useEffect(() => setDone(undefined), [page]);
  useEffect(() => {
    if (box.current) box.current.indeterminate = there > 0 && !isWhole;
  }, [there, isWhole]);

  const report = (next: Done) => {
    setDone(next);
    announce(next.message);
  };
  const add = (wanted: readonly CollectedPaper[], offersAll: boolean) => {
    const before = collection.entries();
    const known = new Set(before.map(({ id }) => id));
    const added = wanted.filter(({ id }) => !known.has(id)).map(({ id, title }) => ({ id, title }));
    collection.replace([...before, ...added]);
    const ids = new Set(added.map(({ id }) => id));
    report({
      message: `Collected ${counted(added.length, 'more paper')}.`,
      undo: (entries) => entries.filter(({ id }) => !ids.has(id)),
      offersAll,
    });
  };
  const remove = () => {
    const before = collection.entries();
    const ids = new Set(papers.map(({ id }) => id));
    collection.replace(before.filter(({ id }) => !ids.has(id)));
    report({
      message: `Removed ${counted(papers.length, 'paper')} from the collection.`,
      // In their places, and what was collected since then after them.
      undo: (entries) => {
        const old = new Set(before.map(({ id }) => id));
        return [...before, ...entries.filter(({ id }) => !old.has(id))];
      },
      offersAll: false,
    });
  };
  const addAll = async () => {
    setLoading(true);
    try {
      add(await api.papersOfList(exportUrl(whole!.state, 'jsonl')), false);
    } catch (thrown) {
      const message = thrown instanceof ApiError ? thrown.message : String(thrown);
      report({ message: `Not collected: ${message}`, undo: (entries) => entries, offersAll: true });
    } finally {
      setLoading(false);
    }
  };

  const relevant = whole?.relevant ?? 0;
  return (
    <>
      <label class="tick" title="Collect all on this page">
        <input
          ref={box}
          type="checkbox"
          checked={isWhole}
          onChange={() => (isWhole ? remove() : add(papers, relevant > papers.length))}
        />
        <span class="visually-hidden">Collect all on this page</span>
      </label>
      {done && (
        <div class="collected">
          <Notice>
            {done.message}{' '}
            {done.offersAll && (
              <button type="button" class="link-button" disabled={isLoading} onClick={addAll}>
                {relevant <= MAX_EXPORTED
                  ? `Collect all ${formatCount(relevant)} relevant papers`
                  : `Collect the first ${formatCount(MAX_EXPORTED)} of ${formatCount(relevant)} relevant papers`}
              </button>
            )}{' '}
            <button
              type="button"
              class="link-button"
              onClick={() => {
                collection.replace(done.undo(collection.entries()));
                setDone(undefined);
                box.current?.focus();
                announce('Undone.');
              }}
            >
              Undo
            </button>
          </Notice>
        </div>
      )}
    </>
  );
}
