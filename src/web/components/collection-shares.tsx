import { useRef, useState } from 'preact/hooks';
import { announce } from '../announce.tsx';
import { ApiError, send } from '../api.ts';
import { inLibrary } from '../library.ts';
import { collectionPath } from '../shelf/on-server.ts';
import { useRequest } from '../use-request.ts';
import { Failure, Notice } from './states.tsx';

/** A link as the server lists it. */
interface Share {
  readonly id: string;
  readonly path: string;
  readonly label?: string;
  readonly withNotes: boolean;
  readonly createdAt: string;
}
interface ShareList {
  readonly shares: readonly Share[];
}

/** Links under which anybody can read a collection of the server: they are created, copied and revoked. */
export function CollectionShares({ id }: { id: string }) {
  const [changes, setChanges] = useState(0);
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const { data, error, retry } = useRequest(`shares ${id} ${changes} ${OPENED}`, () =>
    send<ShareList>('GET', collectionPath(id, '/shares')),
  );
  const act = async (action: () => Promise<unknown>, done: string) => {
    try {
      await action();
      setFailed(undefined);
      announce(done);
    } catch (thrown) {
      setFailed(thrown instanceof ApiError ? thrown.message : String(thrown));
    }
    setChanges((count) => count + 1);
  };
  return (
    <section aria-labelledby="shares" class="collection-shares">
      <h2 id="shares">Share</h2>
      <p class="summary">
        Whoever has a link can read this collection, without a token, until you revoke the link.
      </p>
      {error && <Failure error={error} retry={retry} />}
      <div role="status">{failed !== undefined && <Notice kind="weak">{failed}</Notice>}</div>
      <ul>
        {data?.shares.map((share) => (
          <li key={share.id}>
            <span>
              {share.label ?? `Link of ${share.createdAt.slice(0, 10)}`} ·{' '}
              {share.withNotes ? 'with notes' : 'without notes'}
            </span>
            <input
              readOnly
              value={urlOf(share)}
              aria-label={`Address of ${share.label ?? 'the link'}`}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button
              type="button"
              onClick={() => act(() => navigator.clipboard.writeText(urlOf(share)), 'The link was copied.')}
            >
              Copy link
            </button>
            <button
              type="button"
              class="link-button"
              onClick={() =>
                act(
                  () => send('DELETE', collectionPath(id, `/shares/${encodeURIComponent(share.id)}`)),
                  'The link was revoked.',
                )
              }
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
      <form
        ref={form}
        class="collection-name-form"
        onSubmit={(event) => {
          event.preventDefault();
          const values = new FormData(event.currentTarget);
          const label = String(values.get('label')).trim();
          const body = { ...(label !== '' && { label }), withNotes: values.get('notes') !== null };
          form.current!.reset();
          void act(() => send('POST', collectionPath(id, '/shares'), body), 'The link was created.');
        }}
      >
        <label>
          What the link is for
          <input name="label" maxLength={200} />
        </label>
        <label>
          <input name="notes" type="checkbox" defaultChecked /> With notes, tags, states and ratings
        </label>
        <button type="submit">Create a link</button>
      </form>
    </section>
  );
}

/** Links are asked for again by every page. */
const OPENED = Date.now();

/** The address of the page of a link. */
function urlOf({ path }: Share): string {
  return location.origin + inLibrary(`/shared/${path.split('/').at(-1)}`);
}
