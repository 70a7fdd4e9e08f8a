import { useMemo, useRef, useState } from 'preact/hooks';
import { MAX_IDS } from '../../limits.ts';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { type CollectedPaper, collection, useCollection } from '../collection.ts';
import { CollectedItem } from '../components/collection-entry.tsx';
import { CollectionExport } from '../components/collection-export.tsx';
import { CollectionRelated } from '../components/collection-related.tsx';
import { CollectionSnowball } from '../components/collection-snowball.tsx';
import { Failure, Notice } from '../components/states.tsx';
import { counted } from '../format.ts';
import { useHitKeys } from '../hit-keys.ts';
import { roleOf, setSeedRole, useSeedRoles } from '../seed-roles.ts';
import { talksOf } from '../talks.ts';
import { useTitle } from '../title.ts';
import { useRequest } from '../use-request.ts';

/** The last removal, for undo. */
interface Undo {
  readonly entries: readonly CollectedPaper[];
  readonly message: string;
}

/** The collection: the collected papers, related papers, and exports. */
export function CollectionView() {
  const entries = useCollection();
  const roles = useSeedRoles();
  const [undo, setUndo] = useState<Undo | undefined>(undefined);
  const page = useRef<HTMLDivElement>(null);
  useHitKeys(page);
  useTitle('Collection');
  const ids = entries.slice(0, MAX_IDS).map(({ id }) => id);
  const { data, error, retry } = useRequest(
    ids.length > 0 ? `collection ${JSON.stringify(ids)}` : undefined,
    (signal) => api.chosenSchedule(ids, signal),
  );
  const talks = useMemo(() => new Map(data && talksOf(data).map((talk) => [talk.id, talk])), [data]);
  const titles = useMemo(() => new Map(entries.map(({ id, title }) => [id, title])), [entries]);
  const isGone = (id: string) => data?.unknown.includes(id) ?? false;
  const gone = entries.filter(({ id }) => isGone(id));
  const there = entries.filter(({ id }) => !isGone(id));

  const take = (taken: readonly CollectedPaper[], message: string) => {
    setUndo({ entries, message });
    collection.replace(entries.filter((entry) => !taken.includes(entry)));
    announce(message);
  };
  const putBack = () => {
    // Papers collected since then are kept.
    const known = new Set(undo!.entries.map(({ id }) => id));
    collection.replace([...undo!.entries, ...entries.filter(({ id }) => !known.has(id))]);
    setUndo(undefined);
    announce('Restored.');
  };

  return (
    <div class="collection" ref={page}>
      <h1>Collection</h1>
      <div role="status">
        {undo && (
          <Notice>
            {undo.message}{' '}
            <button type="button" class="link-button" onClick={putBack}>
              Undo
            </button>
          </Notice>
        )}
      </div>
      {entries.length === 0 ? (
        <EmptyCollection />
      ) : (
        <>
          {error && <Failure error={error} retry={retry} />}
          {gone.length > 0 && (
            <Notice kind="weak">
              {counted(gone.length, 'paper')} of the collection {gone.length === 1 ? 'is' : 'are'} no longer
              in the index, and so left out of related papers and exports.{' '}
              <button
                type="button"
                class="link-button"
                onClick={() => take(gone, `Removed ${counted(gone.length, 'missing paper')}.`)}
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
                    onClick={() => take(entries, `Removed ${counted(entries.length, 'paper')}.`)}
                  >
                    Remove all
                  </button>
                </div>
                <ul>
                  {entries.map((entry) => (
                    <CollectedItem
                      key={entry.id}
                      entry={entry}
                      talk={talks.get(entry.id)}
                      gone={isGone(entry.id)}
                      role={roleOf(roles, entry.id)}
                      titles={titles}
                      onRole={(role) => setSeedRole(entry.id, role, entries)}
                      onRemove={(title) => take([entry], `Removed “${title}”.`)}
                    />
                  ))}
                </ul>
              </section>
              {data && (
                <CollectionExport
                  ids={there.map(({ id }) => id)}
                  timed={there.filter(({ id }) => talks.get(id)?.start !== undefined).length}
                />
              )}
            </div>
            {data && (
              <div>
                <CollectionRelated entries={there} roles={roles} titles={titles} />
                <CollectionSnowball entries={there} />
              </div>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function EmptyCollection() {
  return (
    <div class="state">
      <h2>The collection is empty</h2>
      <p>
        Tick papers in the <a href="/">search</a> or the <a href="/schedule">schedule</a> to collect them
        here. You can export them, save them as a calendar, or find related papers. They are kept in this
        browser.
      </p>
    </div>
  );
}
