import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { LocationProvider, useLocation } from 'preact-iso/router';
import { inLibrary, LIBRARY, withoutLibrary } from './library.ts';
import { OWN_PATHS } from './paths.ts';

/** The page's own URLs in this library. */
const SCOPE = new RegExp(`^${LIBRARY.replace(/[.-]/g, '\\$&')}(?:${OWN_PATHS.source.replace(/^\^/, '')})`);

/** The location as views and routes know it: without the library, which `route` adds. */
export function LibraryLocation({ children }: { readonly children: ComponentChildren }) {
  return (
    <LocationProvider scope={SCOPE}>
      {LIBRARY === '' ? children : <Within>{children}</Within>}
    </LocationProvider>
  );
}

function Within({ children }: { readonly children: ComponentChildren }) {
  const location = useLocation();
  const value = useMemo(
    () => ({
      ...location,
      url: withoutLibrary(location.url),
      path: withoutLibrary(location.path),
      route: (url: string, replace?: boolean) => location.route(inLibrary(url), replace),
    }),
    [location],
  );
  return <LocationProvider.ctx.Provider value={value}>{children}</LocationProvider.ctx.Provider>;
}
