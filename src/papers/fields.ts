/** The text fields that keyword search looks in. */
export const TEXT_FIELDS = ['title', 'abstract', 'authors', 'keywords', 'venue'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
