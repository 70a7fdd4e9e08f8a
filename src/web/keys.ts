import { useLayoutEffect } from 'preact/hooks';

/** Handlers by `KeyboardEvent.key`. A handler that returns false leaves the key to the browser. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

/**
 * Listens to keys while a component is shown. Ignores keys that are typed into a field, meant for a control or pressed
 * with Ctrl, Alt or Meta.
 */
export function useKeys(keys: KeyMap): void {
  // Before what was rendered is painted: a key that is pressed at once must not act on what was shown before.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isTypedInto(event.target) || document.querySelector('dialog[open]')) return;
      const handler = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
      if (handler && handler(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [keys]);
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'))
  );
}
