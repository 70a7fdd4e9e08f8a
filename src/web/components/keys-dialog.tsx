import { useEffect, useRef } from 'preact/hooks';
import { useKeys } from '../keys.ts';
import { createStore, useStore } from '../store.ts';

type Keys = readonly (readonly [keys: readonly string[], does: string])[];

/** Shortcuts by where they work. */
const KEYS: readonly (readonly [place: string, keys: Keys])[] = [
  [
    'Everywhere',
    [
      [['/'], 'go to the search field'],
      [['Esc'], 'leave the field or close a dialog'],
      [['?'], 'show this list'],
    ],
  ],
  [
    'In a list',
    [
      [['j', '↓'], 'next paper'],
      [['k', '↑'], 'previous paper'],
      [['Enter', 'o'], 'open the paper'],
      [['x'], 'add to the collection, or remove'],
      [['a'], 'show the whole abstract'],
      [['e'], 'why it matched'],
      [['n', 'p'], 'next or previous page'],
    ],
  ],
  [
    'On the page of a paper',
    [
      [['j', 'k'], 'next or previous related paper'],
      [['Enter', 'o'], 'open the related paper'],
      [['x'], 'collect the related paper with the focus, or this paper'],
      [['c'], 'cite'],
      [['u', '⌫'], 'back to the results'],
      [['[', ']'], 'previous or next result'],
    ],
  ],
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
      {KEYS.map(([place, keys]) => (
        <section key={place}>
          <h3>{place}</h3>
          <dl>
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
