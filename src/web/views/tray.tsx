import { useMemo, useRef, useState } from 'preact/hooks';
import { MAX_IDS } from '../../limits.ts';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { Failure, Notice } from '../components/states.tsx';
import { TrayItem } from '../components/tray-entry.tsx';
import { TrayExport } from '../components/tray-export.tsx';
import { TrayKin } from '../components/tray-kin.tsx';
import { counted } from '../format.ts';
import { useHitKeys } from '../hit-keys.ts';
import { roleOf, setSeedRole, useSeedRoles } from '../seed-roles.ts';
import { talksOf } from '../talks.ts';
import { useTitle } from '../title.ts';
import { type TrayEntry, tray, useTray } from '../tray.ts';
import { useRequest } from '../use-request.ts';

/** What was taken out last, so that it can be put back. */
interface Undo {
  readonly entries: readonly TrayEntry[];
  readonly message: string;
}

/** The tray: the collected papers, what is related to them, and their exports. */
export function TrayView() {
  const entries = useTray();
  const roles = useSeedRoles();
  const [undo, setUndo] = useState<Undo | undefined>(undefined);
  const page = useRef<HTMLDivElement>(null);
  useHitKeys(page);
  useTitle('Tray');
  const ids = entries.slice(0, MAX_IDS).map(({ id }) => id);
  const { data, error, retry } = useRequest(
    ids.length > 0 ? `tray ${JSON.stringify(ids)}` : undefined,
    (signal) => api.chosenProgramme(ids, signal),
  );
  const talks = useMemo(() => new Map(data && talksOf(data).map((talk) => [talk.id, talk])), [data]);
  const titles = useMemo(() => new Map(entries.map(({ id, title }) => [id, title])), [entries]);
  const isGone = (id: string) => data?.unknown.includes(id) ?? false;
  const gone = entries.filter(({ id }) => isGone(id));
  const there = entries.filter(({ id }) => !isGone(id));

  const take = (taken: readonly TrayEntry[], message: string) => {
    setUndo({ entries, message });
    tray.replace(entries.filter((entry) => !taken.includes(entry)));
    announce(message);
  };
  const putBack = () => {
    // What was collected since then stays.
    const known = new Set(undo!.entries.map(({ id }) => id));
    tray.replace([...undo!.entries, ...entries.filter(({ id }) => !known.has(id))]);
    setUndo(undefined);
    announce('Put back.');
  };

  return (
    <div class="tray" ref={page}>
      <h1>Tray</h1>
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
        <EmptyTray />
      ) : (
        <>
          {error && <Failure error={error} retry={retry} />}
          {gone.length > 0 && (
            <Notice kind="weak">
              The corpus does not have {counted(gone.length, 'paper')} of the tray any more. Neither related
              papers nor exports know of {gone.length === 1 ? 'it' : 'them'}.{' '}
              <button
                type="button"
                class="link-button"
                onClick={() => take(gone, `Removed ${counted(gone.length, 'paper')} that the corpus lost.`)}
              >
                Remove {gone.length === 1 ? 'it' : 'them'} from the tray
              </button>
            </Notice>
          )}
          <div class="tray-columns">
            <div>
              <section aria-labelledby="collected">
                <div class="tray-head">
                  <h2 id="collected">{counted(entries.length, 'paper')} collected</h2>
                  <button
                    type="button"
                    onClick={() => take(entries, `Emptied: ${counted(entries.length, 'paper')} taken out.`)}
                  >
                    Empty the tray
                  </button>
                </div>
                <ul>
                  {entries.map((entry) => (
                    <TrayItem
                      key={entry.id}
                      entry={entry}
                      talk={talks.get(entry.id)}
                      gone={isGone(entry.id)}
                      role={roleOf(roles, entry.id)}
                      titles={titles}
                      onRole={(role) => setSeedRole(entry.id, role, entries)}
                      onRemove={() => take([entry], `Removed “${entry.title}”.`)}
                    />
                  ))}
                </ul>
              </section>
              {data && (
                <TrayExport
                  ids={there.map(({ id }) => id)}
                  timed={there.filter(({ id }) => talks.get(id)?.start !== undefined).length}
                />
              )}
            </div>
            {data && <TrayKin entries={there} roles={roles} titles={titles} />}
          </div>
        </>
      )}
    </div>
  );
}

function EmptyTray() {
  return (
    <div class="state">
      <h2>Nothing collected yet</h2>
      <p>
        Tick papers in the <a href="/">search</a> or the <a href="/programme">programme</a> to collect them
        here: for an export, for a calendar, or to find what is related to all of them. They stay in this
        browser.
      </p>
    </div>
  );
}
