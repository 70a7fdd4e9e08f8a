/**
 * The built product as its users get it: the encoder process and the server are started from `dist/`. Needs
 * `npm run build`; the types are those of the sources, so that type-checking does not.
 */
export const DIST = new URL('../../dist/', import.meta.url);
export const product: typeof import('../../src/index.ts') = await import(new URL('index.js', DIST).href);
