/**
 * How our own exports are known when they are read again: the field or heading that holds a paper's id, and the
 * name of the database in RIS. What they hold is plain text, so nothing in it is taken for markup.
 */
export const OWN_ID_FIELD = 'paper-search-id';
/** A date that the format's own fields cannot say beside the year: that of a preprint before its conference. */
export const OWN_DATE_FIELD = 'paper-search-date';
/** Name of the database in RIS (`DB`), and of our part of `custom` in CSL-JSON. */
export const OWN_NAME = 'paper-search';
/** Put before a cell of CSV that a spreadsheet would take for a formula. */
export const FORMULA_GUARD = "'";
