/** A whole query that may be an identifier: one word, or a kind and a word, with a digit. */
const MAY_BE_IDENTIFIER = /^(?=.*\d)\S+(?: \S+)?$/;
/** Whether a query may be an identifier, so that the server is worth asking whether it can fetch the paper. */
export function mayBeIdentifier(query: string): boolean {
  return MAY_BE_IDENTIFIER.test(query.trim());
}
