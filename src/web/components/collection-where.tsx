import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../announce.tsx';
import { counted } from '../format.ts';
import { shelf, useShelf } from '../shelf/shelf.ts';
import { Notice } from './states.tsx';

/** Where collections are kept, and what is not saved there; a token moves that to the server. */
export function CollectionWhere() {
  const { where, unsaved, refused, noServer, here, choices } = useShelf();
  const [isAsking, setAsking] = useState(false);
  const [copied, setCopied] = useState<string | undefined>(undefined);
  if (choices === undefined) return null;
  return (
    <div class="collection-where">
      <p class="summary">
        {where === 'browser' ? (
          <>
            Kept in this browser only.{' '}
            <button type="button" class="link-button" onClick={() => setAsking(true)}>
              Use a token
            </button>{' '}
            to keep collections on the server.
          </>
        ) : (
          <>
            Kept on the server.{' '}
            <button type="button" class="link-button" onClick={() => void shelf.forgetToken()}>
              Stop using the token
            </button>
            {here > 0 && (
              <>
                {' · '}
                <button
                  type="button"
                  class="link-button"
                  onClick={async () => {
                    const told = await shelf.copyToServer();
                    setCopied(told);
                    announce(told);
                  }}
                >
                  Copy this browser’s collections to the server ({here})
                </button>
              </>
            )}
          </>
        )}
      </p>
      <div role="status">
        {unsaved > 0 && (
          <Notice kind="weak">
            {counted(unsaved, 'change')} not saved yet. They are sent as soon as the server answers, also
            after this page was closed.
          </Notice>
        )}
        {noServer !== undefined && (
          <Notice kind="weak">
            The token cannot be used for collections: {noServer}{' '}
            <button type="button" class="link-button" onClick={() => void shelf.forgetToken()}>
              Forget the token
            </button>
          </Notice>
        )}
        {copied !== undefined && <Notice>{copied}</Notice>}
        {refused.length > 0 && (
          <div class="notice notice-weak">
            <ul>
              {refused.map(({ message, written }, at) => (
                <li key={at}>
                  {message}
                  {written !== undefined && <blockquote class="note-text">{written}</blockquote>}
                </li>
              ))}
            </ul>
            <button type="button" class="link-button" onClick={() => shelf.dismissRefused()}>
              I have read this
            </button>
          </div>
        )}
      </div>
      {isAsking && <TokenForm onClose={() => setAsking(false)} />}
    </div>
  );
}

function TokenForm({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="token-dialog" aria-labelledby="collection-token-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          void shelf.useToken(String(data.get('token')).trim(), data.get('keep') === null);
          dialog.current?.close();
        }}
      >
        <h2 id="collection-token-title">Use a token</h2>
        <p id="collection-token-help">
          Ask the people who run this server for one with the scope <code>review</code>. It is sent to this
          server only. The collections of this browser stay here; you can copy them.
        </p>
        <label>
          Token
          <input
            name="token"
            type="password"
            required
            autocomplete="off"
            aria-describedby="collection-token-help"
          />
        </label>
        <label class="collection-token-keep">
          <input name="keep" type="checkbox" /> Remember it in this browser
        </label>
        <div class="token-actions">
          <button type="submit">Use this token</button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
