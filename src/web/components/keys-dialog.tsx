import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../keys.ts';
import { later } from '../later.tsx';
import { createStore, useStore } from '../store.ts';

/** Loaded when it is first opened. */
const KeysList = later(() => import('./keys-list.tsx').then(({ KeysList }) => KeysList));

const open = createStore(false);

/** Shows the keyboard shortcuts. */
export function openKeys(): void {
  open.set(true);
}

const GLOBAL_KEYS = { '?': openKeys };

/** The list of shortcuts; the browser closes it with Esc and restores the focus. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = useStore(open);
  useKeys(GLOBAL_KEYS);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={() => open.set(false)}>
      <h2 id="keys-title">Keyboard shortcuts</h2>
      {shown && <KeysList />}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
