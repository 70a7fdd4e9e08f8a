import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type EntryQuery, selectEntries, summaryOf } from '../../collections/view.ts';
import { MAX_IDS } from '../../limits.ts';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { FIRST_NAME } from '../collection.ts';
import { CollectionBar } from '../components/collection-bar.tsx';
import { CollectedItem } from '../components/collection-entry.tsx';
import { CollectionExport } from '../components/collection-export.tsx';
import { CollectionFilter } from '../components/collection-filter.tsx';
import { CollectionImport } from '../components/collection-import.tsx';
import { CollectionRelated } from '../components/collection-related.tsx';
import { CollectionShares } from '../components/collection-shares.tsx';
import { CollectionSnowball } from '../components/collection-snowball.tsx';
import { CollectionWhere } from '../components/collection-where.tsx';
import { Failure, Notice, Skeleton } from '../components/states.tsx';
import { counted } from '../format.ts';
import { useHitKeys } from '../hit-keys.ts';
import { shelf, useShelf } from '../shelf/shelf.ts';
import { talksOf } from '../talks.ts';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';

export { SharedView } from './shared.tsx';
// The shelf is loaded with the first change in another view. Few files make the first load small: each more costs its
// headers, and splits what it shares with others.
export { shelf };

/** The current collection: its papers with notes, related papers, and exports. */
export function CollectionView() {
  const { choices, current, where, error } = useShelf();
  const page = useRef<HTMLDivElement>(null);
  useHitKeys(page);
  useTitle(current?.name ?? FIRST_NAME);
  useEffect(() => {
    // What readers ticked in other views, and what the index knows now.
    void shelf
      .refresh()
      .then(() => shelf.learn())
      .catch(() => {});
  }, []);
  return (
    <div class="collection" ref={page}>
      <h1>{current?.name ?? FIRST_NAME}</h1>
      <CollectionBar />
      <CollectionWhere />
      {choices === undefined ? (
        error === undefined ? (
          <Skeleton lines={6} />
        ) : (
          <button type="button" onClick={() => void shelf.retry()}>
            Try again
          </button>
        )
      ) : (current?.entries.length ?? 0) === 0 ? (
        <EmptyCollection />
      ) : (
        <Collected key={current!.id} />
      )}
      {current && where === 'server' && <CollectionShares key={current.id} id={current.id} />}
    </div>
  );
}

/** The papers of the current collection, and what can be done with them. */
function Collected() {
  const current = useShelf().current!;
  const { entries } = current;
  const [query, setQuery] = useState<EntryQuery>({});
  const ids = entries.slice(0, MAX_IDS).map(({ paper }) => paper.id);
  const { data, error, retry } = useRequest(`collection ${JSON.stringify(ids)}`, (signal) =>
    api.chosenSchedule(ids, signal),
  );
  const talks = useMemo(() => new Map(data && talksOf(data).map((talk) => [talk.id, talk])), [data]);
  const titles = useMemo(() => new Map(entries.map(({ paper }) => [paper.id, paper.title])), [entries]);
  const { tags } = useMemo(() => summaryOf(current), [current]);
  const shown = useMemo(() => selectEntries(entries, query), [entries, query]);
  const unknown = new Set(data?.unknown);
  const gone = entries.filter(({ paper }) => unknown.has(paper.id));
  const there = entries
    .filter(({ paper }) => !unknown.has(paper.id))
    .map(({ paper: { id, title }, role }) => ({ id, title, role }));

  const remove = async (taken: readonly { readonly paper: { readonly id: string } }[], message: string) => {
    if (await shelf.change({ type: 'removed', ids: taken.map(({ paper }) => paper.id) })) announce(message);
  };
  return (
    <>
      {error && <Failure error={error} retry={retry} />}
      {gone.length > 0 && (
        <Notice kind="weak">
          {counted(gone.length, 'paper')} of the collection {gone.length === 1 ? 'is' : 'are'} no longer in
          the index, and so left out of related papers and of exports without notes.{' '}
          <button
            type="button"
            class="link-button"
            onClick={() => remove(gone, `Removed ${counted(gone.length, 'missing paper')}.`)}
          >
            Remove {gone.length === 1 ? 'it' : 'them'} from the collection
          </button>
        </Notice>
      )}
      <div class="collection-columns">
        <div>
          <section aria-labelledby="collected">
            <div class="collection-head">
              <h2 id="collected">{counted(entries.length, 'paper')} collected</h2>
              <button
                type="button"
                onClick={() => remove(entries, `Removed ${counted(entries.length, 'paper')}.`)}
              >
                Remove all
              </button>
            </div>
            <CollectionFilter query={query} tags={tags} onChange={setQuery} />
            <p class="summary" role="status">
              {shown.length < entries.length &&
                `${counted(shown.length, 'paper')} of ${entries.length} shown.`}
            </p>
            <ul>
              {shown.map((entry) => (
                <CollectedItem
                  key={entry.paper.id}
                  entry={entry}
                  talk={talks.get(entry.paper.id)}
                  gone={unknown.has(entry.paper.id)}
                  titles={titles}
                  knownTags={tags.map(({ tag }) => tag)}
                  onChange={(change) =>
                    void shelf.change({ type: 'changed', ids: [entry.paper.id], ...change })
                  }
                  onRemove={(title) => void remove([entry], `Removed “${title}”.`)}
                />
              ))}
            </ul>
          </section>
          {data && (
            <CollectionExport
              collection={current}
              ids={there.map(({ id }) => id)}
              timed={there.filter(({ id }) => talks.get(id)?.start !== undefined).length}
            />
          )}
          <CollectionImport />
        </div>
        {data && (
          <div>
            <CollectionRelated entries={there} titles={titles} />
            <CollectionSnowball entries={there} />
          </div>
        )}
      </div>
    </>
  );
}

function EmptyCollection() {
  return (
    <div class="state">
      <h2>The collection is empty</h2>
      <p>
        Tick papers in the <a href="/">search</a> or the <a href="/schedule">schedule</a> to collect them
        here. You can write notes on them, tag and rate them, export them, save them as a calendar, or find
        related papers. They are kept in this browser.
      </p>
      <CollectionImport />
    </div>
  );
}
