import { fold } from './fold.ts';

/** Longest id that is made of a name; a number may follow. */
const MAX_SLUG = 60;
/** Ids of collections and reviews. They are names of files and parts of addresses. */
const ID = /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/;

/**
 * An id made of a name: "Self-Improvement (2024)" to `self-improvement-2024`.
 * @param kind what has the name, for a name that cannot be an id.
 */
export function slugOf(name: string, kind: string): string {
  const slug = name
    .split(/\s+/)
    .map(fold)
    .join('-')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  // Names in other scripts have no letters of ASCII. Windows has no files of the other names, and `import` is a route.
  return slug === '' || /^(?:import|con|prn|aux|nul|(?:com|lpt)\d)$/.test(slug)
    ? `${kind}${slug && `-${slug}`}`
    : slug;
}

/** Whether a text can be the id of a collection or a review. */
export function isSlug(text: string): boolean {
  return ID.test(text);
}
