import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api.ts';

/** Shown when a request failed, with a button to try again. */
export function Failure({ error, retry }: { error: ApiError; retry: () => void }) {
  const offline = error.code === 'UNREACHABLE';
  return (
    <div class="state failure" role="alert">
      <h2>{offline ? 'No connection to the server' : 'That did not work'}</h2>
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

/** Grey lines in place of text that is loading. */
export function Skeleton({ lines }: { lines: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} class="skeleton-line" />
      ))}
    </div>
  );
}

/** A remark on the answer as a whole. */
export function Notice({ kind = 'info', children }: { kind?: 'info' | 'weak'; children: ComponentChildren }) {
  return <p class={`notice notice-${kind}`}>{children}</p>;
}
