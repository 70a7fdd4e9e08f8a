/** Compares names with numbers by value: Hall 2 comes before Hall 10. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;
