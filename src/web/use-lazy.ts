import { useEffect, useState } from 'preact/hooks';

/**
 * A part of the page that is loaded when it is first wanted.
 * @param load imports it. @returns a hook that gives the part once it is there, and undefined before that, while it is not wanted,
 *   and where it cannot be loaded: the next one that wants it tries again.
 */
export function lazyPart<Part>(load: () => Promise<Part>): (wanted: boolean) => Part | undefined {
  let loaded: { readonly part: Part } | undefined;
  let loading: Promise<void> | undefined;
  const start = () => {
    loading ??= load().then(
      (part) => {
        loaded = { part };
      },
      () => {
        loading = undefined;
      },
    );
    return loading;
  };
  return function useLazyPart(wanted) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (!wanted || loaded) return undefined;
      let gone = false;
      void start().then(() => {
        if (!gone && loaded) redraw((times) => times + 1);
      });
      return () => {
        gone = true;
      };
    }, [wanted]);
    return wanted ? loaded?.part : undefined;
  };
}
