import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../keys.ts';
import { createStore, useStore } from '../store.ts';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'go to the search field'],
  [['j', '↓'], 'next paper'],
  [['k', '↑'], 'previous paper'],
  [['Enter'], 'open the paper'],
  [['x'], 'add to the collection, or remove'],
  [['e'], 'why it matched'],
  [['n', 'p'], 'next or previous page'],
  [['Esc'], 'leave the field or close a dialog'],
  [['?'], 'show this list'],
];

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
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
