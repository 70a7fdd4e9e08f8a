/** An International Standard Serial Number, which identifies a journal. */
export const ISSN = /^\d{4}-\d{3}[\dX]$/;
