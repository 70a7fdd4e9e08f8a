import { useEffect, useState } from 'preact/hooks';

/** A value that views share and observe. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** A store that keeps a value as long as the page is open. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a store; the component is rendered again when it changes. */
export function useStore<T>({ get, subscribe }: Pick<Store<T>, 'get' | 'subscribe'>): T {
  const [value, setValue] = useState(get);
  useEffect(() => {
    // It may have changed since the first rendering.
    setValue(() => get());
    return subscribe(() => setValue(() => get()));
  }, [get, subscribe]);
  return value;
}
