import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { keptToken } from '../access.ts';
import type { ApiError } from '../api.ts';
import { Failure } from '../components/states.tsx';
import { TokenDialog } from '../components/token-dialog.tsx';

const HEADING = 'Reviews need a token';

/** What needs a token, or a request to enter one. */
export function WithToken({ children }: { readonly children: ComponentChildren }) {
  if (keptToken() !== undefined) return <>{children}</>;
  return (
    <>
      <h1>Reviews</h1>
      <div class="state">
        <p>
          A review takes you from a question to a list of papers that you can defend: you judge abstracts one
          by one, and those most likely to be included come first. It is kept on the server, and needs a token
          with the scope <code>review</code>.
        </p>
        <AskForToken>Enter a token</AskForToken>
        <p>
          On the machine with the index, <code>paper-search review</code> does the same.
        </p>
      </div>
    </>
  );
}

/** Why something about reviews could not be loaded, and another token where that may help. */
export function ReviewFailure({ error, retry }: { readonly error: ApiError; readonly retry: () => void }) {
  if (error.code !== 'FORBIDDEN' && error.code !== 'UNAUTHORIZED')
    return <Failure error={error} retry={retry} />;
  return (
    <div class="state failure" role="alert">
      <h2>This token does not allow that</h2>
      <p>{error.message}</p>
      <AskForToken>Use another token</AskForToken>
    </div>
  );
}

function AskForToken({ children }: { readonly children: string }) {
  const [asked, setAsked] = useState(0);
  return (
    <>
      <button type="button" onClick={() => setAsked(asked + 1)}>
        {children}
      </button>
      {asked > 0 && <TokenDialog asked={asked} heading={HEADING} />}
    </>
  );
}
