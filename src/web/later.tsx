import { type ComponentType, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from './components/states.tsx';

/**
 * A part of a view whose code is loaded when it is first shown, so that the first view of the page is small.
 * @param load imports the part. If that fails, the part says so, and is asked for again when it is shown next.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [state, setState] = useState<'loading' | 'loaded' | 'failed'>('loading');
    useEffect(() => {
      if (loaded) return;
      load().then(
        (part) => {
          loaded = part;
          setState('loaded');
        },
        () => setState('failed'),
      );
    }, []);
    if (loaded) return h(loaded, props);
    if (state === 'failed') return <p role="alert">This part could not be loaded. Reload the page.</p>;
    return <Skeleton lines={3} />;
  };
}
