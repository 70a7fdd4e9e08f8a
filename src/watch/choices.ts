/** Formats of a report. */
export const WATCH_FORMATS = ['text', 'markdown', 'json', 'atom', 'eml'] as const;
export type WatchFormat = (typeof WATCH_FORMATS)[number];

/** The least confidence of a paper that is reported. */
export const WATCH_LEVELS = ['weak', 'strong'] as const;
export type WatchLevel = (typeof WATCH_LEVELS)[number];
