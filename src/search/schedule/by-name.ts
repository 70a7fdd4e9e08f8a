/** Compares names as people order them: Hall 2 before Hall 10. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;
