import { options, type VNode } from 'preact';

/** The path of a library in a path of the page: `/libraries/vision`. */
const OF_LIBRARY = /^\/libraries\/[^/]+/;

/**
 * The library that the page shows, as the beginning of its paths: `/libraries/vision`, or empty for the default one. It
 * stays as long as the page is open: links to other libraries load the page again.
 */
export const LIBRARY = OF_LIBRARY.exec(globalThis.location?.pathname ?? '')?.[0] ?? '';

/** The name of the library in the page's path; undefined for the default one. */
export const LIBRARY_NAME = LIBRARY === '' ? undefined : LIBRARY.slice('/libraries/'.length);

/** A path in a library: views write their paths as if there were only the default one. */
export function inLibrary(path: string, library = LIBRARY): string {
  return /^\/(?!\/)/.test(path) && !OF_LIBRARY.test(path) ? library + path : path;
}

/** A path as views know it, without the library. */
export function withoutLibrary(path: string, library = LIBRARY): string {
  if (!path.startsWith(library)) return path;
  const rest = path.slice(library.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The name under which the browser stores something of this library. */
export function libraryKey(key: string): string {
  return LIBRARY_NAME === undefined ? key : `${key}@${LIBRARY_NAME}`;
}

/** Makes links of views lead to paths in the library. */
export function linkWithinLibrary(): void {
  if (LIBRARY === '') return;
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    const props = vnode.props as { href?: unknown };
    if (vnode.type === 'a' && typeof props.href === 'string') props.href = inLibrary(props.href);
    before?.(vnode);
  };
}
