import { useEffect, useRef } from 'preact/hooks';
import { keepToken, keptToken } from '../access.ts';

interface TokenDialogProps {
  /** Changes whenever the dialog has to be shown. */
  readonly asked: number;
  /** What the token is for. */
  readonly heading?: string;
}

/** Asks for a token. */
export function TokenDialog({ asked, heading = 'This library needs a token' }: TokenDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const wasRefused = keptToken() !== undefined;
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, [asked]);
  const keep = (event: SubmitEvent) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get('token');
    keepToken(String(token).trim());
    // Everything is requested again, with the token.
    location.reload();
  };
  return (
    <dialog ref={dialog} class="token-dialog" aria-labelledby="token-heading">
      <form onSubmit={keep}>
        <h2 id="token-heading">{heading}</h2>
        <p id="token-help">
          {wasRefused
            ? 'The token in this browser is not valid any more, or does not allow this. '
            : 'Ask the people who run this server for one. '}
          It is stored in this browser and sent to this server only.
        </p>
        <label>
          Token
          <input name="token" type="password" required autocomplete="off" aria-describedby="token-help" />
        </label>
        <div class="token-actions">
          <button type="submit">Use this token</button>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Not now
          </button>
        </div>
      </form>
    </dialog>
  );
}
