import { createStore, useStore } from './store.ts';

const message = createStore('');

/** Tells readers of screens what has changed, once the speech of what they do has ended. */
export function announce(text: string): void {
  message.set(text);
}

/** Where announcements are read from; stands once on the page. */
export function LiveRegion() {
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {useStore(message)}
    </p>
  );
}
