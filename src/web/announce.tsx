import { createStore, useStore } from './store.ts';

const message = createStore('');

/** Announces a change to screen readers, politely. */
export function announce(text: string): void {
  message.set(text);
}

/** The live region of announcements; once per page. */
export function LiveRegion() {
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {useStore(message)}
    </p>
  );
}
