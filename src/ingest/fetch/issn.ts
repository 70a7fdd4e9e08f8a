/** The number of a serial, by which services know a journal. */
export const ISSN = /^\d{4}-\d{3}[\dX]$/;
